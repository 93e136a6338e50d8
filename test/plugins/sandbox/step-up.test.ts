import { expect, test } from "vitest";
import { type Application, type Sandbox, type Scenario, type StepUpForm, scenarios } from "../../../plugins/sandbox/src/index.ts";
import { type Browser, createBrowser, signIn } from "./browser.ts";
import { type Answer, like, open, outcome, playing, readInput, readXml, verifyLink } from "./client.ts";

const decode = (text: string) =>
  text.replace(/\\(?:x(..)|u(....))/gu, (_, short?: string, long?: string) =>
    String.fromCharCode(Number.parseInt(short ?? long ?? "", 16)),
  );

const tokenIn = (text: string) => decode(/(?:var stateToken = ['"]|"stateToken":")([^'"]+)['"]/u.exec(text)?.[1] ?? "");

interface Begun {
  readonly sandbox: Sandbox;
  readonly browser: Browser;
  readonly stateToken: string;
}

/** Signs in, opens the app and reads its token. */
async function start(scenario: Scenario = scenarios["step-up"]): Promise<Begun> {
  const sandbox = await open(scenario);
  const browser = await signIn(sandbox);
  const page = await browser.get(sandbox.applicationUrl());
  return { sandbox, browser, stateToken: tokenIn(page.text) };
}

async function verifyPush({ browser }: Begun, from: Answer): Promise<Answer> {
  let answer = from;
  while (answer.body.status !== "SUCCESS") answer = await browser.post(verifyLink(from.body), { stateToken: from.body.stateToken });
  return answer;
}

async function stepUp(begun: Begun): Promise<Answer> {
  return verifyPush(begun, await begun.browser.post("/api/v1/authn", { stateToken: begun.stateToken }));
}

function withForm(stepUpForm: StepUpForm, application: Partial<Application> = {}): Scenario {
  const [wiki, aws, ...others] = scenarios["step-up"].applications;
  return {
    ...scenarios["step-up"],
    applications: [wiki, { ...aws, ...application, stepUp: stepUpForm }, ...others] as readonly Application[],
  };
}

test("a session by password alone is not enough for the app, which says so with a token", async () => {
  const sandbox = await open(scenarios["step-up"]);
  const page = await (await signIn(sandbox)).get(sandbox.applicationUrl());
  expect(page.status).toBe(200);
  expect(page.text).toContain("<title>Sandbox - Extra Verification</title>");
  expect(page.text).toMatch(/var stateToken = '00\w+\\x2D\w+';/u);
  expect(page.text).not.toContain("SAMLResponse");
});

test.each([
  ["script-unicode", /var stateToken = "00\w+\\u002D\w+";/u],
  ["json", /var oktaData = \{.*"stateToken":"00\w+\\x2D\w+"/u],
] as const)("the token may be spelled as %s", async (token, pattern) => {
  const sandbox = await open(withForm({ token }));
  const browser = await signIn(sandbox);
  const { text } = await browser.get(sandbox.applicationUrl());
  expect(text).toMatch(pattern);
  expect(outcome(await browser.post("/api/v1/authn", { stateToken: tokenIn(text) }))).toEqual([200, "MFA_REQUIRED"]);
});

test("the token may stand in a redirect inside the org", async () => {
  const sandbox = await open(withForm({ token: "redirect" }));
  const browser = await signIn(sandbox);
  const { status, headers } = await browser.get(sandbox.applicationUrl());
  const target = new URL(headers.get("location") ?? "");
  expect([status, target.origin, target.pathname]).toEqual([302, sandbox.origin, "/login/step-up/verify"]);
  expect((await browser.get(target.href)).text).toContain('id="okta-sign-in"');
  const stateToken = target.searchParams.get("stateToken");
  expect(outcome(await browser.post("/api/v1/authn", { stateToken }))).toEqual([200, "MFA_REQUIRED"]);
});

test("the token may stand in a redirect to a sign-in page on another host, and is the org's", async () => {
  const sandbox = await open(scenarios["step-up-custom-sign-in"]);
  const browser = await signIn(sandbox);
  const { status, headers } = await browser.get(sandbox.applicationUrl());
  const target = new URL(headers.get("location") ?? "");
  expect([status, target.origin]).toEqual([302, "https://sign-in.customer.example"]);
  const stateToken = target.searchParams.get("stateToken") ?? "";
  expect((await stepUp({ sandbox, browser, stateToken })).body._links.next.name).toBe("original");
});

test("the token begins a transaction that says what it is for", async () => {
  const { browser, stateToken } = await start();
  const { body } = await browser.post("/api/v1/authn", { stateToken });
  expect(body).toMatchObject({
    status: "MFA_REQUIRED",
    type: "SESSION_STEP_UP",
    stateToken,
    _embedded: {
      target: { type: "APP", name: "amazon_aws", label: "AWS Accounts", _links: { logo: { type: "image/png" } } },
      authentication: { protocol: "SAML2.0", issuer: { name: "AWS Accounts", uri: like(/^exk/u) } },
    },
  });
});

test("the token is for the session that asked, and needs its cookie", async () => {
  const { sandbox, stateToken } = await start();
  const other = await signIn(sandbox);
  expect(outcome(await createBrowser(sandbox).post("/api/v1/authn", { stateToken }))).toEqual([401, "E0000011"]);
  expect(outcome(await other.post("/api/v1/authn", { stateToken }))).toEqual([401, "E0000011"]);
});

test("a step-up leaves the session's cookie alone, unlike a sign-in", async () => {
  const begun = await start();
  await stepUp(begun);
  expect(begun.browser.cookies.has("sid")).toBe(true);
  await begun.browser.post("/api/v1/authn", {});
  expect(begun.browser.cookies.has("sid")).toBe(false);
});

test("its success links back to the app, without a session token, and the app opens", async () => {
  const begun = await start();
  const { body } = await stepUp(begun);
  expect(body).toMatchObject({ status: "SUCCESS", type: "SESSION_STEP_UP", stateToken: begun.stateToken });
  expect([body.sessionToken, body._links.next]).toMatchObject([
    undefined,
    { name: "original", href: `${begun.sandbox.origin}/login/step-up/redirect?stateToken=${begun.stateToken}`, hints: { allow: ["GET"] } },
  ]);
  const redirect = await begun.browser.get(body._links.next.href);
  expect([redirect.status, redirect.headers.get("location")]).toEqual([302, begun.sandbox.applicationUrl()]);
  const page = await begun.browser.get(begun.sandbox.applicationUrl());
  expect(readXml(readInput(page.text, "SAMLResponse"))).toMatch(/Name="amr".*>pwd<.*>swk<.*>mfa</u);
});

test("the success is not enough: only the link satisfies the app, once, and with the session's cookie", async () => {
  const begun = await start();
  const { href } = (await stepUp(begun)).body._links.next;
  expect((await begun.browser.get(begun.sandbox.applicationUrl())).text).toContain("Extra Verification");
  expect((await createBrowser(begun.sandbox).get(href)).text).toContain('id="okta-sign-in"');
  expect((await begun.browser.get(href)).status).toBe(403);
});

test("nobody gets on by the link before the factor is verified", async () => {
  const { sandbox, browser, stateToken } = await start();
  expect((await browser.get(`/login/step-up/redirect?stateToken=${stateToken}`)).status).toBe(403);
  expect((await browser.get(sandbox.applicationUrl())).text).toContain("Extra Verification");
});

test("a step-up that is done is over", async () => {
  const begun = await start();
  await stepUp(begun);
  expect(outcome(await begun.browser.post("/api/v1/authn", { stateToken: begun.stateToken }))).toEqual([401, "E0000011"]);
});

test("it lasts for the session, and for no other", async () => {
  const begun = await start();
  await begun.browser.visit((await stepUp(begun)).body._links.next.href);
  begun.sandbox.advance(3_600_000);
  expect((await begun.browser.get(begun.sandbox.applicationUrl())).text).toContain("SAMLResponse");
  expect((await (await signIn(begun.sandbox)).get(begun.sandbox.applicationUrl())).text).toContain("Extra Verification");
});

test("it is for one app, and the others ask for nothing or for themselves", async () => {
  const begun = await start();
  expect((await begun.browser.get(begun.sandbox.applicationUrl("Wiki"))).text).toContain("SAMLResponse");
});

test("the link may have another name", async () => {
  const begun = await start(withForm({ onward: "original" }));
  const { body } = await stepUp(begun);
  expect([body._links.next, body._links.original.name]).toEqual([undefined, "original"]);
  expect((await begun.browser.visit(body._links.original.href)).text).toContain("SAMLResponse");
});

test("a session token may come along, with a link that needs no cookie and brings one", async () => {
  const begun = await start(withForm({ onward: "session-token" }));
  const { body } = await stepUp(begun);
  expect(body).toMatchObject({ sessionToken: like(/^00/u), stateToken: begun.stateToken });
  expect(body._links.next.href).toBe(`${begun.sandbox.origin}/login/token/redirect?stateToken=${begun.stateToken}`);
  const stranger = createBrowser(begun.sandbox);
  expect((await stranger.visit(body._links.next.href)).text).toContain("SAMLResponse");
  expect(stranger.cookies.get("sid")).toMatch(/^102/u);
  expect((await stranger.get(body._links.next.href)).status).toBe(403);
});

test("user name and password may come first, in the same transaction", async () => {
  const begun = await start(scenarios["step-up-unauthenticated"]);
  const { browser, stateToken } = begun;
  expect((await browser.post("/api/v1/authn", { stateToken })).body).toMatchObject({
    status: "UNAUTHENTICATED",
    type: "SESSION_STEP_UP",
    _embedded: { target: { name: "amazon_aws" } },
  });
  const signedIn = await browser.post("/api/v1/authn", { stateToken, username: "jdoe", password: "correct horse" });
  expect([outcome(signedIn), signedIn.body.stateToken]).toEqual([[200, "MFA_REQUIRED"], stateToken]);
  const { body } = await verifyPush(begun, signedIn);
  expect((await browser.visit(body._links.next.href)).text).toContain("SAMLResponse");
});

test("a factor at the sign-in does not satisfy the app", async () => {
  const begun = await start(scenarios["step-up-after-factor"]);
  expect((await begun.browser.visit((await stepUp(begun)).body._links.next.href)).text).toContain("SAMLResponse");
});

test("who has no factor has to enrol one", async () => {
  const { browser, stateToken } = await start({ ...scenarios["step-up"], users: scenarios["no-mfa"].users });
  const { body } = await browser.post("/api/v1/authn", { stateToken });
  expect([body.status, body._links.skip]).toEqual(["MFA_ENROLL", undefined]);
});

test("what can be put off at the sign-in cannot be put off at the app", async () => {
  const sandbox = await open({ ...scenarios["step-up"], users: playing({ enrol: "optional" }).users });
  const browser = createBrowser(sandbox);
  const { body } = await browser.post("/api/v1/authn", { username: "jdoe", password: "correct horse" });
  const skipped = await browser.post(body._links.skip.href, { stateToken: body.stateToken });
  browser.cookies.set("sid", (await browser.post("/api/v1/sessions", { sessionToken: skipped.body.sessionToken })).body.id);
  const stateToken = tokenIn((await browser.get(sandbox.applicationUrl())).text);
  const begun = await browser.post("/api/v1/authn", { stateToken });
  expect([begun.body.status, begun.body._links.skip]).toEqual(["MFA_ENROLL", undefined]);
  expect(outcome(await browser.post("/api/v1/authn/skip", { stateToken }))).toEqual([403, "E0000079"]);
});

test("the single sign-on link asks as the embed link does, and is gone back to", async () => {
  const begun = await start(withForm({}, { page: "redirect" }));
  const link = (await begun.browser.get(begun.sandbox.applicationUrl())).headers.get("location") ?? "";
  const stateToken = tokenIn((await begun.browser.get(link)).text);
  const { body } = await stepUp({ ...begun, stateToken });
  expect((await begun.browser.get(body._links.next.href)).headers.get("location")).toBe(link);
});

test("Identity Engine's page has a long token that this API does not take", async () => {
  const { sandbox, browser, stateToken } = await start(scenarios["step-up-identity-engine"]);
  expect(stateToken.length).toBeGreaterThan(3000);
  expect(outcome(await browser.post("/api/v1/authn", { stateToken }))).toEqual([401, "E0000011"]);
  expect((await browser.get(sandbox.applicationUrl())).text).toContain('<div id="okta-sign-in">');
});
