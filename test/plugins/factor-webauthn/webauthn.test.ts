import type { EnrolledFactor, FactorState, Question } from "@aws-okta-processor/contract";
import { factorChecks } from "@aws-okta-processor/contract/conformance";
import { describe, expect, test } from "vitest";
import { factor } from "../../../plugins/factor-webauthn/src/webauthn.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";
import { hostOf, type Ran } from "./hosts.ts";

const enrolled: EnrolledFactor = enrolledAs({ credentialId: "Y3JlZGVudGlhbA", authenticatorName: "YubiKey 5" });
const required: FactorState = { kind: "required" };
const challenge = { challenge: "K0UNqWlz2TCCDd5qEkBf", userVerification: "preferred", extensions: {} };

/** SHA-256 of the client data, as `openssl sha256 -binary | base64` has it. */
const HASH = "lQMG1bGnoP5hqzO6JK4BmlLMAGwZFgtxNAkGmjwc7po=";
const CLIENT_DATA = '{"type":"webauthn.get","challenge":"K0UNqWlz2TCCDd5qEkBf","origin":"https://acme.okta.com","crossOrigin":false}';
/** Two bytes of data, wrapped, and two of a signature. */
const SIGNED = `${HASH}\nacme.okta.com\nWAIBAg==\nMEQ=\n`;

const LIST = "fido2-token -L";
const LISTED = { stdout: "/dev/hidraw4: vendor=0x1050, product=0x0407 (Example Key 5)\n" };
const SIGN = "fido2-assert -G /dev/hidraw4";
const AGAIN = "Try again";
const OTHER = "Use another factor";
const TOUCH = "tell: Touch your security key";
const NOT_INSTALLED = {
  do: "give-up",
  reason: "a security key needs the programs fido2-token and fido2-assert, which are not installed",
  hint: "install fido2-tools (Debian, Ubuntu, Fedora), libfido2-utils (openSUSE) or libfido2 (Arch, FreeBSD, Homebrew)",
};

runPackageChecks("factor-webauthn");
runChecks("where nothing is installed", factorChecks(factor, { enrolled, states: [challenged(challenge)] }));
runChecks(
  "with a key that is another's",
  factorChecks(factor, {
    enrolled,
    states: [challenged(challenge), challenged({ ...challenge, userVerification: "required" })],
    run: async (command) =>
      command === "fido2-token" ? { exitCode: 0, stderr: "", ...LISTED } : failed("fido_dev_get_assert: FIDO_ERR_NO_CREDENTIALS"),
  }),
);

describe("before a challenge is asked for", () => {
  test("the programs are looked for, and where they are not it ends with the packages that hold them", async () => {
    expect(await respond(required, { [LIST]: undefined })).toEqual([NOT_INSTALLED, [], []]);
  });

  test("a key is looked for, and the challenge begins when it is plugged in", async () => {
    expect(await respond(required, { [LIST]: LISTED })).toEqual([{ do: "begin" }, [], []]);
  });

  test("without a key the person may take another factor", async () => {
    expect(await respond(required, { [LIST]: {} }, OTHER)).toEqual([
      { do: "back" },
      [ask("No security key is plugged in, or it may not be used")],
      [],
    ]);
  });

  test("without a key the person is not asked for ever", async () => {
    const [answer, said] = await respond(required, { [LIST]: {} }, ...Array.from({ length: 9 }, () => AGAIN));
    expect(answer).toEqual({ do: "give-up", reason: "no security key is plugged in, or it may not be used" });
    expect(said).toHaveLength(9);
  });

  test("a line that is no device is not taken for one, least of all for an option", async () => {
    const stdout = "-o/tmp/x: vendor=0x1050, product=0x0407 (Example)\nfido2-token: something else\n";
    const [answer] = await respond(required, { [LIST]: { stdout } }, OTHER);
    expect(answer).toEqual({ do: "back" });
  });
});

describe("a challenge that cannot be read ends it", () => {
  test.each([
    undefined,
    null,
    "K0UNqWlz2TCCDd5qEkBf",
    [],
    {},
    { challenge: 7 },
    { challenge: "" },
    { challenge: "a b" },
    { challenge: 'a","origin":"https://evil.example' },
    { challenge: "K0UN+Wlz/TCC" },
    { challenge: "a".repeat(2000) },
  ])("%j", async (given) => {
    const reason = "okta sent no challenge that a security key could sign";
    expect(await respond(challenged(given), {})).toEqual([{ do: "give-up", reason }, [], []]);
  });

  test.each([{}, { credentialId: null }, { credentialId: "" }, { credentialId: "a\nb" }, { credentialId: ["Y3Jl"] }])(
    "for a credential of %j",
    async (profile) => {
      const reason = "okta did not say which security key may answer";
      expect(await respond(challenged(challenge, enrolledAs(profile)), {})).toEqual([{ do: "give-up", reason }, [], []]);
    },
  );
});

describe("what the key says is told in one line, with a choice", () => {
  test.each([
    ["fido_dev_get_assert: FIDO_ERR_NO_CREDENTIALS", "This security key is not the one that is enrolled"],
    ["fido_dev_get_assert: FIDO_ERR_ACTION_TIMEOUT", "The security key was not touched in time"],
    ["fido_dev_get_assert: FIDO_ERR_OPERATION_DENIED", "The security key was not touched in time"],
    ["fido_dev_open /dev/hidraw4: FIDO_ERR_INTERNAL", "The security key cannot be opened: it was pulled out, or it may not be used"],
    ["fido_dev_get_assert: FIDO_ERR_UNHEARD_OF", "The security key failed with FIDO_ERR_UNHEARD_OF"],
    ["something else", "The security key did not sign"],
  ])("%s", async (stderr, message) => {
    const answer = await respond(challenged(challenge), { [LIST]: LISTED, [SIGN]: { stderr } }, OTHER);
    expect(answer).toEqual([{ do: "back" }, [TOUCH, ask(message)], []]);
  });

  test.each([
    ["fido_dev_get_assert: FIDO_ERR_PIN_INVALID", "The PIN of the security key was wrong"],
    ["invalid PIN length", "The PIN of the security key was wrong"],
    ["fido_dev_get_assert: FIDO_ERR_PIN_AUTH_BLOCKED", "Too many wrong PINs: pull the security key out and plug it in again"],
  ])("%s, of a key that wants its PIN", async (stderr, message) => {
    const outputs = {
      [LIST]: LISTED,
      [SIGN]: { stderr: "fido2-assert: fido_dev_get_assert: FIDO_ERR_PIN_REQUIRED" },
      "fido2-assert -G -v /dev/hidraw4": { stderr },
    };
    const pin = "tell: Enter the PIN of your security key, then touch it";
    expect(await respond(challenged(challenge), outputs, OTHER)).toEqual([{ do: "back" }, [TOUCH, pin, ask(message)], []]);
  });

  test("a host that does not tell what went to stderr leaves it at that", async () => {
    const answer = await respond(challenged(challenge), { [LIST]: LISTED, [SIGN]: { exitCode: 1 } }, OTHER);
    expect(answer).toEqual([{ do: "back" }, [TOUCH, ask("The security key did not sign")], []]);
  });
});

describe("it ends where trying again is no use", () => {
  test("the second program is not installed", async () => {
    expect(await respond(challenged(challenge), { [LIST]: LISTED, [SIGN]: undefined })).toEqual([NOT_INSTALLED, [TOUCH], []]);
  });

  test("the key is locked", async () => {
    const outputs = { [LIST]: LISTED, [SIGN]: { stderr: "fido2-assert: fido_dev_get_assert: FIDO_ERR_PIN_BLOCKED" } };
    const reason = "the security key is locked after too many wrong PINs";
    const hint = "it must be reset and enrolled again";
    expect(await respond(challenged(challenge), outputs)).toEqual([{ do: "give-up", reason, hint }, [TOUCH], []]);
  });

  test.each([
    "",
    "nothing\n",
    // Another hash.
    "lQMG\nacme.okta.com\nWAIBAg==\nMEQ=\n",
    // The right hash, and bytes that are no CBOR byte string.
    `${HASH}\nacme.okta.com\nAAAA\nMEQ=\n`,
    `${HASH}\nacme.okta.com\nWAMBAg==\nMEQ=\n`,
    `${HASH}\nacme.okta.com\nWAIBAg==\n\n`,
  ])("the program writes %j", async (stdout) => {
    const reason = "fido2-assert did not give a signature that can be read";
    expect(await respond(challenged(challenge), { [LIST]: LISTED, [SIGN]: { stdout } })).toEqual([{ do: "give-up", reason }, [TOUCH], []]);
  });
});

test("the authenticator's data is sent without its wrapping", async () => {
  const stdout = `${HASH}\nacme.okta.com\nWAIBAg==\nMEQ=\n`;
  const clientData = btoa(
    '{"type":"webauthn.get","challenge":"K0UNqWlz2TCCDd5qEkBf","origin":"https://acme.okta.com","crossOrigin":false}',
  );
  expect(await respond(challenged(challenge), { [LIST]: LISTED, [SIGN]: { stdout } })).toEqual([
    { do: "send", fields: { clientData, authenticatorData: "AQI=", signatureData: "MEQ=" } },
    [TOUCH],
    [],
  ]);
});

test("data of more than 255 bytes is unwrapped too", async () => {
  const data = Buffer.alloc(300, 7);
  const wrapped = Buffer.concat([Buffer.from([0x59, 0x01, 0x2c]), data]).toString("base64");
  const [answer] = await respond(challenged(challenge), {
    [LIST]: LISTED,
    [SIGN]: { stdout: `${HASH}\r\nacme.okta.com\r\n${wrapped}\r\nMEQ=\r\n` },
  });
  expect(answer).toMatchObject({ do: "send", fields: { authenticatorData: data.toString("base64") } });
});

test("a key that does not say what it can is taken for one with a PIN", async () => {
  const [answer] = await respond(challenged({ ...challenge, userVerification: "required" }), {
    [LIST]: LISTED,
    "fido2-token -I /dev/hidraw4": { stderr: "fido2-token: fido_dev_get_cbor_info: FIDO_ERR_RX" },
    "fido2-assert -G -v /dev/hidraw4": { stdout: SIGNED },
  });
  expect(answer).toMatchObject({ do: "send" });
});

test("a key is given the hash of the client data, the org's host and the credential", async () => {
  const { host, inputs } = hostOf({ [LIST]: LISTED, [SIGN]: { stdout: SIGNED } });
  await factor.respond(challenged(challenge), host, enrolled);
  expect(inputs).toEqual([`${HASH}\nacme.okta.com\nY3JlZGVudGlhbA==\n`]);
});

test("Windows' own dialog is given what is hashed", async () => {
  const stdout = "windows://hello: vendor=0x045e, product=0x0001 (Microsoft Corporation Windows Hello)\n";
  const { host, inputs } = hostOf({ [LIST]: { stdout }, "fido2-assert -G -w windows://hello": { stdout: SIGNED } });
  expect(await factor.respond(challenged(challenge), host, enrolled)).toMatchObject({ do: "send" });
  expect(inputs).toEqual([`${btoa(CLIENT_DATA)}\nacme.okta.com\nY3JlZGVudGlhbA==\n`]);
});

test.each(["E0000068", "E0000079"])("after %s another challenge is begun, as long as attempts are left", async (code) => {
  expect(await respond(refused(code, 1), {})).toEqual([
    { do: "begin" },
    ["tell: the security key's answer was not accepted: try again"],
    [],
  ]);
  const reason = "the security key's answer was not accepted";
  expect(await respond(refused(code, 0), {})).toEqual([{ do: "give-up", reason }, [], []]);
});

test("any other refusal ends it", async () => {
  const reason = "the security key was refused with E0000006";
  expect(await respond(refused("E0000006", 2), {})).toEqual([{ do: "give-up", reason }, [], []]);
  expect(await respond({ ...challenged(challenge), result: "REJECTED" }, {})).toEqual([
    { do: "give-up", reason: "the security key was refused with REJECTED" },
    [],
    [],
  ]);
});

describe("its line in the menu", () => {
  test.each([
    [{}, "Security key"],
    [{ authenticatorName: "YubiKey 5" }, "Security key (YubiKey 5)"],
    [{ authenticatorName: " \u001b[2J\n\u009bKey\u202e " }, "Security key ([2J Key)"],
    [{ authenticatorName: " \n" }, "Security key"],
    [{ authenticatorName: 7 }, "Security key"],
  ])("of the profile %j is %j", (profile, line) => {
    expect(factor.describe(enrolledAs(profile))).toBe(line);
  });
});

function enrolledAs(profile: EnrolledFactor["profile"]): EnrolledFactor {
  return { key: "webauthn:fido", factorType: "webauthn", provider: "FIDO", vendorName: "FIDO", profile };
}

function challenged(given: unknown, ...factors: readonly EnrolledFactor[]): FactorState & { readonly kind: "challenged" } {
  return {
    kind: "challenged",
    result: "CHALLENGE",
    challenge: given,
    factors: factors.length === 0 ? [enrolled] : factors,
    canResend: false,
  };
}

function refused(code: string, attemptsLeft: number): FactorState {
  return { kind: "refused", code, message: "", attemptsLeft };
}

function failed(stderr: string): Ran {
  return { exitCode: 1, stdout: "", stderr: `fido2-assert: ${stderr}\n` };
}

function ask(message: string): Question {
  return { purpose: "choice", message, secret: false, choices: [AGAIN, OTHER] };
}

/** What the factor answers, what it said, and the person's answers that are left. */
async function respond(state: FactorState, outputs: Parameters<typeof hostOf>[0], ...answers: readonly string[]) {
  const { host, said, left } = hostOf(outputs, ...answers);
  return [await factor.respond(state, host, enrolled), said, left] as const;
}
