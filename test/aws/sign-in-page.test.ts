import { describe, expect, test } from "vitest";
import { fetchAccountAliases, parseAccountAliases } from "../../src/aws/sign-in-page.ts";
import { AppError, BugError, CancelledError, RemoteError } from "../../src/errors.ts";
import type { Request, Send } from "../../src/http/send.ts";
import { Secret } from "../../src/secret.ts";
import { useAssertion } from "../support/assertion.ts";
import { callsOf, faulty } from "../support/sandbox.ts";

const saml = new Secret("PHg+");
const legacy = (...titles: readonly string[]) =>
  `<fieldset>${titles.map((title) => `<div class="saml-account"><div class="saml-account-name">${title}</div></div>`).join("")}</fieldset>`;
const meta = (data: unknown) =>
  `<html><head><meta name="data" content="${Buffer.from(typeof data === "string" ? data : JSON.stringify(data)).toString("base64")}"></head></html>`;
const parse = async (html: string) => [...(await parseAccountAliases(html))];

/** A door that gives one outcome, and notes what it was asked. */
function door(outcome: string | AppError | number): { readonly send: Send; readonly asked: Request[] } {
  const asked: Request[] = [];
  const send: Send = async (request) => {
    asked.push(request);
    if (outcome instanceof AppError) throw outcome;
    return {
      status: typeof outcome === "number" ? outcome : 200,
      headers: new Headers(),
      text: typeof outcome === "string" ? outcome : legacy("a (111122223333)"),
    };
  };
  return { send, asked };
}

describe("a page", () => {
  test.each([
    ["one account", legacy("Account: acme-dev (111122223333)"), [["111122223333", "acme-dev"]]],
    [
      "several, some without a name",
      legacy("Account: acme-dev (111122223333)", "Account: 444455556666", "Account: acme-prod (777788889999)"),
      [
        ["111122223333", "acme-dev"],
        ["777788889999", "acme-prod"],
      ],
    ],
    ["space and entities", legacy("\n  Account:\n a&amp;b\t(111122223333) \n"), [["111122223333", "a&b"]]],
    ["a name with brackets", legacy("Account: a (b) (111122223333)"), [["111122223333", "a (b)"]]],
    ["a name with spaces and dots", legacy("Account: The Acme. Corp (111122223333)"), [["111122223333", "The Acme. Corp"]]],
    ["no word before the name", legacy("acme (111122223333)"), [["111122223333", "acme"]]],
    ["data", meta({ roles_accounts: { "acme-dev (111122223333)": [], "444455556666": [] } }), [["111122223333", "acme-dev"]]],
    [
      "data in the words of the other page",
      meta({ roles_accounts: { "Account: acme-dev (111122223333)": [] } }),
      [["111122223333", "acme-dev"]],
    ],
  ])("with %s is read", async (_, html, aliases) => {
    expect(await parse(html)).toEqual(aliases);
  });

  test.each([
    ["nothing", ""],
    ["text", "hello"],
    ["JSON", '{"roles_accounts": {"a (111122223333)": []}}'],
    ["a script alone", "<script>var hashArgs = 1;</script>"],
    ["an id that is too short", legacy("Account: acme (1)")],
    ["an id alone", legacy("Account: 111122223333", "(111122223333)", "Account: (111122223333)")],
    ["more behind the id", legacy("Account: acme (111122223333) x")],
    ["data that is no base64", '<meta name="data" content="%%%">'],
    ["data that is no JSON", meta("{")],
    ["data that is null", meta(null)],
    ["data that is a list", meta([])],
    ["data without accounts", meta({})],
    ["data whose accounts are a list", meta({ roles_accounts: ["a (111122223333)"] })],
    ["data whose accounts are null", meta({ roles_accounts: null })],
    ["empty data", '<meta name="data" content="">'],
    ["data without content", '<meta name="data">'],
  ])("with %s tells no name", async (_, html) => {
    expect(await parse(html)).toEqual([]);
  });
});

describe("the page of AWS", () => {
  const named = [
    ["111122223333", "acme-dev"],
    ["444455556666", "acme-prod"],
  ];

  test.each(["default", "page-legacy-split", "page-meta-data"] as const)("tells the names in its shape of %s", async (scene) => {
    const { sandbox, org, saml: given } = await useAssertion(scene);
    const aliases = await fetchAccountAliases(org.send, given, { url: new URL(sandbox.signInUrl), partition: "aws" });
    expect([...aliases]).toEqual(named);
    expect(callsOf(sandbox).at(-1)).toBe("POST /saml 200");
  });

  test.each(["page-interstitial", "page-redirect", "page-error", "page-empty", "single-role"] as const)(
    "tells none in its shape of %s",
    async (scene) => {
      const { sandbox, org, saml: given } = await useAssertion(scene);
      const aliases = await fetchAccountAliases(org.send, given, { url: new URL(sandbox.signInUrl), partition: "aws" });
      expect([[...aliases], sandbox.count("POST /saml")]).toEqual([[], 1]);
    },
  );

  test.each([403, 429, 500, 503])("that answers with status %i tells none, and is not asked again", async (status) => {
    const {
      sandbox,
      org,
      saml: given,
    } = await useAssertion(faulty("default", { on: "sign-in", status, body: legacy("a (111122223333)") }));
    const aliases = await fetchAccountAliases(org.send, given, { url: new URL(sandbox.signInUrl), partition: "aws" });
    expect([[...aliases], sandbox.count("sign-in")]).toEqual([[], 1]);
  });
});

test("the assertion is posted as a form, once, and not waited for long", async () => {
  const { send, asked } = door(legacy("a (111122223333)"));
  await fetchAccountAliases(send, saml, { url: new URL("https://proxy.acme.example/saml"), partition: "aws" });
  expect(asked).toEqual([
    {
      method: "POST",
      url: new URL("https://proxy.acme.example/saml"),
      headers: { accept: "text/html", "content-type": "application/x-www-form-urlencoded" },
      body: "SAMLResponse=PHg%2B&RelayState=",
      repeatable: false,
      timeoutMs: 5000,
    },
  ]);
});

test.each([
  ["aws", ["https://signin.aws.amazon.com/saml"]],
  ["aws-cn", ["https://signin.amazonaws.cn/saml"]],
  ["aws-us-gov", ["https://signin.amazonaws-us-gov.com/saml"]],
  ["aws-eusc", ["https://signin.amazonaws-eusc.eu/saml"]],
  ["aws-iso", []],
  ["aws-new", []],
])("without an address the page of %s is asked, if it is known", async (partition, urls) => {
  const { send, asked } = door("");
  await fetchAccountAliases(send, saml, { url: undefined, partition });
  expect(asked.map(({ url }) => url.href)).toEqual(urls);
});

test.each(["TIMED_OUT", "UNREACHABLE", "TOO_LARGE"])("a page that fails with %s tells no name", async (code) => {
  const { send } = door(new RemoteError("x", { code }));
  expect([...(await fetchAccountAliases(send, saml, { url: undefined, partition: "aws" }))]).toEqual([]);
});

test.each([new CancelledError(), new BugError("x", { code: "BUG" })])("%s is not swallowed", async (error) => {
  await expect(fetchAccountAliases(door(error).send, saml, { url: undefined, partition: "aws" })).rejects.toBe(error);
});
