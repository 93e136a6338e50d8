import { describe, expect, test } from "vitest";
import { createCookieJar } from "../../../plugins/factor-duo/src/cookies.ts";
import { type Form, readForms } from "../../../plugins/factor-duo/src/read-forms.ts";
import { type DuoAccount, type Factor, parseScenario, type Sandbox, scenarios } from "../../../plugins/sandbox/src/index.ts";
import { type Answer, ask, begin, containing, get, like, open, post } from "./client.ts";

type Fields = Readonly<Record<string, string>>;

const push: DuoAccount = { devices: [{ name: "iPhone", number: "1234", push: ["pushed", "allow"] }], passcodes: ["246810"] };

function duo(account: DuoAccount): Factor {
  return { factorType: "claims_provider", provider: "CUSTOM", vendorName: "Duo Universal Prompt", duo: account };
}

/** A browser with its cookies, which sends what it is told to. */
function openBrowser(sandbox: Sandbox) {
  const jar = createCookieJar();
  const send = async (
    target: string | URL,
    fields?: Fields,
    headers: Fields = {},
  ): Promise<Answer & { readonly url: URL; readonly next: string }> => {
    const url = new URL(target, sandbox.duoUrl);
    const cookie = jar.headerFor(url);
    const body = fields === undefined ? {} : { method: "POST", body: new URLSearchParams(fields) };
    const answer = await ask(sandbox, url.href, { ...body, headers: { ...(cookie === undefined ? {} : { cookie }), ...headers } });
    jar.take(url, answer.headers.getSetCookie(), new Date());
    return { ...answer, url, next: new URL(answer.headers.get("location") ?? "", url).href };
  };
  return { send, jar };
}

type Browser = ReturnType<typeof openBrowser>;

interface Challenged extends Browser {
  readonly sandbox: Sandbox;
  readonly stateToken: string;
  readonly challenge: Answer;
}

/** As far as Okta's link to Duo. */
async function challenge(account: DuoAccount = push): Promise<Challenged> {
  const users = scenarios.default.users.map((user) => ({ ...user, factors: [duo(account)] }));
  const sandbox = await open({ ...scenarios.default, users });
  const { stateToken, verify } = await begin(sandbox);
  const challenge = await post(sandbox, verify(), { stateToken });
  const browser = openBrowser(sandbox);
  browser.jar.take(new URL(sandbox.origin), ["JSESSIONID=one; Path=/"], new Date());
  return { sandbox, stateToken, challenge, ...browser };
}

/** As far as the page of Duo's that describes the browser. */
async function arrive(account?: DuoAccount) {
  const challenged = await challenge(account);
  const away = await challenged.send(challenged.challenge.body._links.next.href);
  const authorized = await challenged.send(away.next);
  const page = await challenged.send(authorized.next);
  return { ...challenged, authorizeUrl: away.next, page, plugin: fieldsOf(formOf(page, "plugin_form")) };
}

/** As far as the prompt. */
async function prompt(account?: DuoAccount) {
  const arrived = await arrive(account);
  const posted = await arrived.send(arrived.page.url, arrived.plugin);
  const page = await arrived.send(posted.next);
  const login = fieldsOf(formOf(page, "login-form"));
  const method = { device: "phone1", factor: "Duo Push", postAuthDestination: "OIDC_EXIT" };
  return {
    ...arrived,
    promptUrl: posted.next,
    page,
    login,
    start: (change: Fields = {}) => arrived.send("/frame/prompt", { ...login, ...method, ...change }),
  };
}

/** As far as the approval, and what the way out takes. */
async function approve(account?: DuoAccount) {
  const prompted = await prompt(account);
  const { sid = "", _xsrf = "" } = prompted.login;
  const { txid } = responseOf(await prompted.start());
  for (let poll = 0; poll < 2; poll += 1) await prompted.send("/frame/v4/status", { sid, txid });
  return { ...prompted, exit: { sid, txid, _xsrf, factor: "Duo Push", device_key: "", dampen_choice: "false" } };
}

/** As far as the org's own address, which was not asked yet. */
async function leave(account?: DuoAccount) {
  const approved = await approve(account);
  return { ...approved, callback: (await approved.send("/frame/v4/oidc/exit", approved.exit)).next };
}

function formOf({ text }: Answer, id: string): Form | undefined {
  return readForms(text).find((form) => form.id === id);
}

function fieldsOf(form: Form | undefined): Fields {
  const common = form?.fields.filter(({ device }) => device === undefined) ?? [];
  return Object.fromEntries(common.map(({ name, value }) => [name, value]));
}

function responseOf({ text }: Answer): { readonly txid: string } {
  const { response } = JSON.parse(text) as { readonly response: { readonly txid: string } };
  return response;
}

describe("the org", () => {
  test("leads to the identity provider by a link, and waits for nobody's poll", async () => {
    const { challenge: answer, sandbox, stateToken } = await challenge();
    expect([answer.body.status, answer.body.factorResult, answer.body._links.next]).toMatchObject([
      "MFA_CHALLENGE",
      "CHALLENGE",
      { name: "redirect", href: like(`^${sandbox.origin}/sso/idps/0oa\\w{17}\\?stateToken=${stateToken}$`), hints: { allow: ["GET"] } },
    ]);
  });

  test("sends a browser to Duo with what it wants there", async () => {
    const { challenge: answer, sandbox, send } = await challenge();
    const { status, next } = await send(answer.body._links.next.href);
    const { origin, pathname, searchParams } = new URL(next);
    expect([status, origin, pathname, Object.fromEntries(searchParams)]).toEqual([
      302,
      sandbox.duoUrl,
      "/oauth/v1/authorize",
      {
        client_id: like(/^DI\w{18}$/u),
        response_type: "code",
        scope: "openid",
        request: like(/^[\w-]+\.[\w-]+\.[\w-]+$/u),
        state: like(/^\w{40}$/u),
      },
    ]);
  });

  test.each([
    ["without its cookies", "/sso/idps/", {}, "Cookies are needed"],
    ["with another transaction", "/sso/idps/?stateToken=00other", { cookie: "JSESSIONID=one" }, "This sign-in is over"],
  ])("sends nobody %s", async (_, target, headers, headline) => {
    const { challenge: answer, sandbox } = await challenge();
    const url = new URL(answer.body._links.next.href);
    const asked = target.includes("?") ? url.href.replace(/stateToken=.*/u, "stateToken=00other") : url.href;
    expect(await ask(sandbox, asked, { headers })).toMatchObject({ status: 403, text: containing(headline) });
  });

  test("takes the person back with a session that has two factors, and no token", async () => {
    const { callback, sandbox, send, stateToken } = await leave();
    const back = await send(callback);
    const sid = /^sid=(\w+); Path=\/; HttpOnly$/u.exec(back.headers.getSetCookie().find((line) => line.startsWith("sid=")) ?? "")?.[1];
    expect([back.status, back.next]).toEqual([302, `${sandbox.origin}/app/UserHome`]);
    expect((await send(back.next)).status).toBe(200);
    expect((await get(sandbox, "/api/v1/sessions/me", sid)).body).toMatchObject({
      login: "jdoe@example.com",
      amr: ["pwd", "mfa"],
      mfaActive: true,
    });
    expect((await post(sandbox, "/api/v1/authn", { stateToken })).body.errorCode).toBe("E0000011");
  });

  test("takes nobody back twice", async () => {
    const { callback, send } = await leave();
    expect([(await send(callback)).status, (await send(callback)).status]).toEqual([302, 403]);
  });

  test("takes no other browser back", async () => {
    const { callback, sandbox } = await leave();
    expect(await ask(sandbox, callback, { headers: { cookie: "JSESSIONID=two" } })).toMatchObject({
      status: 403,
      text: containing("Another browser began this sign-in"),
    });
  });

  test("takes nobody back with a code that Duo did not give for it", async () => {
    const { callback, send } = await leave();
    const answer = await send(callback.replace(/code=\w+/u, "code=mine"));
    expect([answer.status, answer.text]).toEqual([403, containing("did not confirm who you are")]);
    expect((await send(callback)).status).toBe(403);
  });

  test("takes nobody back to a transaction that was cancelled or is over", async () => {
    const { callback, sandbox, send, stateToken } = await leave();
    await post(sandbox, "/api/v1/authn/cancel", { stateToken });
    expect((await send(callback)).status).toBe(403);
    const late = await leave();
    late.sandbox.advance(301_000);
    expect((await late.send(late.callback)).status).toBe(403);
  });
});

describe("Duo takes no browser", () => {
  test.each([
    ["with a request that the org did not sign", (url: string) => url.replace(/request=([\w-]+)/u, "request=e30")],
    ["with a request that says something else", (url: string) => url.replace(/state=\w+$/u, "state=other")],
    ["without a request", (url: string) => url.replace(/&request=[\w.-]+/u, "")],
    ["for a token", (url: string) => url.replace("response_type=code", "response_type=token")],
  ])("%s", async (_, change) => {
    const { authorizeUrl, send } = await arrive();
    expect((await send(change(authorizeUrl))).status).toBe(400);
  });

  test.each([
    ["a cookie", (header: string) => header.replace(/sid\|[^;]*/u, "x=1"), "the cookie of this sign-in is missing"],
    ["no stranger's cookie", (header: string) => `${header}; JSESSIONID=one`, "a cookie of another server came along"],
    ["no cookie of another path", (header: string) => `${header}; authorize=1`, "a cookie of another path came along"],
    [
      "no cookie that was taken away",
      (header: string) => header.replace(/sid\|([^=]*)/u, "loading|$1=1; $&"),
      "a cookie that was taken away",
    ],
  ])("that has not %s", async (_, change, why) => {
    const { promptUrl, jar, sandbox } = await prompt();
    const cookie = change(jar.headerFor(new URL(promptUrl)) ?? "");
    expect(await ask(sandbox, promptUrl, { headers: { cookie } })).toMatchObject({ status: 403, text: containing(why) });
  });
});

describe("Duo wants the form that it showed", () => {
  test.each([
    [{ _xsrf: "other" }, "the form is not the one that was shown"],
    [{ tx: "other" }, "the form is not the one that was shown"],
    [{ parent: "https://acme.okta.com" }, "the form is not the one that was shown"],
  ])("before the prompt: %j", async (change, why) => {
    const { page, plugin, send } = await arrive();
    expect(await send(page.url, { ...plugin, ...change })).toMatchObject({ status: 400, text: containing(why) });
  });

  test.each(["tx", "parent", "_xsrf", "client_hints", "react_support"])("before the prompt, with %s", async (name) => {
    const { page, plugin, send } = await arrive();
    const { [name]: _, ...rest } = plugin;
    expect(await send(page.url, rest)).toMatchObject({ status: 400, text: containing(`${name} is missing`) });
  });

  test.each([
    [{ _xsrf: "other" }, "the token of the page is missing"],
    [{ ukey: "other" }, "ukey is not as the page had it"],
    [{ preferred_device: "" }, "preferred_device is not as the page had it"],
    [{ postAuthDestination: "" }, "where it shall end is missing"],
    [{ device: "phone2" }, "Unknown method of authentication"],
    [{ factor: "Phone Call" }, "Unknown method of authentication"],
    [{ passcode: "246810" }, "a passcode is for whom it is asked of"],
    [{ factor: "Passcode" }, "a passcode is for whom it is asked of"],
  ])("at the prompt: %j", async (change, message) => {
    const { start } = await prompt();
    expect(JSON.parse((await start(change)).text)).toEqual({ stat: "FAIL", message });
  });

  test.each([
    [{ txid: "other" }, "nobody approved this"],
    [{ factor: "Phone Call" }, "nobody approved this"],
    [{ _xsrf: "other" }, "the form is not complete"],
    [{ dampen_choice: "" }, "the form is not complete"],
  ])("on the way out: %j", async (change, why) => {
    const { exit, send } = await approve();
    expect(await send("/frame/v4/oidc/exit", { ...exit, ...change })).toMatchObject({ status: 400, text: containing(why) });
  });

  test("as a form", async () => {
    const { exit, jar, sandbox } = await approve();
    const cookie = jar.headerFor(new URL("/frame/v4/oidc/exit", sandbox.duoUrl)) ?? "";
    const headers = { cookie, "content-type": "application/json" };
    expect(
      (await ask(sandbox, `${sandbox.duoUrl}/frame/v4/oidc/exit`, { method: "POST", headers, body: JSON.stringify(exit) })).status,
    ).toBe(415);
  });
});

describe("Duo keeps its steps in order", () => {
  test("before the prompt there is none", async () => {
    const { plugin, page, send } = await arrive();
    const sid = page.url.searchParams.get("sid") ?? "";
    const answers = [
      await send(`/frame/prompt?sid=${sid}`),
      await send("/frame/prompt", { ...plugin, sid }),
      await send("/frame/v4/status", { sid, txid: "" }),
      await send("/frame/v4/oidc/exit", { sid, txid: "" }),
      await send(`/frame/v4/return?sid=${sid}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
  });

  test("before the approval there is no way out", async () => {
    const { login, start, send } = await prompt();
    const { sid = "", _xsrf = "" } = login;
    const { txid } = responseOf(await start());
    const exit = { sid, txid, _xsrf, factor: "Duo Push", device_key: "", dampen_choice: "false" };
    expect((await send("/frame/v4/oidc/exit", exit)).status).toBe(400);
  });

  test("after the way out it is over", async () => {
    const { exit, send } = await leave();
    expect((await send("/frame/v4/oidc/exit", exit)).status).toBe(400);
    expect((await send("/frame/v4/status", exit)).status).toBe(400);
  });

  test("the prompt of the other page is not there", async () => {
    const { login, send } = await prompt();
    const sid = login["sid"] ?? "";
    expect((await send(`/frame/v4/auth/prompt?sid=${sid}`)).status).toBe(404);
    expect(JSON.parse((await send("/frame/v4/prompt", { ...login, sid })).text)).toEqual({
      stat: "FAIL",
      message: "there is another prompt",
    });
  });
});

test("the page that a script draws wants its token in a header", async () => {
  const { page, plugin, send } = await arrive({ ...push, prompt: "script" });
  const { next } = await send(page.url, plugin);
  const data = `/frame/v4/auth/prompt/data?post_auth_action=OIDC_EXIT&${new URL(next).searchParams.toString()}`;
  const xsrf = plugin["_xsrf"] ?? "";
  expect([new URL(next).pathname, JSON.parse((await send(data)).text)]).toEqual([
    "/frame/v4/auth/prompt",
    { stat: "FAIL", message: "the token of the page is missing" },
  ]);
  expect(JSON.parse((await send(data, undefined, { "x-xsrftoken": xsrf })).text)).toEqual({
    stat: "OK",
    response: {
      phones: [{ index: "phone1", key: "DPSANDBOX1", name: "iPhone", end_of_number: "1234" }],
      auth_method_order: [
        { factor: "Duo Push", deviceKey: "DPSANDBOX1" },
        { factor: "Duo Mobile Passcode", deviceKey: "" },
      ],
      has_trusted_device: false,
    },
  });
});

test("each step of a script is told as Duo does, the last one again and again", async () => {
  const script = ["pushed", { code: "42" }, "calling", "answered", "fraud"] as const;
  const { login, send, start } = await prompt({ devices: [{ name: "iPhone", push: script }] });
  const { txid } = responseOf(await start());
  const told = [];
  for (let poll = 0; poll < 6; poll += 1)
    told.push(JSON.parse((await send("/frame/v4/status", { sid: login["sid"] ?? "", txid })).text).response);
  expect(told).toEqual([
    { status_enum: 13, status_code: "pushed", status: "Pushed a login request to your device..." },
    { status_enum: 13, status_code: "pushed", risk_based_factor_selection_data: { step_up_code: "42" } },
    { status_code: "calling" },
    { status_code: "answered" },
    { status_code: "fraud", result: "FAILURE" },
    { status_code: "fraud", result: "FAILURE" },
  ]);
});

test("a passcode is good once, and the account is locked after so many wrong ones", async () => {
  const { login, send, start } = await prompt({ devices: [{ name: "Token" }], passcodes: ["246810", "135791"], lockAfter: 2 });
  const give = async (passcode: string) => {
    const { txid } = responseOf(await start({ device: "token", factor: "Passcode", passcode }));
    return JSON.parse((await send("/frame/v4/status", { sid: login["sid"] ?? "", txid })).text).response;
  };
  const said = [await give("1"), await give("246810"), await give("246810"), await give("2"), await give("135791")];
  expect(said).toMatchObject([
    { status_code: "deny", status_enum: 11, reason: "Incorrect passcode. Please try again." },
    { status_code: "allow", result: "SUCCESS" },
    { status_code: "deny", status_enum: 11 },
    { status_code: "locked_out" },
    { status_code: "locked_out" },
  ]);
});

test.each([
  [{ devices: [{ name: "a", number: "12345" }] }, "devices[0].number must be four digits"],
  [{ devices: [{ name: "a", push: ["maybe"] }] }, "devices[0].push[0] must be one of: pushed, calling,"],
  [{ devices: [{ name: "a", call: [] }] }, "devices[0].call must be a list that is not empty"],
  [{ devices: [], odd: "even" }, "odd must be one of: bypass, off-host,"],
  [{ devices: [], prompt: "paper" }, "prompt must be one of: form, script"],
  [{}, "duo.devices must be there"],
])("an account that cannot be played is refused by name: %j", (account, message) => {
  const [jdoe] = scenarios.default.users;
  const users = [{ ...jdoe, factors: [duo(account as DuoAccount)] }];
  expect(() => parseScenario({ ...scenarios.default, users })).toThrow(message);
});
