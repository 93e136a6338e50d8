/** What hostile text once broke, a test each; growth.test.ts has what once took too long. */
import { scenarios } from "@aws-okta-processor/sandbox";
import { expect, test } from "vitest";
import { parseAssertedRoles } from "../../src/aws/assertion.ts";
import { matchesGlob } from "../../src/aws/glob.ts";
import { assumeRoleWithSaml } from "../../src/aws/sts.ts";
import { deviceFile, sessionFile, signInFile } from "../../src/cache/paths.ts";
import { readSession } from "../../src/cache/session.ts";
import { createRegistry } from "../../src/extensions/registry.ts";
import { formatExtensions, listExtensions } from "../../src/flows/list-extensions.ts";
import { createCookieJar } from "../../src/http/cookies.ts";
import { createSend } from "../../src/http/send.ts";
import { openApplication } from "../../src/okta/app-page.ts";
import { createSession } from "../../src/okta/session.ts";
import { Secret } from "../../src/secret.ts";
import { cleanText } from "../../src/terminal/clean.ts";
import { arn, encode, provider, samlXml } from "../aws/saml.ts";
import { useAssertion } from "../support/assertion.ts";
import { failureOf } from "../support/failure.ts";
import { useFolder } from "../support/folder.ts";
import { orgOf } from "../support/sandbox.ts";
import { test as inPlace } from "../support/sandbox-home.ts";
import { reply, useServer } from "../support/server.ts";
import { createWorld } from "../support/world.ts";

const pair = `${provider()},${arn("Developer")}`;
const whole = samlXml([pair]);
const assertion = /<saml2:Assertion.*<\/saml2:Assertion>/s.exec(whole)?.[0] ?? "";
const statement = /<saml2:AttributeStatement>.*<\/saml2:AttributeStatement>/s.exec(whole)?.[0] ?? "";
const rolesIn = async (xml: string) => (await parseAssertedRoles(encode(xml))).map(({ role }) => role.arn);

test.each([
  ["one assertion beside another", whole.replace(assertion, assertion + assertion.replaceAll("Developer", "Evil")), "UNREADABLE"],
  ["a statement outside of the assertion", whole.replace(assertion, statement), "NO_ROLE"],
  ["an assertion inside of what is signed no more", whole.replace(assertion, `<Extensions>${assertion}</Extensions>`), "NO_ROLE"],
  ["a response in another element", `<a>${whole.replace(/^<\?.*?\?>/, "")}</a></Response>`, "NO_ROLE"],
  ["a role outside of its statement", whole.replace(statement, statement.replace(/<\/?saml2:AttributeStatement>/g, "")), "NO_ROLE"],
])("of %s no role is taken", async (_, xml, code) => {
  expect((await failureOf(() => rolesIn(xml))).code).toBe(code);
});

test("of an assertion within an assertion only the outer one counts", async () => {
  const nested = assertion.replaceAll("Developer", "Evil");
  expect(await rolesIn(whole.replace("<saml2:AttributeStatement>", `<Advice>${nested}</Advice><saml2:AttributeStatement>`))).toEqual([
    arn("Developer"),
  ]);
});

test.each(["<b>", "<b a=c>", "<b><i>"])("an assertion of %s in one another is refused", async (tag) => {
  const deep = whole.replace(pair, tag.repeat(5000) + pair);
  expect((await failureOf(() => rolesIn(deep))).code).toBe("UNREADABLE");
});

test("so is an application's page", async () => {
  const { origin } = await useServer(reply(200, "<h1>".repeat(500_000)));
  const org = orgOf({ origin, organization: "acme" }, createWorld());
  expect(await failureOf(() => openApplication(org, "/"))).toMatchObject({
    code: "UNREADABLE",
    message: "acme sent an application page of endlessly nested elements",
  });
});

test("a session's reply of 10,000 levels, or with an id that is no cookie, is unreadable", async () => {
  const deep = `{"id":"102","x":${"[".repeat(10_000)}${"]".repeat(10_000)}}`;
  const { origin } = await useServer(reply(200, deep), reply(200, `{"id":"102\\r\\nx: y"}`));
  const org = orgOf({ origin, organization: "acme" }, createWorld());
  const codes = [
    await failureOf(() => createSession(org, new Secret("t"), "j")),
    await failureOf(() => createSession(org, new Secret("t"), "j")),
  ];
  expect(codes.map(({ code }) => code)).toEqual(["UNREADABLE", "UNREADABLE"]);
});

test.each([
  ["an end that is an object without words", `{"id":"102","expiresAt":{"toString":1}}`],
  ["an end of 10,000 levels", `{"id":"102","expiresAt":${"[".repeat(10_000)}${"]".repeat(10_000)}}`],
  ["a field of 10,000 levels", `{"id":"102","expiresAt":"2099-01-01T00:00:00Z","x":${"[".repeat(10_000)}${"]".repeat(10_000)}}`],
  ["an id that is no cookie", `{"id":"102\\n","expiresAt":"2099-01-01T00:00:00Z"}`],
])("a kept session with %s is none", (_, content) => {
  const folder = useFolder({ kept: content });
  expect(readSession(`${folder.path}/kept`, new Date())).toBe(undefined);
});

test("no two people's devices or sign-ins are kept in one file, and no name is too long", () => {
  for (const fileOf of [deviceFile, signInFile]) {
    expect(fileOf("/h", "jane-a", "b.okta.com")).not.toBe(fileOf("/h", "jane", "a-b.okta.com"));
    expect(fileOf("/h", "\ud800", "acme")).not.toBe(fileOf("/h", "\ud801", "acme"));
  }
  const long = ["a".repeat(300), `${"a".repeat(300)}b`].flatMap((user) =>
    [sessionFile, deviceFile, signInFile].map((fileOf) => fileOf("/h", user, "acme")),
  );
  expect(new Set(long).size).toBe(6);
  expect(Math.max(...long.map((file) => Buffer.byteLength(file.split("/").at(-1) ?? "")))).toBeLessThan(220);
});

inPlace("whoever has a name of 300 characters has what is kept, too", async ({ enter }) => {
  const login = "j".repeat(300);
  const place = await enter({ ...scenarios["no-mfa"], users: scenarios["no-mfa"].users.map((user) => ({ ...user, login })) });
  const { stderr, exitCode } = await place.perform("authenticate --silent --role acme-dev/Developer", { AWS_OKTA_USER: login });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
});

test("a pattern of many stars is matched at once", () => {
  expect(matchesGlob("a".repeat(64), `${"*a".repeat(20)}b`, "linux")).toBe(false);
});

test("keys of STS that no key of AWS's is like are no whole credentials", async () => {
  const { saml, role } = await useAssertion();
  const keys = (key: string) =>
    `<AssumeRoleWithSAMLResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithSAMLResult><Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>${key}</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleWithSAMLResult></AssumeRoleWithSAMLResponse>`;
  const send = createSend(createWorld(), { userAgent: "test/1", signal: new AbortController().signal });
  for (const key of ["a b", "a\u001b[2J", "é", "<b>x</b>"]) {
    const { origin } = await useServer(reply(200, keys(key), { "content-type": "text/xml" }));
    const options = { region: "us-east-1", endpoint: origin, durationSeconds: 3600, send, signal: new AbortController().signal };
    expect((await failureOf(() => assumeRoleWithSaml(role("Administrator"), saml, options))).code).toBe("UNREADABLE");
  }
});

test("a line of a terminal has an end, and nothing that takes no room", () => {
  expect(cleanText("x".repeat(5_000_000)).length).toBe(4001);
  expect(cleanText("a\u3164\u115f\u034f\ufe0f\ud800b")).toBe("ab");
});

test("what a plugin calls its modules does not speak to the terminal", () => {
  const block = { contract: 1, shells: { "s\u001b[2J": "./x\u001b]0;y\u0007.js" } };
  const packages = [{ name: "x", version: "1\u009b2J", root: "/", source: "installed" as const, own: false, block }];
  const text = formatExtensions(listExtensions(createRegistry(packages), packages));
  expect(text).not.toMatch(/[^\P{Cc}\n]/u);
});

test("a Max-Age that is no number takes no cookie away", () => {
  const jar = createCookieJar();
  jar.take(["a=b; Max-Age="], new Date());
  expect(jar.header()).toBe("a=b");
});
