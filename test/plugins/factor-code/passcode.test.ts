import type { EnrolledFactor, Factor, FactorState } from "@aws-okta-processor/contract";
import { factorChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { factor as onPrem } from "../../../plugins/factor-code/src/on-prem-mfa.ts";
import { factor as rsa } from "../../../plugins/factor-code/src/rsa-securid.ts";
import { converse, enrolledAs, refused } from "../ask.ts";
import { runChecks } from "../run-checks.ts";

const atRsa = enrolledAs("token:rsa", { profile: { credentialId: "jdoe" } });
const onPremises = enrolledAs("token:del_oath", { vendorName: "On-Prem MFA" });
const question = { purpose: "code", message: "Code from RSA SecurID, after your PIN if you have one", secret: true };
const nextCode = { purpose: "code", message: "Next code from RSA SecurID", secret: true };
const pin = { purpose: "pin", message: "Answer to RSA SecurID", secret: true };

runChecks("rsa", factorChecks(rsa, { enrolled: atRsa }));
runChecks("on-prem", factorChecks(onPrem, { enrolled: onPremises }));

test("each is called by its name, which for a server of one's own is the organization's", () => {
  expect([
    rsa.describe(atRsa),
    onPrem.describe(onPremises),
    onPrem.describe({ ...onPremises, vendorName: "Acme\nToken" }),
    onPrem.describe({ ...onPremises, vendorName: "DEL_OATH" }),
    onPrem.describe({ ...onPremises, vendorName: undefined }),
  ]).toEqual(["RSA SecurID code", "On-Prem MFA code", "Acme Token code", "On-Prem MFA code", "On-Prem MFA code"]);
});

test.each<[string, Factor, EnrolledFactor]>([
  ["RSA SecurID", rsa, atRsa],
  ["On-Prem MFA", onPrem, onPremises],
])("the code from %s is asked for hidden, for a PIN may stand before it", async (name, factor, enrolled) => {
  expect(await converse({ factor, enrolled, state: { kind: "required" } }, "1234 567890")).toEqual([
    { do: "send", fields: { passCode: "1234567890" } },
    [{ ...question, message: `Code from ${name}, after your PIN if you have one` }],
    [],
  ]);
});

test.each(["Wait for the token to change, then enter the new tokencode", "Enter the next code", "next token code", "New Passcode:"])(
  "%j is told, and a code asked for",
  async (text) => {
    expect(await respond(refused("E0000113", 3, text), "123 456")).toEqual([
      { do: "send", fields: { passCode: "123456" } },
      [`tell: RSA SecurID says: ${text}`, nextCode],
      [],
    ]);
  },
);

test.each([
  "Enter a new PIN of 4 to 8 digits",
  "Please re-enter your new PIN",
  "PIN accepted. Wait for the token to change, then enter the new passcode",
  "Bitte neue PIN eingeben",
  "Entrez le prochain code",
])("%j is told, and answered hidden by the person alone", async (text) => {
  expect(await respond(refused("E0000113", 3, text), " 12 34 ")).toEqual([
    { do: "send", fields: { passCode: "12 34" } },
    [`tell: RSA SecurID says: ${text}`, pin],
    [],
  ]);
});

test("a text without a printable character is not repeated", async () => {
  expect(await respond(refused("E0000113", 3, "\u001b\n\u202e"), "1234")).toEqual([
    { do: "send", fields: { passCode: "1234" } },
    ["tell: RSA SecurID asks for more", pin],
    [],
  ]);
});

test("an empty PIN is asked for again, three times at most", async () => {
  expect(await respond(refused("E0000113", 3, "New PIN"), "", " ", "", "1234")).toEqual([
    { do: "give-up", reason: "no code was given" },
    ["tell: RSA SecurID says: New PIN", pin, pin, pin],
    ["1234"],
  ]);
});

test("a wrong code is asked for again", async () => {
  expect(await respond(refused("E0000068", 1), "123456")).toEqual([
    { do: "send", fields: { passCode: "123456" } },
    ["tell: the code was wrong: try again", question],
    [],
  ]);
});

test("when no attempt is left nothing more is asked", async () => {
  expect(await respond(refused("E0000113", 0, "New PIN"))).toEqual([
    { do: "give-up", reason: "the code was refused with E0000113" },
    [],
    [],
  ]);
});

function respond(state: FactorState, ...answers: readonly string[]): Promise<unknown> {
  return converse({ factor: rsa, enrolled: atRsa, state }, ...answers);
}
