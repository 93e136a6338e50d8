import { AppError, CancelledError } from "../../errors.ts";
import { type Examined, type Finding, farProblem, problem } from "./finding.ts";

/** Looks at one thing; what cannot be looked at is a finding too. */
export interface Check {
  readonly area: string;
  readonly look: () => readonly Finding[] | Promise<readonly Finding[]>;
}

/**
 * Makes all checks, in their order; none keeps another from being made.
 *
 * @throws CancelledError
 */
export async function examine(checks: readonly Check[]): Promise<readonly Examined[]> {
  return Promise.all(checks.map(async ({ area, look }) => ({ area, findings: await lookSafely(look) })));
}

async function lookSafely(look: Check["look"]): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    if (error instanceof AppError) return [(error.exitCode === 4 ? farProblem : problem)(error.message, { fix: error.hint })];
    return [problem(`this could not be looked at: ${reasonOf(error)}`, {})];
  }
}

/** Words of an error that nobody knows may hold anything. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
