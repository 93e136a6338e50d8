import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { filterRoles, isGlob, needsAlias, parseRolePattern } from "../../src/aws/role-names.ts";
import { accountsOf } from "../support/roles.ts";

const ADMIN = "arn:aws:iam::111111111111:role/Admin";
const READER = "arn:aws:iam::111111111111:role/Reader";
const PROD_READER = "arn:aws:iam::222222222222:role/Reader";
const ANALYST = "arn:aws:iam::333333333333:role/teams/data/Analyst";
const COMMA = "arn:aws:iam::333333333333:role/Ops,Night=1+a@b.c_d-e";
const ALL = [ADMIN, READER, PROD_READER, ANALYST, COMMA];

/** The third has no alias. */
const ACCOUNTS = accountsOf(ALL, { "111111111111": "acme-dev", "222222222222": "acme-prod" });

function match(pattern: string, { accounts = ACCOUNTS, platform = "linux" } = {}): readonly string[] {
  return filterRoles(accounts, parseRolePattern(pattern), platform).flatMap(({ roles }) => roles.map(({ role }) => role.arn));
}

describe("a role is meant by", () => {
  test.each([
    ["its ARN", ADMIN, [ADMIN]],
    ["its ARN with a path", ANALYST, [ANALYST]],
    ["its name, in every account that has it", "Reader", [READER, PROD_READER]],
    ["its name without its path", "Analyst", [ANALYST]],
    ["its name with its path", "teams/data/Analyst", [ANALYST]],
    ["a glob of its path", "*/data/*", [ANALYST]],
    ["a name that holds commas and all else that a name may", "Ops,Night=1+a@b.c_d-e", [COMMA]],
    ["an account's alias and its name", "acme-prod/Reader", [PROD_READER]],
    ["an account's id and its name", "222222222222/Reader", [PROD_READER]],
    ["the id of an account without alias and its name", "333333333333/Analyst", [ANALYST]],
    ["an account and its name with its path", "333333333333/teams/data/Analyst", [ANALYST]],
    ["a glob of names", "Rea*", [READER, PROD_READER]],
    ["a set with ^, which is a character", "[^A]dmin", [ADMIN]],
    ["a glob of names with their paths", "teams*", [ANALYST]],
    ["a glob with one character", "?dmin", [ADMIN]],
    ["a glob with a set", "[AO]*", [ADMIN, ANALYST, COMMA]],
    ["a glob with what is not in a set", "[!AO]*", [READER, PROD_READER, ANALYST]],
    ["a glob of ARNs", "arn:aws:iam::*:role/Reader", [READER, PROD_READER]],
    ["a glob of accounts", "acme-*/Reader", [READER, PROD_READER]],
    ["a glob of ids", "1111*/*", [ADMIN, READER]],
    ["an account and a glob", "acme-dev/*", [ADMIN, READER]],
    ["an account and a glob over paths", "333333333333/teams/*", [ANALYST]],
    ["any account", "*/Admin", [ADMIN]],
    ["everything", "*", ALL],
  ])("%s: %s", (_, pattern, arns) => {
    expect(match(pattern)).toEqual(arns);
  });

  test.each([
    ["another case", "admin"],
    ["a part of a name", "dmin"],
    ["another account", "acme-prod/Admin"],
    ["an account that is not there", "acme-test/Reader"],
    ["half an alias", "acme/Reader"],
    ["a path that is not its own", "333333333333/data/Analyst"],
    ["a part of an ARN", "arn:aws:iam::111111111111:role/Adm"],
    ["an ARN of another partition", "arn:aws-cn:iam::111111111111:role/Admin"],
    ["an account alone", "acme-dev/"],
    ["nothing", ""],
    ["a slash", "/"],
    ["an open bracket", "[Admin"],
  ])("no role by %s: %j", (_, pattern) => {
    expect(match(pattern)).toEqual([]);
  });
});

test("an ARN that is written out means that role alone, also where it looks like a glob", () => {
  const odd = "arn:aws:iam::111111111111:role/a*[b]?/Reader";
  const like = "arn:aws:iam::111111111111:role/abcdb1/Reader";
  const accounts = accountsOf([like, odd]);
  expect([match(odd, { accounts }), match("a*[b]?/Reader", { accounts }), match("111111111111/a*[b]?/Reader", { accounts })]).toEqual([
    [odd],
    [odd],
    [odd],
  ]);
});

test("a path that begins like an account's alias means the account, where that has such a role", () => {
  const inPath = "arn:aws:iam::222222222222:role/acme-dev/Admin";
  const accounts = accountsOf([inPath, ADMIN], { "111111111111": "acme-dev" });
  expect([match("acme-dev/Admin", { accounts }), match("acme-dev/Admin", { accounts: accountsOf([inPath, READER]) })]).toEqual([
    [ADMIN],
    [inPath],
  ]);
});

test("an account whose alias looks like a glob is meant by it", () => {
  const accounts = accountsOf([ADMIN, READER], { "111111111111": "a[b]" });
  expect(match("a[b]/Admin", { accounts })).toEqual([ADMIN]);
});

test("accounts keep their order, and those without a match are left out", () => {
  expect(
    filterRoles(ACCOUNTS, parseRolePattern("Reader"), "linux").map(({ name, nameRaw, roles }) => [name, nameRaw, roles.length]),
  ).toEqual([
    ["acme-dev", "Account: acme-dev (111111111111)", 1],
    ["acme-prod", "Account: acme-prod (222222222222)", 1],
  ]);
});

test("on Windows case does not matter, as for accounts", () => {
  expect(match("ACME-DEV/admin", { platform: "win32" })).toEqual([ADMIN]);
});

test.each([
  ["acme-dev/Admin", true],
  ["1111*/Admin", true],
  ["111111111111/Admin", false],
  ["Admin", false],
  ["*", false],
  [ADMIN, false],
  [ANALYST, false],
])("whether names of accounts are needed for %s: %s", (pattern, needed) => {
  expect(needsAlias(parseRolePattern(pattern))).toBe(needed);
});

test.each([
  ["*", true],
  ["Adm?n", true],
  ["[ab]", true],
  ["acme-*/Admin", true],
  [ANALYST, false],
  ["a]b!c-d", false],
])("whether %s is a glob: %s", (pattern, expected) => {
  expect(isGlob(parseRolePattern(pattern))).toBe(expected);
});

test("every role is found by its ARN, and by its account and its name", () => {
  const name = fc.stringMatching(/^[\w+=,.@-]{1,12}$/);
  const folder = fc.stringMatching(/^[!-.0-~]{1,6}$/);
  const arn = fc
    .tuple(fc.constantFrom("111111111111", "222222222222"), fc.array(folder, { maxLength: 2 }), name)
    .map(([id, path, own]) => `arn:aws:iam::${id}:role/${[...path, own].join("/")}`);
  fc.assert(
    fc.property(fc.uniqueArray(arn, { minLength: 1, maxLength: 6 }), (arns) => {
      const accounts = accountsOf(arns);
      for (const one of arns) {
        expect(match(one, { accounts })).toEqual([one]);
        const [, , , , id = "", resource = ""] = one.split(":", 6);
        expect(match(`${id}/${one.slice(one.indexOf(resource) + "role/".length)}`, { accounts })).toContain(one);
      }
    }),
  );
});
