import { AppError, RefusedError } from "../../errors.ts";
import type { Session } from "../line.ts";

/**
 * Uses a session; a kept one that Okta no longer honours, or that does not prove enough, is replaced once by a new sign-in.
 *
 * @param use answers with undefined when the session is gone
 */
export async function renewOnce<T extends object>(session: Session, use: (session: Session) => Promise<T | undefined>): Promise<T> {
  const first = await use(session).catch((error: unknown) => {
    if (session.okta.kept && error instanceof AppError && error.code === "STEP_UP") return undefined;
    throw error;
  });
  if (first !== undefined) return first;
  const second = session.okta.kept ? await use(await session.renew()) : undefined;
  if (second !== undefined) return second;
  throw new RefusedError(`${session.org.name} does not honour the session it has just given`, {
    code: "SESSION_REFUSED",
    hint: "run the command again",
  });
}
