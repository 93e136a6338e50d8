/** The plugin, programs that really run, and an org that verifies what they sign. */
import type { Question } from "@aws-okta-processor/contract";
import type { Sandbox, WebAuthnFactor } from "@aws-okta-processor/sandbox";
import { expect, test } from "vitest";
import { factor } from "../../../plugins/factor-webauthn/src/webauthn.ts";
import { signIn } from "../../../src/okta/sign-in.ts";
import { Secret } from "../../../src/secret.ts";
import { failureOf } from "../../support/failure.ts";
import { useFolder } from "../../support/folder.ts";
import { orgOf, useSandbox } from "../../support/sandbox.ts";
import { withFactors } from "../../support/scenario.ts";
import { enrol, installSecurityKeys, type SecurityKey, type SecurityKeys, securityKey } from "../../support/security-keys.ts";
import { handsAt } from "../../support/sign-in.ts";
import { hostWith } from "./hosts.ts";

const HOST = "127.0.0.1";
const LIST = "fido2-token -L";
const SIGN = "fido2-assert -G /dev/hidraw4";
const PROBE = "fido2-assert -G -t up=false /dev/hidraw4";
const TOUCH = "tell: Touch your security key";
const NOT_ACCEPTED = "tell: the security key's answer was not accepted: try again";

const { credential, factor: enrolled } = enrol(HOST);
const other = enrol(HOST, { authenticatorName: "Spare" });

test("a touch signs in", async () => {
  const { run, said, keys } = await sitDown({ factors: [enrolled], plugged: [securityKey([credential])] });
  expect(await run()).toMatch(/^00/u);
  expect(said).toEqual([TOUCH]);
  expect(keys.runs()).toEqual([LIST, LIST, SIGN]);
});

test("a key that is plugged in when it is asked for signs in", async () => {
  const { run, said } = await sitDown({ factors: [enrolled], plugged: [], answers: ["Try again"], plugLater: [securityKey([credential])] });
  expect(await run()).toMatch(/^00/u);
  expect(said).toEqual([choice("No security key is plugged in, or it may not be used"), TOUCH]);
});

test("programs that are not installed are named", async () => {
  const { run, said } = await sitDown({ factors: [enrolled], bin: "/nonexistent" });
  expect(await failureOf(run)).toMatchObject({
    code: "FACTOR_GIVEN_UP",
    message: "a security key needs the programs fido2-token and fido2-assert, which are not installed",
  });
  expect(said).toEqual([]);
});

test("of several credentials the one that the key holds is used, after one touch", async () => {
  const { run, said, keys } = await sitDown({ factors: [other.factor, enrolled], plugged: [securityKey([credential])] });
  expect(await run()).toMatch(/^00/u);
  expect(said).toEqual([TOUCH]);
  expect(keys.runs()).toEqual([LIST, LIST, PROBE, PROBE, SIGN]);
});

test("of several keys the one that holds a credential is used, and the person is not asked which", async () => {
  const strange = securityKey([], { path: "/dev/hidraw1", product: "Key 3" });
  const { run, said } = await sitDown({ factors: [enrolled], plugged: [strange, securityKey([credential])] });
  expect(await run()).toMatch(/^00/u);
  expect(said).toEqual([TOUCH]);
});

test("where two keys may answer the person says which", async () => {
  const spare = securityKey([other.credential], { path: "/dev/hidraw1", product: "Key 3" });
  const answers = ["Example Key 5 (/dev/hidraw4)"];
  const { run, said, keys } = await sitDown({
    factors: [enrolled, other.factor],
    plugged: [spare, securityKey([credential])],
    answers,
  });
  expect(await run()).toMatch(/^00/u);
  expect(said).toEqual([choice("Security key", "Example Key 3 (/dev/hidraw1)", "Example Key 5 (/dev/hidraw4)"), TOUCH]);
  expect(keys.runs().at(-1)).toBe(SIGN);
});

test("a key of U2F, which cannot be asked without a touch, is found all the same", async () => {
  const old = securityKey([credential], { kind: "u2f" });
  const { run, said } = await sitDown({ factors: [other.factor, enrolled], plugged: [old] });
  expect(await run()).toMatch(/^00/u);
  expect(said).toEqual([TOUCH]);
});

test("a key that cannot be asked is not offered beside one that holds the credential", async () => {
  const locked = securityKey([], { path: "/dev/hidraw1", product: "Key 3", locked: true });
  const { run, said } = await sitDown({ factors: [enrolled], plugged: [locked, securityKey([credential], { kind: "u2f" })] });
  expect(await run()).toMatch(/^00/u);
  expect(said).toEqual([TOUCH]);
});

test("a credential that was made for U2F signs for its appid", async () => {
  const { sandbox, appid } = await openWithAppId();
  const old = securityKey([{ ...credential, rpId: appid }], { kind: "u2f" });
  const { run, keys } = await sitDown({ sandbox, plugged: [old] });
  expect(await run()).toMatch(/^00/u);
  expect(keys.runs()).toEqual([LIST, LIST, PROBE, PROBE.replace("up=false", "up=false -u"), "fido2-assert -G -u /dev/hidraw4"]);
});

test("an appid of another site is not signed for", async () => {
  const appid = "https://evil.example";
  const old = securityKey([{ ...credential, rpId: appid }], { kind: "u2f" });
  const { run, said, keys } = await sitDown({ factors: [{ ...enrolled, appid }], plugged: [old], answers: ["Use another factor"] });
  expect(await run()).toBe("another factor");
  expect(said).toEqual([TOUCH, choice("This security key is not the one that is enrolled")]);
  expect(keys.runs()).toEqual([LIST, LIST, SIGN]);
});

test("where the person must be verified, a key of U2F is told to be unable to", async () => {
  const old = securityKey([credential], { kind: "u2f" });
  const { run, said } = await sitDown({
    factors: [{ ...enrolled, userVerification: "required" }],
    plugged: [old],
    answers: ["Use another factor"],
  });
  expect(await run()).toBe("another factor");
  expect(said).toEqual([choice("This security key cannot ask who touches it, and the organization wants it to")]);
});

test("where the person must be verified, a credential of U2F is not tried", async () => {
  const { sandbox, appid } = await openWithAppId({ userVerification: "required" });
  const bio = securityKey([{ ...credential, rpId: appid }], { fingerprint: "known" });
  const { run, said, keys } = await sitDown({ sandbox, plugged: [bio], answers: ["Use another factor"] });
  expect(await run()).toBe("another factor");
  expect(said).toEqual(["tell: Put your finger on your security key", choice("This security key is not the one that is enrolled")]);
  expect(keys.runs().at(-1)).toBe("fido2-assert -G -t uv=true /dev/hidraw4");
});

test("a credential that is hidden from those who are not verified is asked for one by one", async () => {
  const hidden = { ...credential, hidden: true };
  const factors = [other.factor, enrolled].map((factor) => ({ ...factor, userVerification: "required" as const }));
  const { run, said } = await sitDown({ factors, plugged: [securityKey([hidden], { fingerprint: "known" })] });
  expect(await run()).toMatch(/^00/u);
  expect(said).toEqual(["tell: Put your finger on your security key", "tell: Put your finger on your security key"]);
});

test("a finger on the key verifies the person, without a PIN", async () => {
  const bio = securityKey([credential], { fingerprint: "known", pin: "1234" });
  const { run, said, keys } = await sitDown({ factors: [{ ...enrolled, userVerification: "required" }], plugged: [bio] });
  expect(await run()).toMatch(/^00/u);
  expect(said).toEqual(["tell: Put your finger on your security key"]);
  expect(keys.runs()).toEqual([LIST, LIST, "fido2-token -I /dev/hidraw4", "fido2-assert -G -t uv=true /dev/hidraw4"]);
});

test("a key without a PIN, where one is required, is told apart from a wrong one", async () => {
  const answers = ["Use another factor"];
  const { run, said } = await sitDown({
    factors: [{ ...enrolled, userVerification: "required" }],
    plugged: [securityKey([credential])],
    answers,
  });
  expect(await run()).toBe("another factor");
  expect(said).toEqual([
    "tell: set one: fido2-token -S, then its device",
    choice("This security key has no PIN, and the organization asks for one"),
  ]);
});

test("where nobody can type a PIN it is said that it was wrong", async () => {
  const answers = ["Use another factor"];
  const { run, said } = await sitDown({
    factors: [{ ...enrolled, userVerification: "required" }],
    plugged: [securityKey([credential], { pin: "1234" })],
    answers,
  });
  expect(await run()).toBe("another factor");
  expect(said).toEqual(["tell: Enter the PIN of your security key, then touch it", choice("The PIN of the security key was wrong")]);
});

test("a key that was not touched may be touched the next time", async () => {
  const asleep = securityKey([credential], { touch: "never" });
  const { run, said } = await sitDown({
    factors: [enrolled],
    plugged: [asleep],
    answers: ["Try again"],
    plugLater: [securityKey([credential])],
  });
  expect(await run()).toMatch(/^00/u);
  expect(said).toEqual([TOUCH, choice("The security key was not touched in time"), TOUCH]);
});

test.each(["about the site", "in its signature"] as const)(
  "a key that lies %s is refused by the org, and asked again as long as attempts are left",
  async (lies) => {
    const { run, said, sandbox } = await sitDown({ factors: [enrolled], plugged: [securityKey([credential], { lies })] });
    expect((await failureOf(run)).code).toBe("FACTOR_REFUSED");
    expect(said).toEqual([TOUCH, NOT_ACCEPTED, TOUCH, NOT_ACCEPTED, TOUCH]);
    expect(sandbox.count("POST /api/v1/authn/factors/*/verify")).toBe(6);
  },
);

test.each([
  ["that it is at another origin", { origin: `http://${HOST}:1` }],
  ["that it is at another host", { origin: "https://acme.okta.com.evil.example" }],
])("a sign-in that is made believe %s fails at the org", async (_, { origin }) => {
  const plugged = [securityKey([credential, { ...credential, rpId: new URL(origin).hostname }])];
  const { run } = await sitDown({ factors: [enrolled], plugged, origin });
  expect((await failureOf(run)).code).toBe("FACTOR_REFUSED");
});

test("an answer that Okta does not read is begun anew", async () => {
  const { sandbox, run, said } = await sitDown({
    sandbox: await useSandbox({
      ...withFactors("default", enrolled),
      faults: [{ on: "POST /api/v1/authn/factors/*/verify", after: 1, times: 1, status: 403, body: '{"errorCode":"E0000079"}' }],
    }),
    plugged: [securityKey([credential])],
  });
  expect(await run()).toMatch(/^00/u);
  expect(said).toEqual([TOUCH, NOT_ACCEPTED, TOUCH]);
  expect(sandbox.count("POST /api/v1/authn/factors/*/verify")).toBe(4);
});

interface Seat {
  /** In place of one with these factors. */
  readonly sandbox: Sandbox;
  readonly factors: readonly WebAuthnFactor[];
  readonly plugged: readonly SecurityKey[];
  /** What is plugged in when the person has been asked. */
  readonly plugLater: readonly SecurityKey[];
  readonly answers: readonly string[];
  /** Where the program takes itself to be. */
  readonly origin: string;
  /** Where the programs are. */
  readonly bin: string;
}

/** Jane chooses the security key; `run` is the session token that comes of it, or that she would rather take another factor. */
async function sitDown(seat: Partial<Seat>) {
  const sandbox = seat.sandbox ?? (await useSandbox(withFactors("default", ...(seat.factors ?? []))));
  const keys = installSecurityKeys(useFolder().path);
  keys.plugIn(...(seat.plugged ?? []));
  const { host, said } = hostWith(seat.bin ?? keys.bin, seat.origin ?? sandbox.origin, ...(seat.answers ?? []));
  const ask = plugInWhenAsked(keys, seat.plugLater);
  const { hands, world } = handsAt(sandbox, { choose: ["webauthn:fido"], plugin: factor });
  const run = async () => {
    const other = new Error("another factor");
    const chooseFactor: typeof hands.chooseFactor = async (offered, again) => {
      if (again) throw other;
      const chosen = await hands.chooseFactor(offered, again);
      return { ...chosen, host: { ...host, ask: (question) => ask(() => host.ask(question)), signal: world.signal } };
    };
    const attempt = signIn(orgOf(sandbox, world), { ...hands, chooseFactor });
    const { sessionToken } = await attempt.catch((error: unknown) => {
      if (error === other) return { sessionToken: new Secret(other.message) };
      throw error;
    });
    return sessionToken?.reveal();
  };
  return { sandbox, keys, said, run };
}

function plugInWhenAsked(keys: SecurityKeys, later: readonly SecurityKey[] | undefined) {
  return async (ask: () => Promise<string>): Promise<string> => {
    const answer = await ask();
    if (later !== undefined) keys.plugIn(...later);
    return answer;
  };
}

/** The org's address must be known before it is there: another process may be quicker, so it is tried a few times. */
async function openWithAppId(
  factor: Partial<WebAuthnFactor> = {},
  triesLeft = 5,
): Promise<{ readonly sandbox: Sandbox; readonly appid: string }> {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const appid = `http://${HOST}:${port}`;
  try {
    return { sandbox: await useSandbox(withFactors("default", { ...enrolled, ...factor, appid }), { port }), appid };
  } catch (error) {
    if (triesLeft === 0) throw error;
    return openWithAppId(factor, triesLeft - 1);
  }
}

function choice(message: string, ...choices: readonly string[]): Question {
  return { purpose: "choice", message, secret: false, choices: choices.length === 0 ? ["Try again", "Use another factor"] : choices };
}
