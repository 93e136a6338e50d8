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
  ["a status that is a text", { ...plain, faults: [{ on: "okta", status: "500" }] }, "scenario.faults[0].status must be a whole number"],
])("%s is refused by name", (_, value, message) => {
  expect(() => parseScenario(value)).toThrow(message);
});

function withFactor(factor: unknown): unknown {
  return { ...plain, users: [{ ...jdoe, factors: [factor] }] };
}
