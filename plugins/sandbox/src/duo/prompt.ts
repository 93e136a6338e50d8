import type { Reply } from "../http/message.ts";
import { json } from "../okta/errors.ts";
import { randomId } from "../okta/ids.ts";
import type { DuoStep } from "./account.ts";
import { type Numbered, numberDevices, scriptOf } from "./devices.ts";
import type { DuoAttempt } from "./duo.ts";
import { type DuoVisit, hasToken } from "./guard.ts";
import { promptFields } from "./pages.ts";

/** What the script that draws the prompt asks for. */
export function tellData(visit: DuoVisit): Reply {
  const { request, signIn } = visit;
  if (!hasToken(visit, "header")) return fail("the token of the page is missing");
  if (request.query.get("post_auth_action") !== "OIDC_EXIT") return fail("where it shall end is missing");
  const devices = numberDevices(signIn.account);
  const order = devices.flatMap(({ key, factors }) => factors.filter(isOfDevice).map((factor) => ({ factor, deviceKey: key })));
  const passcode = { factor: "Duo Mobile Passcode", deviceKey: "" };
  const phones = devices.map(({ index, key, device: { name, number } }) => ({ index, key, name, end_of_number: number ?? "" }));
  return ok({
    phones,
    auth_method_order: devices.some(({ factors }) => factors.includes("Passcode")) ? [...order, passcode] : order,
    has_trusted_device: false,
  });
}

/** Starts a method. */
export function start(visit: DuoVisit): Reply {
  const { signIn, form } = visit;
  const isForm = signIn.account.prompt !== "script";
  if (!hasToken(visit, isForm ? "form" : "header")) return fail("the token of the page is missing");
  const missing = isForm ? Object.entries(promptFields(signIn)).find(([name, value]) => form.get(name) !== value) : undefined;
  if (missing !== undefined) return fail(`${missing[0]} is not as the page had it`);
  if (form.get("postAuthDestination") !== "OIDC_EXIT") return fail("where it shall end is missing");
  const factor = form.get("factor") ?? "";
  const device = findDevice(visit, factor);
  if (device === undefined) return fail("Unknown method of authentication");
  if ((factor === "Passcode") !== form.has("passcode")) return fail("a passcode is for whom it is asked of");
  const attempt = {
    factor,
    script: factor === "Passcode" ? judgePasscode(visit) : scriptOf(device.device, factor),
    polls: 0,
    allowed: false,
  };
  const txid = randomId("", 32);
  signIn.attempts.set(txid, attempt);
  return ok({ txid, redirect_to_inline_auth: false });
}

/** What became of it. */
export function tellStatus({ signIn, form }: DuoVisit): Reply {
  const attempt = signIn.attempts.get(form.get("txid") ?? "");
  if (attempt === undefined) return fail("there is no such attempt");
  const step = nextStep(attempt);
  attempt.allowed ||= step === "allow";
  return ok(describeStep(step));
}

export function fail(message: string): Reply {
  return json(200, { stat: "FAIL", message });
}

function ok(response: unknown): Reply {
  return json(200, { stat: "OK", response });
}

/** Where a script draws the prompt, a passcode has no device, and the name of its source. */
function isOfDevice(factor: string): boolean {
  return factor !== "Passcode";
}

function findDevice({ signIn: { account }, form }: DuoVisit, factor: string): Numbered | undefined {
  const name = form.get("device");
  const isAny = account.prompt === "script" && factor === "Passcode" && name === "null";
  return numberDevices(account).find(({ index, factors }) => (isAny || index === name) && factors.includes(factor));
}

function judgePasscode({ org: { duo }, signIn, form }: DuoVisit): DuoAttempt["script"] {
  const { account, request } = signIn;
  const passcode = form.get("passcode") ?? "";
  const wrong = duo.wrongPasscodes.get(request.login) ?? 0;
  if (wrong >= (account.lockAfter ?? 10)) return ["locked_out"];
  const key = `${request.login} ${passcode}`;
  if (account.passcodes?.includes(passcode) === true && !duo.used.has(key)) {
    duo.used.add(key);
    duo.wrongPasscodes.delete(request.login);
    return ["allow"];
  }
  duo.wrongPasscodes.set(request.login, wrong + 1);
  return wrong + 1 >= (account.lockAfter ?? 10) ? ["locked_out"] : "wrong passcode";
}

function nextStep(attempt: DuoAttempt): DuoStep | "wrong passcode" {
  if (attempt.script === "wrong passcode") return attempt.script;
  attempt.polls += 1;
  return attempt.script[Math.min(attempt.polls, attempt.script.length) - 1] ?? "timeout";
}

function describeStep(step: DuoStep | "wrong passcode"): Readonly<Record<string, unknown>> {
  if (typeof step === "object") {
    return { status_enum: 13, status_code: "pushed", risk_based_factor_selection_data: { step_up_code: step.code } };
  }
  switch (step) {
    case "pushed":
      return { status_enum: 13, status_code: "pushed", status: "Pushed a login request to your device..." };
    case "calling":
    case "answered":
      return { status_code: step };
    case "allow":
      return { status_enum: 5, status_code: "allow", result: "SUCCESS", reason: "User approved", post_auth_action: "oidc_exit" };
    case "wrong passcode":
      return { status_enum: 11, status_code: "deny", result: "FAILURE", reason: "Incorrect passcode. Please try again." };
    case "deny":
      return { status_enum: 6, status_code: "deny", result: "FAILURE", reason: "User denied" };
    case "fraud":
    case "timeout":
    case "locked_out":
      return { status_code: step, result: "FAILURE" };
  }
}
