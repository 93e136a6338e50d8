import { expect, test } from "vitest";
import { type SignInPage, scenarios } from "../../../plugins/sandbox/src/index.ts";
import { ask, fetchAssertion, open, postAssertion } from "./client.ts";

const { users } = scenarios["no-mfa"];

async function show(name: keyof typeof scenarios) {
  const sandbox = await open({ ...scenarios[name], users });
  return postAssertion(sandbox, await fetchAssertion(sandbox));
}

const namesOf = (html: string) => [...html.matchAll(/saml-account-name">([^<]*)</gu)].map(([, name]) => name);
const rolesOf = (html: string) => [...html.matchAll(/name="roleIndex" value="([^"]*)"/gu)].map(([, arn]) => arn);
const blocksOf = (html: string) => [...html.matchAll(/<div id="\d+-\d+" class="saml-account" >/gu)].length;

test("the page of old names each account, with its alias where it has one", async () => {
  const { status, text } = await show("default");
  expect(status).toBe(200);
  expect(namesOf(text)).toEqual(["Account: acme-dev (111122223333)", "Account: acme-prod (444455556666)", "Account: 777788889999"]);
  expect([rolesOf(text).length, blocksOf(text)]).toEqual([7, 3]);
});

test("the page of old may give each role a block of its own", async () => {
  const { text } = await show("page-legacy-split");
  expect([rolesOf(text).length, blocksOf(text)]).toEqual([7, 7]);
});

test("the page that a script draws has its accounts in a meta element", async () => {
  const { text } = await show("page-meta-data");
  const content = /<meta name="data" content="([^"]*)"/u.exec(text)?.[1]?.replaceAll("&#61;", "=") ?? "";
  const data = JSON.parse(Buffer.from(content, "base64").toString("utf8")) as { readonly roles_accounts: unknown };
  expect(data.roles_accounts).toEqual({
    "acme-dev (111122223333)": ["Administrator", "Developer", "ReadOnly"].map((name) => `arn:aws:iam::111122223333:role/${name}`),
    "acme-prod (444455556666)": ["Developer", "ReadOnly"].map((name) => `arn:aws:iam::444455556666:role/${name}`),
    "777788889999": ["teams/data/Analyst-Reader", "Auditor"].map((name) => `arn:aws:iam::777788889999:role/${name}`),
  });
});

test.each([
  ["page-interstitial", 200, "hashArgs"],
  ["page-redirect", 302, ""],
  ["page-error", 200, 'id="main_error">Something'],
  ["page-empty", 200, ""],
] as const)("%s has no roles", async (name, expected, content) => {
  const { status, text } = await show(name);
  expect(status).toBe(expected);
  expect(text).toContain(content);
  expect(text).not.toContain("arn:aws:iam");
});

test("for a single role there is no page", async () => {
  const { status, headers } = await show("single-role");
  expect([status, headers.get("location")]).toEqual([302, "https://console.aws.amazon.com/console/home"]);
});

test("the page sets cookies of its own", async () => {
  const { headers } = await show("default");
  expect(headers.getSetCookie()).not.toEqual([]);
});

test("an assertion that the org did not issue, or too long ago, is refused", async () => {
  const sandbox = await open({ ...scenarios.default, users });
  const assertion = await fetchAssertion(sandbox);
  const forged = Buffer.from(`${Buffer.from(assertion, "base64").toString("utf8")} `).toString("base64");
  expect((await postAssertion(sandbox, forged)).status).toBe(400);
  expect((await postAssertion(sandbox, assertion)).status).toBe(200);
  sandbox.advance(300_000);
  expect((await postAssertion(sandbox, assertion)).status).toBe(400);
});

test("only a form that is posted is taken", async () => {
  const sandbox = await open({ ...scenarios.default, users });
  const json = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
  expect((await ask(sandbox, sandbox.signInUrl, json)).status).toBe(415);
  expect((await ask(sandbox, sandbox.signInUrl, {})).status).toBe(405);
});

test("hostile names are escaped", async () => {
  const page: SignInPage = "legacy";
  const accounts = [{ id: "111122223333", alias: '<b>"evil"</b>', roles: [{ name: "A" }, { name: "B" }] }];
  const sandbox = await open({ ...scenarios.default, users, signInPage: page, accounts });
  expect(namesOf((await postAssertion(sandbox, await fetchAssertion(sandbox))).text)).toEqual([
    "Account: &#60;b&#62;&#34;evil&#34;&#60;/b&#62; (111122223333)",
  ]);
});
