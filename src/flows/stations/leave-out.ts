import { RefusedError, UsageError } from "../../errors.ts";
import { cleanText } from "../../terminal/clean.ts";
import type { Line } from "../line.ts";
import type { Parts } from "../parts.ts";

/** What concerns one application only: the others are listed all the same. */
const OF_ONE_APPLICATION = new Set(["NO_ROLE", "NO_ACCOUNT", "ROLE_NOT_OFFERED", "APPLICATION_REFUSED", "STEP_UP", "ASSERTION_TOO_LARGE"]);

export function createLeaveOut({ world }: Parts): Line["leaveOut"] {
  return (application, error) => {
    if (!(error instanceof RefusedError || error instanceof UsageError) || !OF_ONE_APPLICATION.has(error.code)) throw error;
    world.writeDiagnosis(`${cleanText(`${application.href} is left out: ${error.message}`)}\n`);
    return undefined;
  };
}
