import { expect, test } from "vitest";
import { type Hostility, scenarios } from "../../../plugins/sandbox/src/index.ts";
import { begin, like, logIn, open, post } from "./client.ts";

/** An entry of the list, as far as it is one. */
type Entry = Readonly<Record<string, unknown>> | string | null;

/** The replies to a sign-in and to a push. */
async function play(kind: Hostility) {
  const sandbox = await open({ ...scenarios["hostile-links"], hostile: [kind] });
  const { body } = await logIn(sandbox);
  const embedded = body._embedded as unknown as Readonly<Record<string, unknown>>;
  return { sandbox, body, embedded, factors: embedded["factors"] as readonly Entry[] };
}

const typesOf = (entries: unknown) => (entries as readonly { readonly factorType: string }[]).map(({ factorType }) => factorType);

test("every link may lead to another host", async () => {
  const { sandbox, body } = await play("off-org-links");
  const links = JSON.stringify(body).match(/"href":"[^"]*"/gu) ?? [];
  expect(links).toHaveLength(4);
  expect(links.filter((href) => !href.startsWith('"href":"https://okta.attacker.example/api/v1/authn/'))).toEqual([]);
  expect(sandbox.calls.map(({ path }) => path)).toEqual(["/api/v1/authn"]);
});

test("the list of factors may have the name of one", async () => {
  const { embedded } = await play("factor-for-factors");
  expect([embedded["factors"], typesOf(embedded["factor"])]).toEqual([undefined, ["push", "token:software:totp", "sms"]]);
});

test("the list of factors may be missing", async () => {
  const { body, embedded } = await play("factors-missing");
  expect([body.status, embedded["factors"], embedded["factor"]]).toEqual(["MFA_REQUIRED", undefined, undefined]);
});

test.each([
  ["no-profile", "profile"],
  ["no-vendor", "vendorName"],
] as const)("with %s no factor has a %s", async (kind, field) => {
  const { factors, body } = await play(kind);
  expect(factors.map((factor) => (factor as Readonly<Record<string, unknown>>)[field])).toEqual([undefined, undefined, undefined]);
  expect(body._embedded.user.profile).toMatchObject({ login: "jdoe@example.com" });
});

test("strange things may stand before the factors", async () => {
  const { factors } = await play("unknown-factors");
  expect(factors).toHaveLength(8);
  expect(factors.slice(0, 4)).toMatchObject([null, "push", { factorType: "push" }, { factorType: "telepathy", profile: "a text" }]);
  expect(factors[4]).toMatchObject({ factorType: "\u001b[2Jtoken", provider: "EVIL\n", vendorName: like(/\u0007$/u) });
  expect(typesOf(factors.slice(5))).toEqual(["push", "token:software:totp", "sms"]);
});

test("the link to send again may be no list", async () => {
  const { sandbox, body } = await play("resend-as-object");
  const verify = body._embedded.factors[0]?._links.verify.href ?? "";
  const challenge = await post(sandbox, verify, { stateToken: body.stateToken });
  expect(challenge.body._links.resend).toMatchObject({ name: "push", href: `${verify}/resend` });
});

test("the policy may say null", async () => {
  expect((await play("policy-info-null")).body._embedded.policy).toMatchObject({ allowRememberDevice: false, factorsPolicyInfo: null });
});

test("the causes of an error may be misspelt", async () => {
  const sandbox = await open(scenarios["hostile-error-cause"]);
  const { stateToken, verify } = await begin(sandbox);
  const { body } = await post(sandbox, verify(1), { stateToken, passCode: "000000" });
  expect([body.errorCauses, body]).toMatchObject([undefined, { errorCode: "E0000068", errorCause: [{ errorSummary: like(/./u) }] }]);
});

test("several may be played at once", async () => {
  const sandbox = await open({ ...scenarios.default, hostile: ["unknown-factors", "factor-for-factors"] });
  const { body } = await logIn(sandbox);
  expect((body._embedded as unknown as { readonly factor: readonly unknown[] }).factor).toHaveLength(8);
});

test("a page may stand in place of JSON", async () => {
  const { status, headers, text } = await logIn(await open(scenarios["hostile-html"]));
  expect([status, headers.get("content-type"), text]).toEqual([200, "text/html", like(/^<!DOCTYPE html>/u)]);
});
