import type { FactorHost } from "@aws-okta-processor/contract";
import { chooseKey } from "./choose-key.ts";
import { listDevices, readAbilities } from "./devices.ts";
import { type Assertion, type Order, runAssert } from "./fido2-assert.ts";
import { isAbsent, isUnverified, type Outcome } from "./outcome.ts";
import type { Challenge } from "./read-challenge.ts";

/** What is asked of the key, and of the person. */
interface Way {
  readonly options: readonly string[];
  readonly request: string;
}

const TOUCH: Way = { options: [], request: "Touch your security key" };
const FINGERPRINT: Way = { options: ["-t", "uv=true"], request: "Put your finger on your security key" };
const PIN: Way = { options: ["-v"], request: "Enter the PIN of your security key, then touch it" };

/** Finds the key that is meant among those that are plugged in, and has it sign. */
export async function signChallenge(challenge: Challenge, host: FactorHost): Promise<Outcome<Assertion>> {
  const devices = await listDevices(host);
  if ("error" in devices) return devices;
  const key = await chooseKey(devices.value, challenge, host);
  if (key === undefined) return { error: "FIDO_ERR_NO_CREDENTIALS" };
  const ways = challenge.verification ? await waysToVerify(key.device, host) : { value: [TOUCH, PIN] };
  if ("error" in ways) return ways;
  let outcome: Outcome<Assertion> = { error: "FIDO_ERR_NO_CREDENTIALS" };
  for (const candidate of key.candidates) {
    outcome = await signInOneWay({ device: key.device, candidate, clientData: challenge.clientData }, ways.value, host);
    if ("value" in outcome || !isAbsent(outcome.error)) return outcome;
  }
  return outcome;
}

/** A key that wants more than it was given says so, and is asked in the next way. */
async function signInOneWay(order: Omit<Order, "options">, ways: readonly Way[], host: FactorHost): Promise<Outcome<Assertion>> {
  let outcome: Outcome<Assertion> = { error: "FIDO_ERR_PIN_NOT_SET" };
  for (const { options, request } of ways) {
    // A line of progress would be gone before the program runs.
    host.tell(request);
    outcome = await runAssert({ ...order, options }, host);
    if ("value" in outcome || !isUnverified(outcome.error)) return outcome;
  }
  return outcome;
}

/** A key may know its owner's finger, or a PIN, or both, or neither. */
async function waysToVerify(device: Order["device"], host: FactorHost): Promise<Outcome<readonly Way[]>> {
  const abilities = await readAbilities(device, host);
  if (abilities === undefined) return { error: "FIDO_ERR_UNSUPPORTED_OPTION" };
  const { fingerprint, pin } = abilities;
  if (!fingerprint && !pin) return { error: "FIDO_ERR_PIN_NOT_SET" };
  return { value: [...(fingerprint ? [FINGERPRINT] : []), ...(pin ? [PIN] : [])] };
}
