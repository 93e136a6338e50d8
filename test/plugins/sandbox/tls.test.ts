import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { get } from "node:https";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { scenarios, startSandbox } from "../../../plugins/sandbox/src/index.ts";
import { like, open } from "./client.ts";

interface Seen {
  readonly status: number | undefined;
  readonly cookies: readonly string[];
  readonly body: string;
}

async function fetchOver(url: string, ca: string | undefined): Promise<Seen> {
  const outgoing = get(url, { ...(ca === undefined ? {} : { ca: readFileSync(ca) }), agent: false });
  const [incoming] = (await once(outgoing, "response")) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return { status: incoming.statusCode, cookies: incoming.headers["set-cookie"] ?? [], body: Buffer.concat(chunks).toString("utf8") };
}

test("all three servers are trusted by whoever trusts the sandbox's authority, under both names", async () => {
  const { origin, organization, signInUrl, stsUrl, certificateAuthority } = await open(scenarios.default, { tls: true });
  expect([origin, organization]).toEqual([`https://${organization}`, like(/^localhost:\d+$/u)]);
  const urls = [`${origin}/.well-known/okta-organization`, `${origin.replace("localhost", "127.0.0.1")}/nowhere`, signInUrl, stsUrl];
  const seen = await Promise.all(urls.map((url) => fetchOver(url, certificateAuthority)));
  expect(seen.map(({ status }) => status)).toEqual([200, 404, 405, 405]);
});

test("nobody else trusts it", async () => {
  const { origin } = await open(scenarios.default, { tls: true });
  await expect(fetchOver(origin, undefined)).rejects.toMatchObject({ code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" });
});

test("links and cookies are those of https", async () => {
  const { origin, certificateAuthority } = await open(scenarios.default, { tls: true });
  const { body, cookies } = await fetchOver(`${origin}/.well-known/okta-organization`, certificateAuthority);
  expect(JSON.parse(body)).toMatchObject({ _links: { organization: { href: origin } } });
  expect(cookies.every((cookie) => cookie.includes("; Secure"))).toBe(true);
});

test("the authority's file is private, named to those who need it, and gone with the sandbox", async () => {
  const sandbox = await startSandbox({ tls: true });
  const file = sandbox.certificateAuthority ?? "";
  expect(sandbox.environment).toMatchObject({ NODE_EXTRA_CA_CERTS: file, AWS_CA_BUNDLE: file });
  expect([statSync(file).mode & 0o777, statSync(dirname(file)).mode & 0o777]).toEqual([0o600, 0o700]);
  await sandbox.close();
  expect(existsSync(dirname(file))).toBe(false);
});

test("without TLS there is no authority", async () => {
  const { certificateAuthority, environment } = await open();
  expect(certificateAuthority).toBeUndefined();
  expect(Object.keys(environment)).toEqual(["AWS_OKTA_ORGANIZATION", "AWS_OKTA_SIGN_IN_URL", "AWS_ENDPOINT_URL_STS"]);
});
