import { readFileSync } from "node:fs";
import { formatChecks } from "@aws-okta-processor/contract/conformance";
import fc from "fast-check";
import { expect, test } from "vitest";
import { format } from "../../../plugins/format-text/src/text.ts";
import { formatContext } from "../../support/format-context.ts";
import { anyText } from "../any-text.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

type Case = readonly [template: string, withPlain: string | null, withOdd: string | null];
type Values = Readonly<Record<string, string>>;

/** Written by python-table.py beside it, with the real str.format. */
const [plain, odd, ...cases] = readTable(new URL("python-table.jsonl", import.meta.url));

const listing = listingOf(plain);
const listOfTokens = "the tokens are {account} {account_id} {account_raw} {application_url} {organization} {role} {role_suffix} {user}";

runPackageChecks("format-text");
runChecks("text", formatChecks(format));

test("templates mean what they mean to Python's str.format", () => {
  const written = cases.map(([template]) => [template, write(template, plain) ?? null, write(template, odd) ?? null]);
  expect(written).toEqual(cases);
  expect(cases.length).toBeGreaterThan(700);
});

test("each role is a line, in the order of the listing", () => {
  const roles = [
    { arn: "arn:aws:iam::1:role/Dev-Admin", suffix: "Admin" },
    { arn: "arn:aws:iam::1:role/Dev-Audit", suffix: "Audit" },
  ];
  const two = { ...listing, accounts: [{ name: "one", id: "1", nameRaw: "Account: one (1)", roles }] };
  expect(Array.from(format.roles?.(two, formatContext({ template: "{account},{role},{role_suffix}" })) ?? [])).toEqual([
    "one,arn:aws:iam::1:role/Dev-Admin,admin\n",
    "one,arn:aws:iam::1:role/Dev-Audit,audit\n",
  ]);
});

test.each([
  ["{acount}", '"{acount}" is not a token'],
  ["{account.upper}", '"{account.upper}" is not a token'],
  ["{account[0]}", '"{account[0]}" is not a token'],
  ["{}", '"{}" is not a token'],
  ["{\u001b[2J}", '"{\\u001b[2J}" is not a token'],
  ["{\u009b}", '"{?}" is not a token'],
  ["{account!r}", '{account} has a conversion other than "!s"'],
  ["{account:d}", '":d" is no format for {account}'],
  ["{account:10001}", '":10001" is no format for {account}'],
  ["{account:>{user}}", 'a brace has no partner, or stands inside another field; write "{{" and "}}" for braces themselves'],
  ["{account", 'a brace has no partner, or stands inside another field; write "{{" and "}}" for braces themselves'],
])("%j is refused in one sentence that lists the tokens", (template, problem) => {
  expect(format.check?.(formatContext({ template }))).toBe(`${problem}; ${listOfTokens}`);
});

test("a template that check refuses is refused when it is used, too", () => {
  expect(() => format.roles?.(listing, formatContext({ template: "{acount}" }))).toThrow('"{acount}" is not a token');
});

test("a name with line ends and escape sequences stays one harmless line", () => {
  expect(write("{account}", { ...plain, account: "a\r\nb\u001b[2J\u009b\u2028" })).toBe("a\ufffd\ufffdb\ufffd[2J\ufffd\ufffd");
});

test("any text with its braces doubled stands for itself", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(write(text.replaceAll(/[{}]/g, "$&$&"), plain)).toBe(text);
    }),
  );
});

test("a column is as wide as it was asked for, in code points", () => {
  const anyLine = anyText.map((text) => text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, " "));
  fc.assert(
    fc.property(anyLine, fc.constantFrom("<", ">", "^"), fc.nat(40), fc.nat(40), (account, align, width, precision) => {
      const written = Array.from(write(`{account:\u{1f511}${align}${width}.${precision}}`, { ...plain, account }) ?? "");
      const kept = Array.from(account).slice(0, precision);
      expect(written).toHaveLength(Math.max(width, kept.length));
      expect(written.join("")).toContain(kept.join(""));
    }),
  );
});

/** One role whose values are these, written without the newline; undefined where the template is refused. */
function write(template: string, values: Values): string | undefined {
  if (format.check?.(formatContext({ template })) !== undefined) return undefined;
  return Array.from(format.roles?.(listingOf(values), formatContext({ template })) ?? [])
    .join("")
    .replace(/\n$/, "");
}

function listingOf(values: Values) {
  const of = (token: string) => values[token] ?? "";
  const role = { arn: of("role"), suffix: of("role_suffix") };
  const account = { name: of("account"), id: of("account_id"), nameRaw: of("account_raw"), roles: [role] };
  return { applicationUrl: of("application_url"), organization: of("organization"), user: of("user"), accounts: [account] };
}

function readTable(file: URL): readonly [Values, Values, ...Case[]] {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return JSON.parse(`[${lines.join(",")}]`) as readonly [Values, Values, ...Case[]];
}
