import type { FactorHost } from "@aws-okta-processor/contract";
import { clean } from "./clean.ts";
import type { Device } from "./devices.ts";
import { runAssert } from "./fido2-assert.ts";
import { isAbsent } from "./outcome.ts";
import type { Candidate, Challenge } from "./read-challenge.ts";

/** A device, and the credentials that it may hold. */
export interface Key {
  readonly device: Device;
  readonly candidates: readonly Candidate[];
}

type Verdict = "held" | "unsure" | "absent";

interface Probe {
  readonly device: Device;
  readonly candidate: Candidate;
  readonly verdict: Verdict;
}

/** Signed without a touch, it is good for nothing. */
const NOTHING = Buffer.alloc(0);

/**
 * Finds out which device holds which credential, and asks the person where several devices may answer.
 *
 * @returns undefined where none does
 */
export async function chooseKey(devices: readonly Device[], challenge: Challenge, host: FactorHost): Promise<Key | undefined> {
  const hopeful = findHopeful(await probeAll(devices, challenge, host), challenge);
  const [first, ...others] = devices.filter((device) => hopeful.some((found) => found.device === device));
  if (first === undefined) return undefined;
  const device = others.length === 0 ? first : await askWhich([first, ...others], host);
  if (device === undefined) return undefined;
  return { device, candidates: hopeful.filter((found) => found.device === device).map(({ candidate }) => candidate) };
}

/** Asks each device for each credential, which costs no touch; where there is but one of both, the touch itself will tell. */
async function probeAll(devices: readonly Device[], { candidates }: Challenge, host: FactorHost): Promise<readonly Probe[]> {
  const pairs = devices.flatMap((device) => candidates.map((candidate) => ({ device, candidate })));
  if (pairs.length === 1) return pairs.map((pair) => ({ ...pair, verdict: "unsure" }));
  const probes: Probe[] = [];
  for (const { device, candidate } of pairs) probes.push({ device, candidate, verdict: await probe(device, candidate, host) });
  return probes;
}

/** @see https://fidoalliance.org/specs/fido-v2.1-ps-20210615/fido-client-to-authenticator-protocol-v2.1-ps-20210615.html#authenticatorGetAssertion */
async function probe(device: Device, candidate: Candidate, host: FactorHost): Promise<Verdict> {
  const outcome = await runAssert({ device, candidate, clientData: NOTHING, options: ["-t", "up=false"] }, host);
  // A U2F key does not sign then, and says so.
  if ("value" in outcome || outcome.error === "FIDO_ERR_USER_PRESENCE_REQUIRED") return "held";
  return isAbsent(outcome.error) ? "absent" : "unsure";
}

/** A credential may be hidden until its key knows who asks: where that is wanted, it counts for little that it was not seen. */
function findHopeful(probes: readonly Probe[], { verification }: Challenge): readonly Probe[] {
  const held = probes.filter(({ verdict }) => verdict === "held");
  if (held.length > 0) return held;
  return verification ? probes : probes.filter(({ verdict }) => verdict === "unsure");
}

async function askWhich(devices: readonly Device[], host: FactorHost): Promise<Device | undefined> {
  const choices = devices.map(({ product, path }) => clean(`${product} (${path})`));
  const choice = await host.ask({ purpose: "choice", message: "Security key", secret: false, choices });
  return devices[choices.indexOf(choice)];
}
