import type { EnrolledFactor, Factor, FactorState } from "@aws-okta-processor/contract";
import { factorChecks } from "@aws-okta-processor/contract/conformance";
import { describe, expect, test } from "vitest";
import { factor as custom } from "../../../plugins/factor-code/src/custom-token.ts";
import { factor as symantec } from "../../../plugins/factor-code/src/symantec-vip.ts";
import { factor as yubikey } from "../../../plugins/factor-code/src/yubikey.ts";
import { converse, enrolledAs, refused } from "../ask.ts";
import { runChecks } from "../run-checks.ts";

const otp = "cccccccfhcbebjlnrtuvgkdiebcdefghijklnrtuvcbd";
const entrust = enrolledAs("token:hotp:custom", { vendorName: "Entrust", profile: { credentialId: "jdoe" } });
const serial = enrolledAs("token:hardware:yubico", { profile: { credentialId: "000003500025" } });
const vip = enrolledAs("token:symantec", { profile: { credentialId: "VSMT12345678" } });
const required = { kind: "required" } as const;

runChecks("hotp", factorChecks(custom, { enrolled: entrust }));
runChecks("symantec", factorChecks(symantec, { enrolled: vip }));
runChecks("yubikey", factorChecks(yubikey, { enrolled: serial, answer: otp }));
runChecks("a yubikey that is never touched", factorChecks(yubikey, { enrolled: serial }));

test.each<[string, string, Factor, EnrolledFactor]>([
  ["Entrust code", "Code from Entrust", custom, entrust],
  ["Token code", "Code from your token", custom, { ...entrust, vendorName: "CUSTOM" }],
  ["Token code", "Code from your token", custom, { ...entrust, vendorName: undefined }],
  ["[2J Safe word code", "Code from [2J Safe word", custom, { ...entrust, vendorName: " \u001b[2J\u202eSafe\nword " }],
  ["Symantec VIP code (VSMT12345678)", "Code from Symantec VIP", symantec, vip],
  ["Symantec VIP code", "Code from Symantec VIP", symantec, { ...vip, profile: {} }],
  ["YubiKey code (000003500025)", "Touch the YubiKey", yubikey, serial],
  ["YubiKey code", "Touch the YubiKey", yubikey, { ...serial, profile: {} }],
])("with the line %j in the menu goes the question %j", async (line, message, factor, enrolled) => {
  expect(factor.describe(enrolled)).toBe(line);
  expect(await converse({ factor, enrolled, state: required }, otp)).toEqual([
    { do: "send", fields: { passCode: otp } },
    [{ purpose: "code", message, secret: false }],
    [],
  ]);
});

describe.each<[string, Factor, string]>([
  ["a token that counts", custom, "let the token make another"],
  ["a token with a clock", symantec, "wait for the next one"],
  ["a YubiKey", yubikey, "touch the key once more"],
])("%s", (_, factor, advice) => {
  test.each([
    ["E0000068", "the code was wrong: try again"],
    ["E0000082", `this code was used before: ${advice}`],
    ["E0000083", `this code is not of this moment: ${advice}`],
  ])("after %s asks again and says what helps", async (code, reason) => {
    expect(await converse({ factor, enrolled: serial, state: refused(code, 1) }, otp)).toEqual([
      { do: "send", fields: { passCode: otp } },
      [`tell: ${reason}`, expect.objectContaining({ purpose: "code" })],
      [],
    ]);
  });
});

describe("the code of a YubiKey", () => {
  const question = { purpose: "code", message: "Touch the YubiKey", secret: false };
  const noCode = "tell: that is no code of a YubiKey, which is 44 letters: touch the key once more, and type nothing yourself";

  test.each([otp.toUpperCase(), ` ${otp}\n`])("that came as %j is sent in small letters", async (typed) => {
    expect(await respond(required, typed)).toEqual([{ do: "send", fields: { passCode: otp } }, [question], []]);
  });

  test.each(["123456", otp.slice(1), `${otp}c`, `a${otp.slice(1)}`, `${otp.slice(0, 43)} `, `${otp}${otp}`])(
    "is not %j, which costs no attempt",
    async (typed) => {
      expect(await respond(required, typed, otp)).toEqual([{ do: "send", fields: { passCode: otp } }, [question, noCode, question], []]);
    },
  );

  test("is asked for three times at most", async () => {
    expect(await respond(required, "1", "", "2", otp)).toEqual([
      { do: "give-up", reason: "no code was given" },
      [question, noCode, question, question, noCode],
      [otp],
    ]);
  });

  function respond(state: FactorState, ...answers: readonly string[]): Promise<unknown> {
    return converse({ factor: yubikey, enrolled: serial, state }, ...answers);
  }
});
