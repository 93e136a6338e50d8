import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect } from "vitest";
import { callsOf } from "../support/calls.ts";
import { type ProxyOptions, type RunningProxy, startProxy } from "../support/forward-proxy.ts";
import type { Ran } from "../support/process.ts";
import { CREDENTIALS_JSON, DEVELOPER } from "../support/sample.ts";
import { test as base, type Place } from "../support/sandbox-home.ts";

const test = base.extend<{ readonly runProxy: (options?: ProxyOptions) => Promise<RunningProxy> }>({
  runProxy: async ({ onTestFinished }, use) => {
    await use(async (options) => {
      const proxy = await startProxy(options);
      onTestFinished(proxy.close);
      return proxy;
    });
  },
});

const LINE = `authenticate --silent --role ${DEVELOPER} --account-alias acme-dev`;
const ANSWER = { stdout: expect.stringMatching(CREDENTIALS_JSON), stderr: "", exitCode: 0 };
const PASSWORD = "s3cret#canary";
const PAIR = { pair: `jdoe:${PASSWORD}` };

const hostOf = (url: string): string => new URL(url).host;
const withPair = (host: string): string => `http://jdoe:${encodeURIComponent(PASSWORD)}@${host}`;
const tunnelsTo = (...urls: readonly string[]): readonly string[] => urls.map((url) => `CONNECT ${hostOf(url)}`);

describe.concurrent("the organization, the sign-in page and STS are asked through the proxy", () => {
  test.for(["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])(
    "that %s names, each by one tunnel",
    async (name, { enter, runProxy }) => {
      const { sandbox, run } = await enter("no-mfa", { tls: true });
      const proxy = await runProxy(PAIR);
      expect(await run(LINE, { [name]: withPair(proxy.host) })).toEqual(ANSWER);
      expect(proxy.asked).toEqual(tunnelsTo(sandbox.origin, sandbox.signInUrl, sandbox.stsUrl));
      expect(callsOf(sandbox).slice(-2)).toEqual(["sign-in POST /saml", "sts AssumeRoleWithSAML"]);
    },
  );

  test("where it opens its tunnels with another status of success", async ({ enter, runProxy }) => {
    const { sandbox, run } = await enter("no-mfa", { tls: true });
    const proxy = await runProxy({ opened: "204 No Content" });
    expect(await run(LINE, { HTTPS_PROXY: `http://${proxy.host}` })).toEqual(ANSWER);
    expect(proxy.asked).toEqual(tunnelsTo(sandbox.origin, sandbox.signInUrl, sandbox.stsUrl));
  });

  test("where it is spoken to over TLS", async ({ enter, runProxy }) => {
    const { sandbox, run, cwd } = await enter("no-mfa", { tls: true });
    const proxy = await runProxy({ ...PAIR, tls: true });
    const bundle = path.join(cwd, "both.pem");
    await writeFile(bundle, [sandbox.certificateAuthority, proxy.authority].map((file = "") => readFileSync(file, "utf8")).join(""));
    const env = { HTTPS_PROXY: withPair(proxy.host).replace("http:", "https:"), AWS_OKTA_CA_BUNDLE: bundle };
    expect(await run(LINE, env)).toEqual(ANSWER);
    expect(proxy.asked).toEqual(tunnelsTo(sandbox.origin, sandbox.signInUrl, sandbox.stsUrl));
  });

  test("over plain http, by whole URLs, though all of it is this machine", async ({ enter, runProxy }) => {
    const { sandbox, run } = await enter("no-mfa");
    const proxy = await runProxy(PAIR);
    expect(await run(LINE, { HTTP_PROXY: withPair(proxy.host) })).toEqual(ANSWER);
    expect(proxy.asked.map((line) => line.replace(/\?.*/, ""))).toEqual(
      sandbox.calls.map(({ server, method, path }) => `${method} ${new URL(path, originOf(sandbox, server)).href}`),
    );
    expect(proxy.asked.at(-1)).toBe(`POST ${sandbox.stsUrl}/`);
  });

  test.for([true, false])("and what Node writes down of that by itself holds no secret (TLS: %s)", async (tls, { enter, runProxy }) => {
    const { run } = await enter("no-mfa", { tls });
    const { host } = await runProxy(PAIR);
    const NODE_DEBUG = "http,https,net,tls,fetch,undici";
    const { stderr } = await run(LINE, { HTTP_PROXY: withPair(host), HTTPS_PROXY: withPair(host), NODE_DEBUG });
    const secrets = [PASSWORD, encodeURIComponent(PASSWORD), Buffer.from(PAIR.pair).toString("base64"), "sid=102", "correct horse"];
    expect([stderr.includes("NET "), secrets.filter((secret) => stderr.includes(secret))]).toEqual([true, []]);
  });

  test("with a session that is prolonged beside the line", async ({ enter, runProxy }) => {
    const { sandbox, run } = await enter("no-mfa", { tls: true });
    const proxy = await runProxy();
    const env = { HTTPS_PROXY: `http://${proxy.host}` };
    await run(LINE, env);
    expect(await run(`${LINE} --no-aws-cache`, env)).toEqual(ANSWER);
    expect(callsOf(sandbox).some((call) => call.includes("/sessions/me"))).toBe(true);
    expect(new Set(proxy.asked)).toEqual(new Set(tunnelsTo(sandbox.origin, sandbox.signInUrl, sandbox.stsUrl)));
  });

  test("with what a factor's plugin asks elsewhere", async ({ enter, runProxy }) => {
    const { sandbox, sit } = await enter("duo-push");
    const proxy = await runProxy();
    const { end } = await sit(`${LINE} --factor claims_provider:custom`, { HTTP_PROXY: `http://${proxy.host}` });
    expect(await end()).toMatchObject({ ...ANSWER, stderr: "" });
    const asked = proxy.asked.filter((line) => line.includes(` ${sandbox.duoUrl}/`));
    expect([asked.length > 0, asked.length]).toEqual([true, sandbox.count("duo")]);
  });

  test("but not where NO_PROXY names them", async ({ enter, runProxy }) => {
    const { sandbox, run } = await enter("no-mfa", { tls: true });
    const proxy = await runProxy();
    const env = { HTTPS_PROXY: `http://${proxy.host}`, NO_PROXY: hostOf(sandbox.origin) };
    expect(await run(LINE, env)).toEqual(ANSWER);
    expect(proxy.asked).toEqual(tunnelsTo(sandbox.signInUrl, sandbox.stsUrl));
    expect(await run(`${LINE} --no-aws-cache`, { ...env, NO_PROXY: undefined, no_proxy: "localhost" })).toEqual(ANSWER);
    expect(proxy.asked.length).toBe(2);
  });
});

describe.concurrent("a proxy that does not help is told by its variable, and nothing is sent:", () => {
  const cases: readonly (readonly [title: string, options: ProxyOptions, first: string, second: string])[] = [
    [
      "one that asks who we are",
      { pair: "x:y" },
      "PROXY (HTTPS_PROXY) asks for a user name and a password",
      "write them into HTTPS_PROXY: http://USER:PASSWORD@HOST",
    ],
    [
      "one that forbids the host",
      { answer: "HTTP/1.1 403 Forbidden\r\n\r\n" },
      "PROXY (HTTPS_PROXY) does not let you through to ORG: status 403",
      "ask whoever runs the proxy, or add the host to NO_PROXY if it can be reached without",
    ],
    [
      "one that cannot reach the host",
      { answer: "HTTP/1.1 502 Bad Gateway\r\n\r\n" },
      "PROXY (HTTPS_PROXY) does not let you through to ORG: status 502",
      "ask whoever runs the proxy, or add the host to NO_PROXY if it can be reached without",
    ],
    [
      "one that speaks no HTTP",
      { answer: "SSH-2.0-OpenSSH_9.2\r\n" },
      "PROXY (HTTPS_PROXY) sent a reply that cannot be read: HPE_INVALID_CONSTANT",
      "check that HTTPS_PROXY names an HTTP proxy, and its scheme",
    ],
  ];
  test.for(cases)("%s", async ([, options, first, second], { enter, runProxy }) => {
    const place = await enter("no-mfa", { tls: true });
    const proxy = await runProxy(options);
    const fill = (text: string) =>
      text.replace("PROXY (", `http://${proxy.host} (`).replace("ORG", place.sandbox.organization).replace("HOST", proxy.host);
    expect(await refusedBy(place, `http://${proxy.host}`)).toEqual([`aws-okta-processor: the proxy ${fill(first)}`, fill(second), ""]);
  });

  test("one that does not know us", async ({ enter, runProxy }) => {
    const place = await enter("no-mfa", { tls: true });
    const proxy = await runProxy({ pair: "x:y" });
    expect(await refusedBy(place, withPair(proxy.host))).toEqual([
      `aws-okta-processor: the proxy http://${proxy.host} (HTTPS_PROXY) does not take the user name and password that it was given`,
      "correct them in HTTPS_PROXY, with %23 for # and %40 for @ in the password; only Basic authentication is spoken",
      "",
    ]);
  });

  test("one that asks who we are, of plain http", async ({ enter, runProxy }) => {
    const { sandbox, run } = await enter("no-mfa");
    const proxy = await runProxy(PAIR);
    const { stderr, ...ran } = await run(LINE, { HTTP_PROXY: `http://${proxy.host}` });
    expect(stderr.split("\n")).toEqual([
      `aws-okta-processor: the proxy http://${proxy.host} (HTTP_PROXY) asks for a user name and a password`,
      `write them into HTTP_PROXY: http://USER:PASSWORD@${proxy.host}`,
      "",
    ]);
    expect({ ...ran, calls: sandbox.count() }).toEqual({ stdout: "", exitCode: 4, calls: 0 });
  });

  test("one where nobody listens", async ({ enter }) => {
    const place = await enter("no-mfa", { tls: true });
    expect(await refusedBy(place, withPair("127.0.0.1:1"))).toEqual([
      "aws-okta-processor: cannot reach the proxy http://127.0.0.1:1 (HTTPS_PROXY): ECONNREFUSED",
      "check HTTPS_PROXY and the network",
      "",
    ]);
  });

  test("one that is no proxy", async ({ enter }) => {
    const place = await enter("no-mfa", { tls: true });
    const proxy = `the proxy http://${hostOf(place.sandbox.origin)} (HTTPS_PROXY)`;
    const [told, advice, ...rest] = await refusedBy(place, withPair(hostOf(place.sandbox.origin)));
    // Which of both comes first is chance.
    const isReset = told?.includes("ECONNRESET") === true;
    expect([told?.replace(/HPE_\w+$/, "HPE_…"), advice, ...rest]).toEqual([
      `aws-okta-processor: ${isReset ? `cannot reach ${proxy}: ECONNRESET` : `${proxy} sent a reply that cannot be read: HPE_…`}`,
      isReset ? "check HTTPS_PROXY and the network" : "check that HTTPS_PROXY names an HTTP proxy, and its scheme",
      "",
    ]);
  });

  test("one that never answers", async ({ enter, runProxy }) => {
    const place = await enter("no-mfa", { tls: true });
    const proxy = await runProxy({ answer: "nothing" });
    expect(await refusedBy(place, withPair(proxy.host), { AWS_OKTA_TIMEOUT: "1" })).toEqual([
      `aws-okta-processor: the proxy http://${proxy.host} (HTTPS_PROXY) did not answer in time`,
      "check HTTPS_PROXY and the network",
      "",
    ]);
  });

  test("one over TLS that nobody we know has signed for", async ({ enter, runProxy }) => {
    const place = await enter("no-mfa", { tls: true });
    const proxy = await runProxy({ tls: true });
    const stranger = { NODE_EXTRA_CA_CERTS: undefined, AWS_CA_BUNDLE: undefined };
    expect(await refusedBy(place, `https://${proxy.host}`, stranger)).toEqual([
      `aws-okta-processor: the certificate of the proxy https://${proxy.host} (HTTPS_PROXY) is not trusted here: UNABLE_TO_VERIFY_LEAF_SIGNATURE`,
      "give the authority that signed it with --ca-bundle FILE",
      "",
    ]);
  });

  test("one of a kind that is not spoken to, before a password is asked for", async ({ enter }) => {
    const place = await enter("no-mfa", { tls: true });
    expect(await refusedBy(place, `socks5://jdoe:${PASSWORD}@127.0.0.1:1`, { AWS_OKTA_PASS: undefined }, 2)).toEqual([
      "aws-okta-processor: HTTPS_PROXY must be the address of an http or https proxy",
      "write it as http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, with %23 for # and %40 for @ in a password",
      "",
    ]);
  });

  test("one elsewhere for what is not encrypted", async ({ enter }) => {
    const { sandbox, run } = await enter("no-mfa");
    const { stderr, ...ran } = await run(LINE, { HTTP_PROXY: "http://proxy.example:3128" });
    expect(stderr.split("\n")).toEqual([
      `aws-okta-processor: http://proxy.example:3128 (HTTP_PROXY) would see what is sent to ${hostOf(sandbox.origin)}, which is not encrypted`,
      "add 127.0.0.1 to NO_PROXY",
      "",
    ]);
    expect({ ...ran, calls: sandbox.count() }).toEqual({ stdout: "", exitCode: 2, calls: 0 });
  });
});

/** The lines of a run that gets nowhere, which do not tell the proxy's password, under DEBUG neither. */
async function refusedBy({ sandbox, run }: Place, proxy: string, change: Parameters<Place["run"]>[1] = {}, exitCode = 4) {
  const env = { HTTPS_PROXY: proxy, ...change };
  const ran = await run(LINE, env);
  expect({ stdout: ran.stdout, exitCode: ran.exitCode, calls: sandbox.count() }).toEqual({ stdout: "", exitCode, calls: 0 });
  const debugged = await run(LINE, { ...env, DEBUG: "*" });
  expect(tells(ran) || tells(debugged)).toBe(false);
  return ran.stderr.split("\n");
}

function tells({ stdout, stderr }: Ran): boolean {
  const forms = [PASSWORD, encodeURIComponent(PASSWORD), Buffer.from(`jdoe:${PASSWORD}`).toString("base64")];
  return forms.some((form) => `${stdout}${stderr}`.includes(form));
}

function originOf(sandbox: Place["sandbox"], server: string): string {
  return server === "okta" ? sandbox.origin : server === "sts" ? sandbox.stsUrl : new URL(sandbox.signInUrl).origin;
}
