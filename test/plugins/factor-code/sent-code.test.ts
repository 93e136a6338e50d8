import type { EnrolledFactor, Factor, FactorState } from "@aws-okta-processor/contract";
import { factorChecks } from "@aws-okta-processor/contract/conformance";
import { describe, expect, test } from "vitest";
import { factor as email } from "../../../plugins/factor-code/src/email.ts";
import { factor as phoneCall } from "../../../plugins/factor-code/src/phone-call.ts";
import { factor as textMessage } from "../../../plugins/factor-code/src/text-message.ts";
import { challenged, converse, enrolledAs, refused } from "../ask.ts";
import { runChecks } from "../run-checks.ts";

const sms = enrolledAs("sms:okta", { profile: { phoneNumber: "+1 XXX-XXX-1337" } });
const call = enrolledAs("call:okta", { profile: { phoneNumber: "+1 XXX-XXX-1337" } });
const mail = enrolledAs("email:okta", { profile: { email: "j...e@example.com" } });

const sent = challenged(undefined, { canResend: true });
const question = { purpose: "code", message: "Code sent to +1 XXX-XXX-1337; Enter alone for other ways", secret: false };
const code = { do: "send", fields: { passCode: "12345" } };

runChecks("sms", factorChecks(textMessage, { enrolled: sms }));
runChecks("call", factorChecks(phoneCall, { enrolled: call }));
runChecks("email", factorChecks(email, { enrolled: mail }));

describe.each<[string, Factor, EnrolledFactor, Words]>([
  [
    "a text message",
    textMessage,
    sms,
    { line: "Text message to +1 XXX-XXX-1337", asked: question.message, again: "Send another text message", seconds: 30 },
  ],
  [
    "a phone call",
    phoneCall,
    call,
    {
      line: "Phone call to +1 XXX-XXX-1337",
      asked: "Code from the call to +1 XXX-XXX-1337; Enter alone for other ways",
      again: "Call again",
      seconds: 30,
    },
  ],
  [
    "an email",
    email,
    mail,
    {
      line: "Email to j...e@example.com",
      asked: "Code sent to j...e@example.com; Enter alone for other ways",
      again: "Send another email",
      seconds: 5,
    },
  ],
])("%s", (_, factor, enrolled, { line, asked, again, seconds }) => {
  test("says in the menu where it goes", () => {
    expect(factor.describe(enrolled)).toBe(line);
  });

  test("is begun once, before anything is asked", async () => {
    expect(await converse({ factor, enrolled, state: { kind: "required" } })).toEqual([{ do: "begin" }, [], []]);
  });

  test("is asked for its code", async () => {
    expect(await converse({ factor, enrolled, state: sent }, " 123 45 ")).toEqual([code, [{ ...question, message: asked }], []]);
  });

  test("is sent again only when the person says so", async () => {
    const choices = ["Type the code", again, "Choose another factor"];
    expect(await converse({ factor, enrolled, state: sent }, "", again)).toEqual([
      { do: "resend" },
      [
        { ...question, message: asked },
        { purpose: "choice", message: "No code?", secret: false, choices },
      ],
      [],
    ]);
  });

  test.each(["E0000109", "E0000118", "E0000133", "E0000204"])("that was asked for too soon (%s) says how long to wait", async (refusal) => {
    const line = `tell: okta was asked for another code too soon: type the one that came, or wait ${seconds} seconds before you ask for another`;
    expect(await converse({ factor, enrolled, state: refused(refusal, 3) }, "12345")).toEqual([
      code,
      [line, { ...question, message: asked }],
      [],
    ]);
  });
});

describe("Enter alone", () => {
  test("leads to other ways: the code after all", async () => {
    expect(await respond(sent, "", "Type the code", "12345")).toEqual([code, [question, choice(true), question], []]);
  });

  test("leads to other ways: another factor", async () => {
    expect(await respond(sent, " ", "Choose another factor")).toEqual([{ do: "back" }, [question, choice(true)], []]);
  });

  test("does not offer to send another where Okta does not", async () => {
    expect(await respond(challenged(undefined, { canResend: false }), "", "Choose another factor")).toEqual([
      { do: "back" },
      [question, choice(false)],
      [],
    ]);
  });

  test("offers it after a refusal", async () => {
    expect(await respond(refused("E0000068", 2), "", "Send another text message")).toEqual([
      { do: "resend" },
      ["tell: the code was wrong: try again", question, choice(true)],
      [],
    ]);
  });

  test("for ever ends it", async () => {
    const answers = ["", "Type the code", "", "Type the code", "", "Type the code"];
    expect(await respond(sent, ...answers, "12345")).toEqual([
      { do: "give-up", reason: "no code was given" },
      [question, choice(true), question, choice(true), question, choice(true)],
      ["12345"],
    ]);
  });
});

test.each([
  ["E0000068", "the code was wrong: try again"],
  ["E0000082", "this code was used before: press Enter alone to ask for another"],
  ["PASSCODE_REPLAYED", "this code was used before: press Enter alone to ask for another"],
  ["E0000083", "this code is not of this moment: press Enter alone to ask for another"],
  ["TIME_WINDOW_EXCEEDED", "this code is not of this moment: press Enter alone to ask for another"],
])("after %s another code is asked for, with the reason", async (refusal, reason) => {
  expect(await respond(refused(refusal, 1), "12345")).toEqual([code, [`tell: ${reason}`, question], []]);
});

test.each([
  [refused("E0000069", 2), "okta locked the account after too many wrong codes"],
  [refused("E0000006", 2), "the code was refused with E0000006"],
  [refused("E0000068", 0), "the code was wrong"],
  [refused("E0000109", 0), "okta was asked for another code too soon"],
  [challenged("REJECTED", { canResend: true }), "the code was refused with REJECTED"],
])("%j ends it", async (state, reason) => {
  expect(await respond(state)).toEqual([{ do: "give-up", reason }, [], []]);
});

test.each([{}, { phoneNumber: null }, { phoneNumber: "\n" }])("the profile %j names no number", async (profile) => {
  const enrolled = { ...sms, profile };
  expect([textMessage.describe(enrolled), phoneCall.describe(enrolled), email.describe(enrolled)]).toEqual([
    "Text message",
    "Phone call",
    "Email",
  ]);
  const message = "Code sent; Enter alone for other ways";
  expect(await converse({ factor: textMessage, enrolled, state: sent }, "12345")).toEqual([code, [{ ...question, message }], []]);
});

test("a number from outside is one printable line", () => {
  const profile = { phoneNumber: "\u001b]0;x\u0007+1\n337" };
  expect(textMessage.describe({ ...sms, profile })).toBe("Text message to ]0;x +1 337");
});

interface Words {
  readonly line: string;
  readonly asked: string;
  readonly again: string;
  readonly seconds: number;
}

function choice(canResend: boolean) {
  const again = canResend ? ["Send another text message"] : [];
  return { purpose: "choice", message: "No code?", secret: false, choices: ["Type the code", ...again, "Choose another factor"] };
}

function respond(state: FactorState, ...answers: readonly string[]): Promise<unknown> {
  return converse({ factor: textMessage, enrolled: sms, state }, ...answers);
}
