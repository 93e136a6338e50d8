import type { EnrolledFactor, FactorState } from "../index.ts";
import type { FactorExample } from "./factor-run.ts";
import { hostileTexts } from "./hostile.ts";

/** What Okta may say no with; some of it factors have to know. */
export const refusals: readonly string[] = ["E0000068", "E0000082", "E0000083", "E0000069", "E0000109", "E0000113", "REJECTED", "TIMEOUT"];

/** Results that no version of Okta has sent. */
export const unheardOf: readonly string[] = ["UNHEARD_OF", "", "constructor", "__proto__", "toString"];

/** All that a factor is tried with. */
export function statesOf({ enrolled, states = [] }: FactorExample): readonly FactorState[] {
  return [...createStates(enrolled), ...states];
}

/** One of each kind and more, made anew each time. */
export function createStates(enrolled: EnrolledFactor): readonly FactorState[] {
  const factors = [enrolled];
  const waiting = { kind: "challenged", result: "WAITING", challenge: undefined, factors, canResend: true } as const;
  return [
    { kind: "required" },
    { ...waiting, result: undefined, canResend: false },
    waiting,
    { ...waiting, challenge: null, factors: [] },
    { ...waiting, challenge: { correctAnswer: 0 } },
    { ...waiting, result: "CHALLENGE", challenge: { challenge: "bm9uY2U", extensions: {} }, canResend: false },
    { ...waiting, result: "CHALLENGE", factors: [enrolled, { ...enrolled, profile: {} }] },
    { ...waiting, result: "TIMEOUT" },
    { ...waiting, result: "TIMEOUT", canResend: false },
    ...refusals.map((code) => refused(code, 2)),
    { kind: "elsewhere", url: new URL("https://login.example.net/authorize?state=c3RhdGU") },
  ];
}

export function refused(code: string, attemptsLeft: number, message = "Okta's own words"): FactorState {
  return { kind: "refused", code, message, attemptsLeft };
}

/** The same factor with whatever Okta, or whoever named the device, may have put into it. */
export function createOddFactors(enrolled: EnrolledFactor): readonly EnrolledFactor[] {
  const values: readonly unknown[] = [null, 0, true, [], {}, ["a"], { name: "a" }];
  const texts = hostileTexts(20);
  return [
    { ...enrolled, profile: {} },
    ...values.map((value) => ({ ...enrolled, profile: profileOf(value) })),
    ...texts.map((text) => ({ ...enrolled, profile: profileOf(text), vendorName: text })),
  ];
}

/** The fields that Okta fills, all with one value. */
function profileOf(value: unknown): Readonly<Record<string, unknown>> {
  const fields = ["name", "deviceType", "platform", "credentialId", "phoneNumber", "email", "questionText", "authenticatorName"];
  return Object.fromEntries(fields.map((field) => [field, value]));
}
