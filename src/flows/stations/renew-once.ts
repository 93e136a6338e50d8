import { RefusedError } from "../../errors.ts";
import type { Org } from "../../okta/org.ts";
import type { Session } from "../line.ts";

/** Why a session does not get what it asks for: it is gone, or it does not prove enough. */
export type Denied = "sign-in" | "step-up";

/** Uses a session; a kept one that Okta no longer honours is replaced once by a new sign-in. */
export async function renewOnce<T extends object>(session: Session, use: (session: Session) => Promise<T | Denied>): Promise<T> {
  const first = await use(session);
  if (typeof first !== "string") return first;
  if (!session.okta.kept) throw notHonoured(session.org, first);
  const second = await use(await session.renew());
  if (typeof second !== "string") return second;
  throw notHonoured(session.org, second);
}

function notHonoured(org: Org, why: Denied): RefusedError {
  if (why === "sign-in") {
    return new RefusedError(`${org.name} does not honour the session it has just given`, {
      code: "SESSION_REFUSED",
      hint: "run the command again",
    });
  }
  return new RefusedError(`${org.name} wants more proof for this application than a sign-in gives`, {
    code: "STEP_UP",
    hint: "its sign-on policy asks for another factor or a device; ask an administrator whether a command line can satisfy it",
  });
}
