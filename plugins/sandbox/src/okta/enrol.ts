import type { Reply } from "../http/message.ts";
import { textOf } from "./body.ts";
import { refuse } from "./errors.ts";
import { enrolFactor } from "./org.ts";
import { readTransaction } from "./read-transaction.ts";
import type { Route, Visit } from "./route.ts";
import { passFactor } from "./stations.ts";
import { totpCode } from "./totp.ts";
import { newEnrolling, notAllowed } from "./transactions.ts";
import { viewTransaction } from "./views.ts";

export const enrolRoutes: readonly Route[] = [
  { method: "POST", path: "/api/v1/authn/factors", body: "json", handle: enrol },
  { method: "POST", path: "/api/v1/authn/factors/:factor/lifecycle/activate", body: "json", handle: activate },
];

/** Of the factors that are offered only Okta Verify's codes can be enrolled here. */
function enrol(visit: Visit): Reply {
  const transaction = readTransaction(visit);
  if ("refusal" in transaction) return transaction.refusal;
  if (transaction.status !== "MFA_ENROLL") return notAllowed();
  const { factorType, provider } = visit.fields;
  if (factorType !== "token:software:totp" || provider !== "OKTA") return refuse("E0000006");
  transaction.status = "MFA_ENROLL_ACTIVATE";
  transaction.enrolling = newEnrolling();
  return viewTransaction(visit, transaction);
}

function activate(visit: Visit): Reply {
  const transaction = readTransaction(visit);
  if ("refusal" in transaction) return transaction.refusal;
  const { enrolling, status } = transaction;
  if (status !== "MFA_ENROLL_ACTIVATE" || enrolling?.id !== visit.params["factor"]) return notAllowed();
  const code = textOf(visit.fields, "passCode");
  if (enrolling === undefined || code !== totpCode(enrolling.secret, visit.org.clock.now())) {
    return refuse("E0000068", { causes: ["Your passcode doesn't match our records. Please try again."] });
  }
  enrolFactor(transaction.person, enrolling);
  return passFactor(visit, transaction, "otp");
}
