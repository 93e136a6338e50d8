import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { groupByAccount } from "../../src/aws/roles.ts";
import { fetchAccountAliases, parseAccountAliases } from "../../src/aws/sign-in-page.ts";
import { CancelledError } from "../../src/errors.ts";
import { createSend, type Request } from "../../src/http/send.ts";
import { Secret } from "../../src/secret.ts";
import { asserted } from "../support/roles.ts";
import { createWorld } from "../support/world.ts";

const SAML = new Secret("PHNhbWw+");

/** The page of old, in our own words: blocks within blocks, a title for each account. */
const blocks = (...titles: readonly string[]) =>
  `<!doctype html><fieldset>${titles
    .map(
      (title) => `<div class="saml-account"><div><div class="saml-account-name">${title}</div></div>
   <div class="saml-account"><div class="saml-role"><input id="arn:aws:iam::111111111111:role/One" type="radio"></div></div>
   <div class="saml-account"><div class="saml-role"><input id="arn:aws:iam::111111111111:role/Two" type="radio"></div></div></div>`,
    )
    .join("")}</fieldset>`;

/** The page that a script draws, from JSON in a meta element. */
const drawn = (data: unknown) => withContent(Buffer.from(typeof data === "string" ? data : JSON.stringify(data)).toString("base64"));
const withContent = (content: string) =>
  `<html><head><meta charset="utf-8"><meta name="data" content="${content}"></head><body></body></html>`;

const namesIn = async (html: string) => Object.fromEntries(await parseAccountAliases(html));

describe("the names of accounts", () => {
  test("stand in the titles of the page of old, however many groups of roles an account has", async () => {
    expect(await namesIn(blocks("Account: acme-dev (111111111111)", "Account: acme-prod (222222222222)"))).toEqual({
      "111111111111": "acme-dev",
      "222222222222": "acme-prod",
    });
  });

  test("stand in the JSON of the page that a script draws", async () => {
    const accounts = { "acme-dev (111111111111)": ["arn:aws:iam::111111111111:role/One"], "222222222222": [] };
    expect(await namesIn(drawn({ RelayState: "", roles_accounts: accounts, invalid_accounts: {} }))).toEqual({
      "111111111111": "acme-dev",
    });
  });

  test("are not told of accounts without alias", async () => {
    expect(await namesIn(blocks("Account: 111111111111", "Account: acme-prod (222222222222)"))).toEqual({ "222222222222": "acme-prod" });
  });

  test.each([
    ["entities", "Account: r&amp;d &lt;lab&gt; &#39;1&#39; (111111111111)", "r&d <lab> '1'"],
    ["parentheses", "Account: acme (old) (222) (111111111111)", "acme (old) (222)"],
    ["letters of any script", "Account: M\u00fcller \u65e5\u672c \u{1f511} (111111111111)", "M\u00fcller \u65e5\u672c \u{1f511}"],
    ["spaces and lines around", "\n   Account:   acme-dev\n   (111111111111)\n ", "acme-dev"],
    ["the words of the title itself", "Account: Account: x (111111111111)", "Account: x"],
    ["markup inside", "Account: <b>acme</b>-dev (111111111111)", "acme-dev"],
    ["no word before it", "acme-dev (111111111111)", "acme-dev"],
    ["another id within", "Account: 222222222222 (111111111111)", "222222222222"],
  ])("may hold %s", async (_, title, name) => {
    expect(await namesIn(blocks(title))).toEqual({ "111111111111": name });
  });

  test("of JavaScript are names", async () => {
    const data = `{"roles_accounts": {"__proto__ (111111111111)": [], "constructor (222222222222)": []}}`;
    expect(await parseAccountAliases(drawn(data))).toEqual(
      new Map([
        ["111111111111", "__proto__"],
        ["222222222222", "constructor"],
      ]),
    );
  });
});

test("without a name an account is called by its id", async () => {
  const accounts = groupByAccount(
    [asserted("arn:aws:iam::111111111111:role/One")],
    await parseAccountAliases(blocks("Account: 111111111111")),
  );
  expect(accounts).toMatchObject([{ id: "111111111111", name: "111111111111", nameRaw: "Account: 111111111111" }]);
});

describe("names are ids, and nothing fails, where the page", () => {
  const send = createSend(createWorld(), { signal: new AbortController().signal, userAgent: "test/1" });
  /** The same with less patience, yet enough for a busy machine to have been asked. */
  const hurried = (request: Request) => send({ ...request, timeoutMs: Math.min(request.timeoutMs ?? 1000, 1000) });
  const ask = (url: URL, through = send) => fetchAccountAliases(through, SAML, { url, partition: "aws" });
  const page = blocks("Account: acme-dev (111111111111)");

  test("answers with a failure, a refusal or a redirect", async () => {
    for (const status of [302, 307, 400, 403, 404, 429, 500, 503]) {
      const { url, count } = await serve((_, response) =>
        response.writeHead(status, { location: "https://console.aws.example/" }).end(page),
      );
      expect([status, await ask(url), count()]).toEqual([status, new Map(), 1]);
    }
  });

  test("is too slow to begin", async () => {
    const { url, count } = await serve(() => undefined);
    expect([await ask(url, hurried), count()]).toEqual([new Map(), 1]);
  });

  test("is too slow to end", async () => {
    const { url } = await serve((_, response) => response.writeHead(200, { "content-type": "text/html" }).write(page));
    expect(await ask(url, hurried)).toEqual(new Map());
  });

  test("breaks off", async () => {
    const { url } = await serve((request) => request.socket.destroy());
    expect(await ask(url)).toEqual(new Map());
  });

  test("has no end", async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200);
      // A turn of the event loop for each piece: whoever reads is in this process too.
      const more = () => void (response.destroyed || response.write("x".repeat(1_000_000), () => setImmediate(more)));
      more();
    });
    expect(await ask(url)).toEqual(new Map());
  });

  test("is not there", async () => {
    expect(await ask(new URL("http://127.0.0.1:1/saml"))).toEqual(new Map());
  });

  test("while Ctrl-C there is no waiting for it", async () => {
    const cancel = new AbortController();
    const { url } = await serve(() => cancel.abort());
    const cancelled = createSend(createWorld(), { signal: cancel.signal, userAgent: "test/1" });
    await expect(ask(url, cancelled)).rejects.toThrow(CancelledError);
  });
});

type Listener = Parameters<typeof createServer>[1] & {};

async function serve(listener: NonNullable<Listener>): Promise<{ readonly url: URL; readonly count: () => number }> {
  let count = 0;
  const server = createServer((request, response) => {
    count++;
    listener(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/saml`), count: () => count };
}
