import { expect, test } from "vitest";
import { checkExtensionName, checkPackageName, factorLike, nameIn } from "../../src/extensions/new-plugin.ts";

test.each(["aws-okta-processor-shell-rc", "@acme/okta-shell-rc", "@a.b_c/d", "0x", "x".repeat(214)])(
  "%s is a name for a package",
  (name) => {
    expect(() => checkPackageName(name)).not.toThrow();
  },
);

test.each([
  ...["", " ", "Rc", "rc ", ".rc", "_rc", "-rc", "../rc", "a/b", "@acme", "@acme/", "@acme/.rc", "@/rc", "a\nb", "a~b", "a*", "ä"],
  ...["node_modules", "favicon.ico", "fs", "fs/promises", "@acme/b/c", "x".repeat(215)],
])("%j is none", (name) => {
  expect(() => checkPackageName(name)).toThrow(`${JSON.stringify(name)} cannot be the name of a new package`);
});

test.each([
  ["shell", "rc"],
  ["format", "markdown+html_5.1-x"],
  ["keychain", "pass"],
  ["factor", "token:*"],
  ["factor", "token:acme"],
  ["factor", "token:hotp:acme/acme-tokens"],
] as const)("%s may be called %s", (kind, name) => {
  expect(() => checkExtensionName(kind, name)).not.toThrow();
});

test.each([
  ...["", "RC", "a b", ".rc", "-rc", "a/b", "a:b", 'a"b', "$(id)", "__proto__", "a\nb"].map((name) => ["shell", name] as const),
  ...["token", "token:", ":acme", "Token:acme", "*:acme", "*", "token:a b", "token:acme/", "token:*:*"].map(
    (name) => ["factor", name] as const,
  ),
])("no %s may be called %j", (kind, name) => {
  expect(() => checkExtensionName(kind, name)).toThrow(`${JSON.stringify(name)} cannot be the name of a ${kind} (--name)`);
});

test.each([
  ["aws-okta-processor-shell-rc", "shell", "rc"],
  ["@acme/okta-shell-rc", "shell", "rc"],
  ["@acme/shell-rc", "shell", "rc"],
  ["shell-rc-for-okta", "shell", "rc-for-okta"],
  ["aws-okta-processor-rc", "shell", "rc"],
  ["okta-rc", "shell", "rc"],
  ["rc", "shell", "rc"],
  ["@acme/okta-format-markdown", "format", "markdown"],
  ["@acme/okta-shell-rc", "format", "shell-rc"],
  ["aws-okta-processor-keychain-pass", "keychain", "pass"],
  ["@acme/okta-factor-acme", "factor", "token:*"],
] as const)("the name in %s is, for a %s, %s", (packageName, kind, name) => {
  expect(nameIn(packageName, kind)).toBe(name);
});

test.each([
  ["token:*", { key: "token:acme", factorType: "token", provider: "ACME", vendorName: "Acme" }],
  ["token:hotp:big_co", { key: "token:hotp:big_co", factorType: "token:hotp", provider: "BIG_CO", vendorName: "Acme" }],
  ["token:acme/x", { key: "token:acme", factorType: "token", provider: "ACME", vendorName: "x" }],
])("a factor that %s answers is told from its name", (name, factor) => {
  expect(factorLike(name)).toEqual(factor);
});
