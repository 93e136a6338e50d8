import { expect, test } from "vitest";
import { type Scenario, scenarios } from "../../../plugins/sandbox/src/index.ts";
import { createBrowser, signIn } from "./browser.ts";
import { open, unescapeHtml } from "./client.ts";

async function start(scenario: Scenario = scenarios["step-up-password"]) {
  const sandbox = await open(scenario);
  const browser = await signIn(sandbox);
  const { text } = await browser.get(sandbox.applicationUrl());
  return { sandbox, browser, text, token: tokenIn(text) };
}

const tokenIn = (text: string) => unescapeHtml(/id="_xsrfToken" name="_xsrfToken" value="([^"]+)"/u.exec(text)?.[1] ?? "");

test("an app may ask a session for the password, in a form of the org's", async () => {
  const { sandbox, text } = await start();
  expect(text).toContain('<div id="password-verification-challenge">');
  expect(unescapeHtml(/action="([^"]+)"/u.exec(text)?.[1] ?? "")).toBe(`${sandbox.origin}/user/verify_password`);
  expect(text).toContain('<input type="password" name="password"');
});

test("the right password leads back to the app, which opens for the rest of the session", async () => {
  const { sandbox, browser, token } = await start();
  const sent = await browser.submit("/user/verify_password", { _xsrfToken: token, password: "correct horse" });
  expect([sent.status, sent.headers.get("location")]).toEqual([302, sandbox.applicationUrl()]);
  expect((await browser.get(sandbox.applicationUrl())).text).toContain("SAMLResponse");
});

test("a wrong password gives the page again, with a token of its own", async () => {
  const { sandbox, browser, token } = await start();
  const again = await browser.submit("/user/verify_password", { _xsrfToken: token, password: "wrong" });
  expect([again.status, again.text.includes("password-verification-challenge")]).toEqual([200, true]);
  expect(tokenIn(again.text)).not.toBe(token);
  const sent = await browser.submit("/user/verify_password", { _xsrfToken: tokenIn(again.text), password: "correct horse" });
  expect(sent.headers.get("location")).toBe(sandbox.applicationUrl());
});

test("a form is good once", async () => {
  const { browser, token } = await start();
  const send = async () => (await browser.submit("/user/verify_password", { _xsrfToken: token, password: "correct horse" })).status;
  expect([await send(), await send()]).toEqual([302, 403]);
});

test("wrong passwords lock the account", async () => {
  const { browser, token } = await start({ ...scenarios["step-up-password"], lockout: { wrongPasswords: 1 } });
  const sent = await browser.submit("/user/verify_password", { _xsrfToken: token, password: "wrong" });
  expect([sent.status, /<h1>([^<]*)</u.exec(sent.text)?.[1]]).toEqual([403, "Your account is locked"]);
});

test("the form needs its token, its type and its session", async () => {
  const { sandbox, browser, token } = await start();
  const password = "correct horse";
  expect((await browser.submit("/user/verify_password", { _xsrfToken: "guessed", password })).status).toBe(403);
  expect((await browser.post("/user/verify_password", { _xsrfToken: token, password })).status).toBe(415);
  const stranger = await createBrowser(sandbox).submit("/user/verify_password", { _xsrfToken: token, password });
  expect(stranger.text).toContain('id="okta-sign-in"');
  expect((await browser.get(sandbox.applicationUrl())).text).toContain("password-verification-challenge");
});
