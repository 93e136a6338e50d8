import type { WaitingPush } from "../core.ts";

/** Says of each push once that it waits, and once more when it asks for a number. */
export function watchPushes(canDecide: boolean): (push: WaitingPush | undefined) => string | undefined {
  let last = "";
  return (push) => {
    if (push?.manual !== true) return undefined;
    const asked = push.number === undefined ? "" : `, number ${push.number}`;
    const line = `A push for ${push.login} waits${asked}${canDecide ? ": press a to approve, r to reject" : ""}`;
    const key = `${push.expiresAt.toISOString()} ${line}`;
    if (key === last) return undefined;
    last = key;
    return line;
  };
}
