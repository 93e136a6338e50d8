import { inspect } from "node:util";
import { expect, test } from "vitest";
import { Secret } from "../src/secret.ts";

const secret = new Secret("correct horse");

test("a secret is revealed to who asks for it by name", () => {
  expect(secret.reveal()).toBe("correct horse");
});

test.each([
  ["a template", `${secret}`],
  ["a concatenation", `the ${String(secret)}`],
  ["JSON", JSON.stringify({ secret })],
  ["an inspection", inspect({ deep: [secret] }, { depth: 9, showHidden: true })],
  ["its fields", JSON.stringify(Object.entries(secret))],
  ["an error", new Error(`no ${secret}`).message],
])("%s does not show a secret", (_, shown) => {
  expect(shown).not.toContain("horse");
});
