import { expect, test } from "vitest";
import { forbid } from "../../src/extensions/allow-list.ts";

const forbidden = (name: string, ...patterns: readonly string[]) => forbid(name, { patterns, from: "AWS_OKTA_PLUGINS_ALLOW" });

test("without a list every package may be used", () => {
  expect(forbid("acme", undefined)).toBe(undefined);
});

test.each([
  ["acme", "acme"],
  ["acme", "other, acme"],
  ["@acme/rc", "@acme/rc"],
  ["@acme/rc", "@acme/*"],
  ["@acme/rc", "@*/rc"],
  ["@acme/rc", "@acme/r*"],
  ["aws-okta-rc", "aws-okta-*"],
  ["a.b~c_d", "a.b~c_d"],
])("%j is allowed by %j", (name, patterns) => {
  expect(forbidden(name, ...patterns.split(", "))).toBe(undefined);
});

test.each([
  ["acme", "acm"],
  ["acme", "cme"],
  ["acme2", "acme"],
  ["evil-acme", "acme"],
  ["@acme/rc", "rc"],
  ["@acme/rc", "*"],
  ["@acme/rc", "@acme*"],
  ["@acme-evil/rc", "@acme/*"],
  ["aXb", "a.b"],
  ["a\nb", "a"],
])("%j is not allowed by %j, and that is told with where the list is", (name, pattern) => {
  expect(forbidden(name, pattern)).toBe("is not allowed (AWS_OKTA_PLUGINS_ALLOW)");
});
