import { createHash, createPublicKey, verify } from "node:crypto";
import { expect, test } from "vitest";
import { scenarios } from "../../../plugins/sandbox/src/index.ts";
import { fetchAssertion, get, open, openSession, readInput, readXml, unescapeHtml } from "./client.ts";

const noMfa = scenarios["no-mfa"];
const ROLE = /saml-provider\/okta,(arn:[^<]+)</gu;

const rolesOf = (xml: string) => [...xml.matchAll(ROLE)].map(([, role]) => role);
const innerOf = (xml: string, name: string) => new RegExp(`<ds:${name}>([^<]*)<`, "u").exec(xml)?.[1] ?? "";

test("an app's page posts the assertion to the sign-in page, every sign escaped", async () => {
  const sandbox = await open(noMfa);
  const { status, headers, text } = await get(sandbox, sandbox.applicationUrl(), await openSession(sandbox));
  expect([status, headers.get("content-type")]).toEqual([200, "text/html;charset=utf-8"]);
  const action = /action="([^"]*)"/u.exec(text)?.[1] ?? "";
  expect(action).toContain("http&#x3a;&#x2f;&#x2f;127&#x2e;");
  expect(unescapeHtml(action)).toBe(sandbox.signInUrl);
  expect(readXml(readInput(text, "SAMLResponse"))).toMatch(/^<\?xml .*<\/saml2p:Response>$/u);
});

test("the assertion names the roles that may be federated, and who signs in", async () => {
  const xml = readXml(await fetchAssertion(await open(noMfa)));
  expect(rolesOf(xml)).toEqual([
    "arn:aws:iam::111122223333:role/Administrator",
    "arn:aws:iam::111122223333:role/Developer",
    "arn:aws:iam::111122223333:role/ReadOnly",
    "arn:aws:iam::444455556666:role/Developer",
    "arn:aws:iam::444455556666:role/ReadOnly",
    "arn:aws:iam::777788889999:role/teams/data/Analyst-Reader",
    "arn:aws:iam::777788889999:role/Auditor",
  ]);
  expect(xml).toContain('Recipient="https://signin.aws.amazon.com/saml"');
  expect(xml).toMatch(/Attributes\/RoleSessionName"[^>]*><saml2:AttributeValue[^>]*>jdoe@example\.com</u);
  expect(xml).toMatch(/Attributes\/SessionDuration"[^>]*><saml2:AttributeValue[^>]*>3600</u);
});

test("the assertion is valid for five minutes of the sandbox's clock", async () => {
  const sandbox = await open(noMfa);
  sandbox.advance(86_400_000);
  const xml = readXml(await fetchAssertion(sandbox));
  const until = new Date(/Conditions NotBefore="[^"]*" NotOnOrAfter="([^"]*)"/u.exec(xml)?.[1] ?? "").getTime();
  expect(Math.abs(until - Date.now() - 86_400_000 - 300_000)).toBeLessThan(5000);
});

test("response and assertion are each signed with the key that they carry", async () => {
  const xml = readXml(await fetchAssertion(await open(noMfa)));
  const outer = xml.slice(xml.indexOf("<saml2p:Response"));
  const inner = /<saml2:Assertion.*<\/saml2:Assertion>/u.exec(xml)?.[0] ?? "";
  for (const element of [outer, inner]) {
    const signature = /<ds:Signature .*?<\/ds:Signature>/u.exec(element)?.[0] ?? "";
    const digest = createHash("sha256").update(element.replace(signature, "")).digest("base64");
    expect(innerOf(signature, "DigestValue")).toBe(digest);
    const info =
      /<ds:SignedInfo>.*<\/ds:SignedInfo>/u
        .exec(signature)?.[0]
        .replace("<ds:SignedInfo>", '<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">') ?? "";
    const [n, e] = [innerOf(signature, "Modulus"), innerOf(signature, "Exponent")].map((text) =>
      Buffer.from(text, "base64").toString("base64url"),
    );
    const key = createPublicKey({ format: "jwk", key: { kty: "RSA", n: n ?? "", e: e ?? "" } });
    expect(verify("sha256", Buffer.from(info), key, Buffer.from(innerOf(signature, "SignatureValue"), "base64"))).toBe(true);
  }
});

test.each([
  ["page", 200],
  ["redirect", 302],
] as const)("without a session an app's link gives a sign-in %s", async (signedOut, expected) => {
  const sandbox = await open({ ...noMfa, signedOut });
  const sid = await openSession(sandbox);
  sandbox.endSessions();
  const { status, headers, text } = await get(sandbox, sandbox.applicationUrl(), sid);
  expect(status).toBe(expected);
  const page = signedOut === "page" ? text : (await get(sandbox, headers.get("location") ?? "")).text;
  expect(page).toContain('<div id="okta-sign-in">');
  expect(page).not.toContain("SAMLResponse");
});

test("an app's link may lead over another one of the org", async () => {
  const sandbox = await open({ ...scenarios["app-redirect"], users: noMfa.users });
  const sid = await openSession(sandbox);
  const { status, headers } = await get(sandbox, sandbox.applicationUrl(), sid);
  expect([status, headers.get("location")]).toEqual([302, expect.stringMatching(`^${sandbox.origin}/app/amazon_aws/exk`)]);
  const page = await get(sandbox, headers.get("location") ?? "", sid);
  expect(rolesOf(readXml(readInput(page.text, "SAMLResponse")))).toHaveLength(7);
});

test("an app that is none of AWS posts an assertion without roles elsewhere", async () => {
  const sandbox = await open(noMfa);
  const page = await get(sandbox, sandbox.applicationUrl("Wiki"), await openSession(sandbox));
  expect(unescapeHtml(page.text)).toContain('action="https://service-provider.example/saml"');
  expect(rolesOf(readXml(readInput(page.text, "SAMLResponse")))).toEqual([]);
});

test("an unknown app is an error page", async () => {
  const sandbox = await open(noMfa);
  const { status, text } = await get(sandbox, "/home/amazon_aws/0oaNobody/272", await openSession(sandbox));
  expect([status, /error-content"><h1>([^<]*)</u.exec(text)?.[1]]).toEqual([404, "This page does not exist"]);
});

test("each of two apps has accounts of its own", async () => {
  const sandbox = await open({ ...scenarios["two-applications"], users: noMfa.users });
  const development = rolesOf(readXml(await fetchAssertion(sandbox, "AWS Development")));
  const production = rolesOf(readXml(await fetchAssertion(sandbox, "AWS Production")));
  expect([development.length, production.length]).toEqual([3, 4]);
});

test("role values may begin with the role", async () => {
  const xml = readXml(await fetchAssertion(await open({ ...scenarios["role-first"], users: noMfa.users })));
  expect(xml).toContain(">arn:aws:iam::111122223333:role/Developer,arn:aws:iam::111122223333:saml-provider/okta<");
});

test("GovCloud's assertion is addressed to GovCloud", async () => {
  const xml = readXml(await fetchAssertion(await open({ ...scenarios.govcloud, users: noMfa.users })));
  expect(xml).toContain('Destination="https://signin.amazonaws-us-gov.com/saml"');
  expect(rolesOf(xml)[0]).toBe("arn:aws-us-gov:iam::123123123123:role/Administrator");
});

test("the many roles fit into what STS takes, the too many do not", async () => {
  const many = await fetchAssertion(await open({ ...scenarios["many-roles"], users: noMfa.users }));
  const tooMany = await fetchAssertion(await open({ ...scenarios["too-many-roles"], users: noMfa.users }));
  expect(rolesOf(readXml(many))).toHaveLength(270);
  expect(many.length).toBeLessThan(100_000);
  expect(tooMany.length).toBeGreaterThan(100_000);
});
