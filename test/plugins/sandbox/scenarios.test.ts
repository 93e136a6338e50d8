import { expect, test } from "vitest";
import { parseScenario, scenarios } from "../../../plugins/sandbox/src/index.ts";

const plain = { ...scenarios["single-role"] };
const [jdoe] = plain.users;

test.each(Object.entries(scenarios))("%s is data that a file could hold", (_, scenario) => {
  expect(parseScenario(JSON.parse(JSON.stringify(scenario)))).toEqual(scenario);
});

test("every scenario says what it is, in a sentence of its own", () => {
  const titles = Object.values(scenarios).map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
  expect(titles.filter((title) => !/^[A-Z0-9].*\.$/u.test(title))).toEqual([]);
});

test("what a file leaves out is taken from the base", () => {
  expect(parseScenario({ title: "Ours." }, scenarios.default)).toEqual({ ...scenarios.default, title: "Ours." });
});

test.each([
  ["a scenario that is no object", [], "scenario must be an object"],
  ["a field that nobody knows", { ...plain, sers: [] }, "scenario.sers must be one of: title, users, applications, accounts, signInPage,"],
  ["a missing field", { ...plain, title: undefined }, "scenario.title must be there"],
  ["no user", { ...plain, users: [] }, "scenario.users must be a list that is not empty"],
  [
    "an account id of eleven digits",
    { ...plain, accounts: [{ id: "12345678901", roles: [] }] },
    "scenario.accounts[0].id must be 12 digits",
  ],
  ["an unknown page", { ...plain, signInPage: "modern" }, "scenario.signInPage must be one of: legacy, legacy-split, meta-data,"],
  [
    "a field that a listed factor has not",
    withFactor({ factorType: "telepathy", provider: "OKTA", code: "1" }),
    "scenario.users[0].factors[0].code must be one of: factorType, provider, vendorName, profile",
  ],
  [
    "a script without steps",
    withFactor({ factorType: "push", provider: "OKTA", script: [] }),
    "factors[0].script must be a list that is not empty",
  ],
  [
    "an unknown step",
    withFactor({ factorType: "push", provider: "OKTA", script: ["MAYBE"] }),
    "factors[0].script[0] must be one of: WAITING, SUCCESS,",
  ],
  [
    "a secret that is not base32",
    withFactor({ factorType: "token:software:totp", provider: "OKTA", secret: "1890" }),
    "secret must be base32, 16 characters or more",
  ],
  ["codes that are none", withFactor({ factorType: "token", provider: "RSA", codes: [1] }), "factors[0].codes[0] must be a text"],
  [
    "a code that nobody sends",
    withFactor({ factorType: "token", provider: "OKTA", to: "+1" }),
    "factors[0].factorType must be one of: sms, call,",
  ],
  [
    "a key that is none",
    withFactor({ factorType: "webauthn", provider: "FIDO", credentialId: "abc", publicKey: "abc", authenticatorName: "key" }),
    "factors[0].publicKey must be a public key in PEM",
  ],
  [
    "an unknown password state",
    withUser({ passwordState: { kind: "old" } }),
    "passwordState.kind must be one of: warn, expired, expired-elsewhere,",
  ],
  [
    "days of an expired password",
    withUser({ passwordState: { kind: "expired", days: 4 } }),
    "users[0].passwordState.days must be one of: kind, minLength,",
  ],
  ["a state in small letters", withUser({ state: { status: "recovery" } }), "users[0].state.status must be capitals and _"],
  [
    "an unknown policy",
    { ...plain, applications: [{ label: "A", name: "a", policy: "strict" }] },
    "applications[0].policy must be one of: step-up,",
  ],
  ["an unknown hostility", { ...plain, hostile: ["rudeness"] }, "scenario.hostile[0] must be one of: off-org-links,"],
  ["a status that is a text", { ...plain, faults: [{ on: "okta", status: "500" }] }, "scenario.faults[0].status must be a whole number"],
])("%s is refused by name", (_, value, message) => {
  expect(() => parseScenario(value)).toThrow(message);
});

test.each([
  { factorType: "sms", provider: "OKTA" },
  { factorType: "question", provider: "OKTA", profile: { question: "disliked_food" } },
  { factorType: "web", provider: "DUO", vendorName: "DUO" },
  { factorType: "telepathy", provider: "ELSEWHERE" },
])("a factor that does not say how it is answered is one of the list: %j", (factor) => {
  expect(parseScenario(withFactor(factor)).users[0]?.factors).toEqual([factor]);
});

function withFactor(factor: unknown): unknown {
  return withUser({ factors: [factor] });
}

function withUser(fields: object): unknown {
  return { ...plain, users: [{ ...jdoe, ...fields }] };
}
