import { expect, test } from "vitest";
import { parseAssertedRoles } from "../../src/aws/assertion.ts";
import { filterAccounts, groupByAccount } from "../../src/aws/roles.ts";
import { arn, encode, provider, samlXml } from "./saml.ts";

const pairs = [
  ["B", "444455556666"],
  ["A", "111122223333"],
  ["C", "444455556666"],
  ["D", "777788889999"],
] as const;
const roles = await parseAssertedRoles(encode(samlXml(pairs.map(([name, id]) => `${provider(id)},${arn(name, id)}`))));
const aliases = new Map([
  ["111122223333", "acme-dev"],
  ["444455556666", "acme-prod"],
  ["999999999999", "not ours"],
]);
const accounts = groupByAccount(roles, aliases);

/** The names of accounts that the glob leaves. */
const left = (glob: string | undefined, platform = "linux") => filterAccounts(accounts, glob, platform).map(({ name }) => name);

test("accounts are in the order in which they first appear, their roles in the assertion's", () => {
  expect(accounts.map((account) => ({ ...account, roles: account.roles.map(({ role }) => role.arn) }))).toEqual([
    {
      id: "444455556666",
      name: "acme-prod",
      nameRaw: "Account: acme-prod (444455556666)",
      roles: [arn("B", "444455556666"), arn("C", "444455556666")],
    },
    { id: "111122223333", name: "acme-dev", nameRaw: "Account: acme-dev (111122223333)", roles: [arn("A", "111122223333")] },
    { id: "777788889999", name: "777788889999", nameRaw: "Account: 777788889999", roles: [arn("D", "777788889999")] },
  ]);
});

test("without names accounts are called by their ids", () => {
  expect(groupByAccount(roles, new Map()).map(({ name, nameRaw }) => [name, nameRaw])).toEqual([
    ["444455556666", "Account: 444455556666"],
    ["111122223333", "Account: 111122223333"],
    ["777788889999", "Account: 777788889999"],
  ]);
});

test.each([
  [undefined, ["acme-prod", "acme-dev", "777788889999"]],
  ["*", ["acme-prod", "acme-dev", "777788889999"]],
  ["acme-*", ["acme-prod", "acme-dev"]],
  ["acme-dev", ["acme-dev"]],
  ["7777*", ["777788889999"]],
  ["4444*", []],
  ["ACME-*", []],
  ["[!7]*", ["acme-prod", "acme-dev"]],
])("the glob %j leaves %j", (glob, names) => {
  expect(left(glob)).toEqual(names);
});

test("on Windows case does not matter", () => {
  expect(left("ACME-D*", "win32")).toEqual(["acme-dev"]);
});
