import { describe, expect, test } from "vitest";
import { createBrowser } from "../../../plugins/factor-duo/src/browser.ts";
import { json, type Page, redirectTo, scripted } from "./duo-pages.ts";

const duo = new URL("https://api-1.duosecurity.com/frame/prompt?sid=1");

/** Opens the prompt with these replies: what came of it, and what was asked. */
async function open(...pages: readonly Page[]): Promise<readonly [unknown, readonly string[]]> {
  const { host, sent } = scripted(pages);
  return [await createBrowser(host).open(duo).catch(String), sent.map(({ line }) => line)];
}

async function submit(...pages: readonly Page[]): Promise<readonly [unknown, readonly string[]]> {
  const { host, sent } = scripted(pages);
  return [await createBrowser(host).submit(duo, { a: "1 &=", b: "" }).catch(String), sent.map(({ line }) => line)];
}

describe("a way of redirects", () => {
  test("is followed to its page, wherever at Duo it leads", async () => {
    const pages = [
      redirectTo("/frame/a", 301),
      redirectTo("b?c=1#d", 303),
      redirectTo("https://x.duofederal.com/e"),
      { body: "<form id=f>" },
    ];
    expect(await open(...pages)).toEqual([
      { at: "page", page: { url: new URL("https://x.duofederal.com/e"), forms: [{ id: "f", action: "", fields: [], selects: [] }] } },
      [
        "GET https://api-1.duosecurity.com/frame/prompt?sid=1",
        "GET https://api-1.duosecurity.com/frame/a",
        "GET https://api-1.duosecurity.com/frame/b?c=1#d",
        "GET https://x.duofederal.com/e",
      ],
    ]);
  });

  test("ends on the threshold of the org, which is not asked", async () => {
    const [arrival, sent] = await open(redirectTo("https://acme.okta.com/oauth2/v1/authorize/callback?code=1&state=2"));
    expect([arrival, sent.length]).toEqual([
      { at: "org", url: new URL("https://acme.okta.com/oauth2/v1/authorize/callback?code=1&state=2") },
      1,
    ]);
  });

  test.each([
    ["https://evil.example/", "evil.example"],
    ["//evil.example/", "evil.example"],
    ["http://api-1.duosecurity.com/", "api-1.duosecurity.com"],
    ["https://duosecurity.com/", "duosecurity.com"],
    ["https://evilduosecurity.com/", "evilduosecurity.com"],
    ["https://api-1.duosecurity.com.evil.example/", "api-1.duosecurity.com.evil.example"],
    ["https://api-1.duosecurity.com:8443/", "api-1.duosecurity.com:8443"],
    ["https://user:secret@api-1.duosecurity.com/", "api-1.duosecurity.com"],
    ["https://acme.okta.com.evil.example/", "acme.okta.com.evil.example"],
    ["http://acme.okta.com/", "acme.okta.com"],
    ["http://127.0.0.1:8080/", "127.0.0.1:8080"],
    ["http://localhost/", "localhost"],
    ["javascript:alert(1)", "javascript:"],
    ["data:text/html,x", "data:"],
  ])("that leads to %s ends there, with nothing sent", async (location, name) => {
    const [reason, sent] = await open(redirectTo(location));
    expect([reason, sent.length]).toEqual([`Error: the sign-in leads to ${name}, which is not Duo's; nothing was sent there`, 1]);
  });

  test("in circles ends after ten", async () => {
    const [reason, sent] = await open(...Array.from({ length: 11 }, () => redirectTo("/frame/prompt")));
    expect([reason, sent.length]).toEqual(["Error: Duo sends the sign-in round in circles", 11]);
  });

  test("to an address that is none ends with words", async () => {
    expect((await open(redirectTo("https://[")))[0]).toBe("Error: Duo sends the sign-in to an address that cannot be read");
  });

  test("without an address is a page that failed", async () => {
    expect((await open({ status: 302 }))[0]).toBe("Error: Duo answered at api-1.duosecurity.com with status 302");
  });
});

describe("a form", () => {
  test.each([301, 302, 303])("is posted once where the answer is %i", async (status) => {
    const [, sent] = await submit(redirectTo("/done", status), {});
    expect(sent).toEqual(["POST https://api-1.duosecurity.com/frame/prompt?sid=1 a=1+%26%3D&b=", "GET https://api-1.duosecurity.com/done"]);
  });

  test.each([307, 308])("is posted again where the answer is %i", async (status) => {
    const [, sent] = await submit(redirectTo("/again", status), {});
    expect(sent[1]).toBe("POST https://api-1.duosecurity.com/again a=1+%26%3D&b=");
  });

  test.each(["https://api-2.duosecurity.com/", "https://acme.okta.com/", "https://evil.example/"])(
    "is not sent on to %s",
    async (location) => {
      const [reason, sent] = await submit(redirectTo(location, 307));
      expect([reason, sent.length]).toEqual([`Error: Duo asks to send a form on to ${new URL(location).host}; nothing was sent there`, 1]);
    },
  );
});

describe("a page that failed", () => {
  test.each([
    [400, "sign in to Okta in a browser, which shows what Duo has to say"],
    [403, "sign in to Okta in a browser, which shows what Duo has to say"],
    [429, "try again later"],
    [503, "try again later"],
  ])("with status %i is told", async (status, hint) => {
    const { host } = scripted([{ status, body: "secrets" }]);
    const failure: unknown = await createBrowser(host)
      .open(duo)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ message: `Duo answered at api-1.duosecurity.com with status ${status}`, hint });
  });
});

describe("a script's question", () => {
  const ask = async (page: Page) =>
    createBrowser(scripted([page]).host)
      .ask(duo, "x")
      .catch(String);

  test.each([
    [json({ stat: "OK", response: { txid: "1" } }), { ok: true, response: { txid: "1" } }],
    [json({ stat: "OK" }), { ok: true, response: {} }],
    [json({ stat: "FAIL", message: "no\u001b[2J way\n" }, 400), { ok: false, words: "no [2J way" }],
    [json({ stat: "FAIL", message_enum: 57 }), { ok: false, words: "message 57" }],
    [json({ stat: "FAIL" }), { ok: false, words: "no reason" }],
    [json({ stat: "MAYBE" }), "Error: Duo answered at api-1.duosecurity.com with an answer that cannot be read"],
    [json([]), "Error: Duo answered at api-1.duosecurity.com with an answer that cannot be read"],
    [{ body: "<html>" }, "Error: Duo answered at api-1.duosecurity.com with an answer that cannot be read"],
    [{ body: "<html>", status: 502 }, "Error: Duo answered at api-1.duosecurity.com with status 502"],
  ])("answered with %j", async (page, answer) => {
    expect(await ask(page)).toEqual(answer);
  });

  test("carries the token of the page, and fields only where there are some", async () => {
    const { host, sent } = scripted([json({ stat: "OK" }), json({ stat: "OK" })]);
    const browser = createBrowser(host);
    await browser.ask(duo, "x1");
    await browser.ask(duo, "x2", { a: "1" });
    const type = { "content-type": "application/x-www-form-urlencoded;charset=UTF-8" };
    expect(sent).toEqual([
      { line: `GET ${duo.href}`, headers: { accept: "application/json", "x-xsrftoken": "x1" } },
      { line: `POST ${duo.href} a=1`, headers: { accept: "application/json", "x-xsrftoken": "x2", ...type } },
    ]);
  });
});

test("cookies go back to the origin that set them, and end by its clock", async () => {
  const cookies = (...lines: readonly string[]) => lines.map((line) => ["set-cookie", line] as const);
  const { host, sent } = scripted([
    { status: 302, headers: [...cookies("a=1; Path=/", "b=2; Path=/; Domain=duosecurity.com"), ["location", "/two"]] },
    {
      status: 302,
      headers: [
        ...cookies("a=; Expires=Tue, 01 Jan 2030 00:00:00 GMT; Path=/"),
        ["date", "Tue, 01 Jan 2030 00:00:05 GMT"],
        ["location", "https://api-2.duosecurity.com/"],
      ],
    },
    redirectTo(duo.href),
    { headers: cookies("b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/") },
    {},
  ]);
  const browser = createBrowser(host);
  await browser.open(duo);
  await browser.open(duo);
  expect(sent.map(({ headers }) => headers["cookie"])).toEqual([undefined, "a=1; b=2", undefined, "b=2", undefined]);
});

describe("on this machine", () => {
  const open = async (origin: string, url: string) =>
    createBrowser(scripted([{}], [], origin).host)
      .open(new URL(url))
      .catch(String);

  test.each(["http://127.0.0.1:4300/", "http://localhost:4300/", "https://localhost:4300/", "http://[::1]:4300/"])(
    "an org may lead to %s",
    async (url) => {
      expect(await open("http://127.0.0.1:4200", url)).toMatchObject({ at: "page" });
    },
  );

  test.each(["http://127.0.0.1.evil.example/", "http://localhost.evil.example/", "ftp://localhost/", "http://192.168.0.1/"])(
    "an org may not lead to %s",
    async (url) => {
      expect(await open("http://127.0.0.1:4200", url)).toContain("nothing was sent there");
    },
  );
});
