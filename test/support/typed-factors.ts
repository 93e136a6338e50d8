import { type Factor, totpCode } from "@aws-okta-processor/sandbox";
import type { Answer } from "./person.ts";

const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const modhex = (ending: string) => `ccccccbcgujhingjrdejhgfnuetrgigvejhhgbk${ending}`;
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);
const totpAt = (seconds: number) => () => totpCode(SECRET, inSeconds(seconds));
const next = "wait for the next one";

/** A factor whose answer is typed. */
export interface TypedFactor {
  readonly key: string;
  readonly factor: Factor;
  readonly right: Answer;
  readonly wrong: string;
  /** Right once more, after `right`. */
  readonly other: Answer;
  /** Undefined where there is no such thing. */
  readonly late: Answer | undefined;
  /** What is told after a wrong, a used and a late one. */
  readonly told: { readonly wrong: string; readonly used: string | undefined; readonly late: string | undefined };
  readonly question: string;
}

const apps = (["OKTA", "GOOGLE"] as const).map((provider): TypedFactor => {
  const app = provider === "OKTA" ? "Okta Verify" : "Google Authenticator";
  return {
    key: `token:software:totp:${provider.toLowerCase()}`,
    factor: { factorType: "token:software:totp", provider, secret: SECRET },
    right: totpAt(0),
    wrong: "000000",
    other: totpAt(30),
    late: totpAt(-90),
    told: { wrong: "the code was wrong: try again", used: next, late: next },
    question: `ask: Code from ${app}`,
  };
});

const tokens = (
  [
    ["token:hotp", "CUSTOM", "755224", "287082", "359152"],
    ["token:hardware", "YUBICO", modhex("bcdef"), modhex("cdefg"), modhex("defgh")],
    ["token", "SYMANTEC", "112233", "223344", "334455"],
    ["token", "RSA", "4711112233", "4711223344", "4711334455"],
    ["token", "DEL_OATH", "998877", "887766", "776655"],
  ] as const
).map(([factorType, provider, right, other, late]): TypedFactor => {
  return {
    key: `${factorType}:${provider}`.toLowerCase(),
    factor: { factorType, provider, vendorName: provider, codes: [right, other], late: [late] },
    right,
    wrong: factorType === "token:hardware" ? modhex("kkkkk") : "000000",
    other,
    late,
    told: { wrong: "the code was wrong: try again", used: "used before", late: "not of this moment" },
    question: ["RSA", "DEL_OATH"].includes(provider) ? "secret: Code from" : "ask: ",
  };
});

export const sentFactors = (
  [
    ["sms", "+1 XXX-XXX-1337"],
    ["call", "+1 XXX-XXX-1338"],
    ["email", "j...e@example.com"],
  ] as const
).map(([factorType, to]): TypedFactor => {
  return {
    key: `${factorType}:okta`,
    factor: { factorType, provider: "OKTA", to, code: "246810" },
    right: "246810",
    wrong: "000000",
    other: "246810",
    late: undefined,
    told: { wrong: "the code was wrong: try again", used: undefined, late: undefined },
    question: to,
  };
});

const question: TypedFactor = {
  key: "question:okta",
  factor: { factorType: "question", provider: "OKTA", question: "pet", questionText: "Your first pet?", answer: "Rex" },
  right: "Rex",
  wrong: "Tom",
  other: "Rex",
  late: undefined,
  told: { wrong: "the answer was wrong: try again", used: undefined, late: undefined },
  question: "secret: Your first pet?",
};

export const typedFactors: readonly TypedFactor[] = [...apps, ...tokens, ...sentFactors, question];
