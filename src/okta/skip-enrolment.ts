import { RefusedError } from "../errors.ts";
import { moveOn } from "./authn.ts";
import type { SignInHands } from "./hands.ts";
import type { Org } from "./org.ts";
import type { Transaction } from "./transaction.ts";

type Enrolment = Transaction & { readonly status: "MFA_ENROLL" | "MFA_ENROLL_ACTIVATE" };

/**
 * Goes past the offer to enrol a factor, where it is only an offer.
 *
 * @throws RefusedError `ENROLMENT_REQUIRED`
 */
export async function skipEnrolment(org: Org, enrolment: Enrolment, { tell }: SignInHands): Promise<Transaction> {
  if (enrolment.status === "MFA_ENROLL_ACTIVATE") throw required(org, "has an enrolment of a factor that was begun and not finished");
  if (enrolment.skipUrl === undefined) throw required(org, "wants you to enrol a factor first");
  tell(`${org.name} offers to enrol a factor; do so at ${org.origin} when it suits you.`);
  return moveOn(org, enrolment.skipUrl, { stateToken: enrolment.stateToken, what: "to sign in before a factor is enrolled" });
}

function required(org: Org, what: string): RefusedError {
  return new RefusedError(`${org.name} ${what}`, {
    code: "ENROLMENT_REQUIRED",
    hint: `sign in at ${org.origin} with a browser and enrol one, then try again`,
  });
}
