import { scenarios } from "@aws-okta-processor/sandbox";
import { describe, expect, test } from "vitest";
import { type AppPage, openApplication } from "../../src/okta/app-page.ts";
import { failureOf } from "../support/failure.ts";
import { callsOf, faulty, useSandbox } from "../support/sandbox.ts";
import { useSession } from "../support/session.ts";

const PAGE = "GET /home/*/*/*";
const withoutMfa = (scene: keyof typeof scenarios) => ({ ...scenarios[scene], users: scenarios["no-mfa"].users });

/** What is read of a page with this body, its assertion revealed. */
async function readPage(body: string, status = 200): Promise<unknown> {
  const { sandbox, door } = await useSession(faulty("no-mfa", { on: PAGE, status, contentType: "text/html", body }));
  return plain(await openApplication(door, sandbox.applicationUrl()));
}

const plain = (page: AppPage) => {
  if (page.kind === "assertion") return { ...page, saml: page.saml.reveal() };
  return page.kind === "step-up" ? { ...page, stateToken: page.stateToken.reveal() } : page;
};
const failure = (body: string, status?: number) => failureOf(() => readPage(body, status));

describe("the page of an application", () => {
  test.each(["no-mfa", "app-redirect"] as const)("of %s carries an assertion", async (scene) => {
    const { sandbox, door } = await useSession(withoutMfa(scene));
    const page = await openApplication(door, sandbox.applicationUrl());
    const xml = page.kind === "assertion" ? Buffer.from(page.saml.reveal(), "base64").toString() : "";
    expect(xml).toContain("arn:aws:iam::111122223333:role/Developer");
  });

  test.each([
    ["entities", '<form><input type="hidden" name="SAMLResponse" value="PHg&#x2b;&#43;&#x3d;"/></form>', "PHg++="],
    ["another case", "<FORM><INPUT NAME=SAMLResponse VALUE='PHg+'></FORM>", "PHg+"],
    ["line ends", '<input name="SAMLResponse" value="\r\nPHg\n+\r\nPHg= ">', "PHg+PHg="],
    ["another field first", '<input name="RelayState" value=""><input value="PHg+" name="SAMLResponse">', "PHg+"],
    [
      "a script that looks like it",
      '<script>var a = \'<input name="SAMLResponse" value="no">\'</script><input name="SAMLResponse" value="PHg+">',
      "PHg+",
    ],
    ["a comment that looks like it", '<!-- <input name="SAMLResponse" value="no"> --><input name="SAMLResponse" value="PHg+">', "PHg+"],
    ["two of them", '<input name="SAMLResponse" value="PHg+"><input name="SAMLResponse" value="no">', "PHg+"],
  ])("is read with %s", async (_, body, saml) => {
    expect(await readPage(body)).toEqual({ kind: "assertion", saml });
  });

  test.each([
    ["the sign-in widget", '<div id="okta-sign-in"></div>', "sign-in"],
    ["the sign-in container", '<div id="signin-container"></div>', "sign-in"],
    ["an empty field and the widget", '<input name="SAMLResponse" value=" "><div id="okta-sign-in"></div>', "sign-in"],
  ])("with %s in place of an assertion needs a sign-in", async (_, body, kind) => {
    expect(await readPage(body)).toEqual({ kind });
  });

  test.each([
    ["a variable", "<script>var stateToken = '00a-b';</script>"],
    ["a variable with escapes", "<script>var stateToken = '00a\\x2Db';</script>"],
    ["a variable with other escapes", '<script>var stateToken="00a\\u002Db"</script>'],
    ["a field beside the widget", '<div id="okta-sign-in"></div><script>config = {"stateToken":"00a-b"}</script>'],
    ["an unquoted field", "<script>config = {stateToken: '00a-b'}</script>"],
    ["a link", '<a href="/login/step-up/redirect?stateToken=00a%2Db">on</a>'],
  ])("with a state token as %s wants more proof", async (_, body) => {
    expect(await readPage(body)).toEqual({ kind: "step-up", stateToken: "00a-b" });
  });

  test("with a question for the password wants it again", async () => {
    const form = `<form action="/user/verify_password"><input name="_xsrfToken" value="x&amp;y"><input name="password"></form>`;
    const demand = { kind: "password", url: "/user/verify_password" };
    expect(await readPage(`<div id="password-verification-challenge">${form}</div>`)).toEqual({ ...demand, fields: { _xsrfToken: "x&y" } });
    expect(await readPage('<div id="password-verification-challenge"></div>')).toEqual({ ...demand, fields: {} });
  });

  test("with status 401 means sign-in", async () => {
    expect(await readPage("", 401)).toEqual({ kind: "sign-in" });
  });
});

describe("without a session", () => {
  test.each(["no-mfa", "signed-out-redirect"] as const)("%s wants a sign-in", async (scene) => {
    const { sandbox, door } = await useSession(withoutMfa(scene));
    sandbox.endSessions();
    expect(await openApplication(door, sandbox.applicationUrl())).toEqual({ kind: "sign-in" });
  });
});

describe("an application that does not open", () => {
  test("is refused with the words of the page", async () => {
    const { sandbox, door } = await useSession();
    expect(await failureOf(() => openApplication(door, "/home/amazon_aws/0oaNone/272"))).toEqual({
      name: "RefusedError",
      code: "APPLICATION_REFUSED",
      message: `${sandbox.organization} does not open this application: This page does not exist`,
      hint: "check --application, and that the application is assigned to you",
    });
  });

  test.each([403, 404])("with status %i alone is refused", async (status) => {
    expect((await failure("<html></html>", status)).message).toMatch(/ does not open this application$/);
  });

  test.each([
    ["", 200, "UNREADABLE"],
    ["<html><h1>Welcome</h1></html>", 200, "UNREADABLE"],
    ["null", 200, "UNREADABLE"],
    ['{"a": 1}', 200, "UNREADABLE"],
    ["", 302, "UNREADABLE"],
    ["", 429, "RATE_LIMITED"],
    ["", 500, "SERVER_FAILED"],
    ["", 503, "SERVER_FAILED"],
  ])("with %j and status %i is told", async (body, status, code) => {
    expect((await failure(body, status)).code).toBe(code);
  });
});

describe("a redirect", () => {
  const location = (to: string) => faulty("no-mfa", { on: PAGE, status: 302, headers: { location: to } });

  test.each(["/home/amazon_aws/0oa1/273", "273", "?again", "./272"])(
    "to %s is followed within the org, ten times and no more",
    async (to) => {
      const { sandbox, door } = await useSession(location(to));
      expect(await failureOf(() => openApplication(door, sandbox.applicationUrl()))).toEqual({
        name: "RemoteError",
        code: "REDIRECT_LOOP",
        message: `${sandbox.organization} redirects without end`,
        hint: undefined,
      });
      expect(sandbox.count(PAGE)).toBe(10);
    },
  );

  test("that leaves the org is refused, and the cookie goes nowhere", async () => {
    const elsewhere = await useSandbox();
    const { sandbox, door } = await useSession(location(`${elsewhere.origin}/home`));
    expect((await failureOf(() => openApplication(door, sandbox.applicationUrl()))).code).toBe("OFF_ORG");
    expect([elsewhere.count(), callsOf(sandbox).filter((call) => call.startsWith("GET"))]).toEqual([
      0,
      ["GET /home/amazon_aws/0oa/272 302"],
    ]);
  });

  test.each(["http://[", "https://", "//evil.example/x", "javascript:alert(1)", "data:text/html,x"])("to %s is refused", async (to) => {
    const { sandbox, door } = await useSession(location(to));
    expect((await failureOf(() => openApplication(door, sandbox.applicationUrl()))).code).toBe("OFF_ORG");
  });

  test.each(["/login/step-up/?stateToken=00%2Da", "https://sign-in.example/?stateToken=00-a&x=1"])(
    "to %s wants more proof, and is not followed",
    async (to) => {
      const { sandbox, door } = await useSession(location(to));
      expect(plain(await openApplication(door, sandbox.applicationUrl()))).toEqual({ kind: "step-up", stateToken: "00-a" });
      expect(callsOf(sandbox).filter((call) => call.startsWith("GET"))).toEqual(["GET /home/amazon_aws/0oa/272 302"]);
    },
  );

  test("that is none, for its status is another, is read as a page", async () => {
    const body = '<input name="SAMLResponse" value="PHg+">';
    const { sandbox, door } = await useSession(faulty("no-mfa", { on: PAGE, status: 200, headers: { location: "/login/" }, body }));
    expect(plain(await openApplication(door, sandbox.applicationUrl()))).toEqual({ kind: "assertion", saml: "PHg+" });
  });

  test("with an empty state token is one to the sign-in page", async () => {
    const { sandbox, door } = await useSession(location("/login/login.htm?stateToken="));
    expect(await openApplication(door, sandbox.applicationUrl())).toEqual({ kind: "sign-in" });
  });

  test("to the org's sign-in page wants a sign-in, and the page is not asked for", async () => {
    const { sandbox, door } = await useSession(location("/login/login.htm?fromURI=%2Fhome"));
    expect(await openApplication(door, sandbox.applicationUrl())).toEqual({ kind: "sign-in" });
    expect(sandbox.count("GET /login/login.htm")).toBe(0);
  });
});

test("an application that is elsewhere is refused before anything is sent", async () => {
  const elsewhere = await useSandbox();
  const { door } = await useSession();
  expect((await failureOf(() => openApplication(door, elsewhere.applicationUrl()))).code).toBe("OFF_ORG");
  expect(elsewhere.count()).toBe(0);
});
