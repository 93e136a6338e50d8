import {
  AssumeRoleCommand,
  AssumeRoleWithSAMLCommand,
  type AssumeRoleWithSAMLCommandInput,
  type Credentials,
  GetCallerIdentityCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import { type Sandbox, type Scenario, scenarios } from "../../../plugins/sandbox/src/index.ts";
import { ask, containing, fetchAssertion, like, open } from "./client.ts";

const noMfa: Scenario = scenarios["no-mfa"];
const developer = { RoleArn: "arn:aws:iam::111122223333:role/Developer", PrincipalArn: "arn:aws:iam::111122223333:saml-provider/okta" };
const deployer = "arn:aws:iam::444455556666:role/Deployer";

async function assume(sandbox: Sandbox, input: Partial<AssumeRoleWithSAMLCommandInput> = {}) {
  const SAMLAssertion = input.SAMLAssertion ?? (await fetchAssertion(sandbox));
  return anonymous(sandbox).send(new AssumeRoleWithSAMLCommand({ ...developer, SAMLAssertion, ...input }));
}

function anonymous(sandbox: Sandbox): STSClient {
  return new STSClient({ endpoint: sandbox.stsUrl, region: "us-east-1", maxAttempts: 1 });
}

function signed(sandbox: Sandbox, credentials: Credentials | undefined, change: Readonly<Record<string, string>> = {}): STSClient {
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = credentials ?? {};
  const given = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken, ...change };
  return new STSClient({ endpoint: sandbox.stsUrl, region: "eu-central-1", credentials: given, maxAttempts: 1 });
}

function form(sandbox: Sandbox, fields: Readonly<Record<string, string>>) {
  return ask(sandbox, sandbox.stsUrl, { method: "POST", body: new URLSearchParams(fields) });
}

test("an assertion buys credentials that know whose they are", async () => {
  const sandbox = await open(noMfa);
  const { Credentials: credentials, AssumedRoleUser, ...rest } = await assume(sandbox);
  const arn = "arn:aws:sts::111122223333:assumed-role/Developer/jdoe@example.com";
  expect(credentials).toMatchObject({
    AccessKeyId: like(/^ASIA[A-Z2-7]{16}$/u),
    SecretAccessKey: like(/^.{40}$/u),
  });
  expect((credentials?.SessionToken ?? "").length).toBeGreaterThan(300);
  expect(Math.abs((credentials?.Expiration?.getTime() ?? 0) - Date.now() - 3_600_000)).toBeLessThan(5000);
  expect(AssumedRoleUser?.Arn).toBe(arn);
  expect(rest).toMatchObject({ Subject: "jdoe@example.com", Audience: "https://signin.aws.amazon.com/saml", SubjectType: "unspecified" });
  const identity = await signed(sandbox, credentials).send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({ Arn: arn, Account: "111122223333", UserId: AssumedRoleUser?.AssumedRoleId });
});

test("a role's path is not in its session's ARN", async () => {
  const sandbox = await open(noMfa);
  const account = "arn:aws:iam::777788889999";
  const input = { RoleArn: `${account}:role/teams/data/Analyst-Reader`, PrincipalArn: `${account}:saml-provider/okta` };
  expect((await assume(sandbox, input)).AssumedRoleUser?.Arn).toBe(
    "arn:aws:sts::777788889999:assumed-role/Analyst-Reader/jdoe@example.com",
  );
});

test("one assertion serves several times within its five minutes", async () => {
  const sandbox = await open(noMfa);
  const SAMLAssertion = await fetchAssertion(sandbox);
  await assume(sandbox, { SAMLAssertion });
  sandbox.advance(299_000);
  await assume(sandbox, { SAMLAssertion });
  sandbox.advance(1000);
  await expect(assume(sandbox, { SAMLAssertion })).rejects.toMatchObject({
    name: "ExpiredTokenException",
    message: "Token must be redeemed within 5 minutes of issuance",
  });
});

test.each([
  ["a role that the assertion does not name", { RoleArn: deployer, PrincipalArn: "arn:aws:iam::444455556666:saml-provider/okta" }],
  ["a role that does not exist", { RoleArn: "arn:aws:iam::111122223333:role/Nobody" }],
  ["a provider of another account", { PrincipalArn: "arn:aws:iam::444455556666:saml-provider/okta" }],
])("%s is denied", async (_, input) => {
  const denied = {
    name: "AccessDenied",
    message: "Not authorized to perform sts:AssumeRoleWithSAML",
    $metadata: { httpStatusCode: 403 },
  };
  await expect(assume(await open(noMfa), input)).rejects.toMatchObject(denied);
});

test("a changed assertion is not one", async () => {
  const sandbox = await open(noMfa);
  const xml = Buffer.from(await fetchAssertion(sandbox), "base64")
    .toString("utf8")
    .replaceAll("Developer", "Deployer");
  const forged = assume(sandbox, { SAMLAssertion: Buffer.from(xml).toString("base64") });
  await expect(forged).rejects.toMatchObject({ name: "InvalidIdentityTokenException", message: "Response signature invalid" });
});

test.each([
  [
    899,
    "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
  ],
  [
    43_201,
    "1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200",
  ],
  [14_401, "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."],
])("a duration of %i seconds is refused", async (DurationSeconds, message) => {
  await expect(assume(await open(noMfa), { DurationSeconds })).rejects.toMatchObject({ name: "ValidationError", message });
});

test("a duration within the role's own limit is granted", async () => {
  const { Credentials: credentials } = await assume(await open(noMfa), { DurationSeconds: 14_400 });
  expect(Math.abs((credentials?.Expiration?.getTime() ?? 0) - Date.now() - 14_400_000)).toBeLessThan(5000);
});

test("an assertion beyond 100000 characters is refused without being shown", async () => {
  const refused = assume(await open(noMfa), { SAMLAssertion: "A".repeat(100_001) });
  await expect(refused).rejects.toMatchObject({ name: "ValidationError", message: containing("at 'sAMLAssertion' failed") });
  await expect(refused).rejects.not.toThrow("AAAA");
});

test("a role that trusts the first one can be assumed with its credentials", async () => {
  const sandbox = await open(noMfa);
  const first = (await assume(sandbox)).Credentials;
  const input = { RoleArn: deployer, RoleSessionName: "jdoe" };
  const second = await signed(sandbox, first).send(new AssumeRoleCommand({ ...input, DurationSeconds: 3600 }));
  const identity = await signed(sandbox, second.Credentials).send(new GetCallerIdentityCommand({}));
  expect(identity.Arn).toBe("arn:aws:sts::444455556666:assumed-role/Deployer/jdoe");
});

test.each([
  [
    "that trusts others",
    { RoleArn: "arn:aws:iam::444455556666:role/Developer" },
    "AccessDenied",
    "is not authorized to perform: sts:AssumeRole on resource",
  ],
  [
    "for more than an hour",
    { DurationSeconds: 3601 },
    "ValidationError",
    "exceeds the 1 hour session limit for roles assumed by role chaining",
  ],
  ["under a name with spaces", { RoleSessionName: "Jane Doe" }, "ValidationError", "Member must satisfy regular expression pattern"],
  ["under a name of one letter", { RoleSessionName: "j" }, "ValidationError", "length greater than or equal to 2"],
])("a role %s cannot be assumed", async (_, input, name, message) => {
  const sandbox = await open(noMfa);
  const client = signed(sandbox, (await assume(sandbox)).Credentials);
  const refused = client.send(new AssumeRoleCommand({ RoleArn: deployer, RoleSessionName: "jdoe", ...input }));
  await expect(refused).rejects.toMatchObject({ name, message: containing(message) });
});

test.each([
  ["another secret", { secretAccessKey: "x".repeat(40) }, "SignatureDoesNotMatch"],
  ["another token", { sessionToken: "x".repeat(400) }, "InvalidClientTokenId"],
  ["an unknown key", { accessKeyId: "ASIAAAAAAAAAAAAAAAAA" }, "InvalidClientTokenId"],
])("credentials with %s are refused", async (_, change, name) => {
  const sandbox = await open(noMfa);
  const client = signed(sandbox, (await assume(sandbox)).Credentials, change);
  await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 403 } });
});

test("a request whose body was changed after it was signed is refused", async () => {
  const sandbox = await open(noMfa);
  const client = signed(sandbox, (await assume(sandbox)).Credentials);
  client.middlewareStack.add(
    (next) => (args) => {
      Object.assign(args.request as object, { body: "Version=2011-06-15&Action=GetCallerIdentity" });
      return next(args);
    },
    { step: "finalizeRequest", priority: "low" },
  );
  await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: "SignatureDoesNotMatch" });
});

test("a request without a signature is refused", async () => {
  const { status, text } = await form(await open(noMfa), { Action: "GetCallerIdentity", Version: "2011-06-15" });
  expect([status, /<Code>(.*)<\/Code>/u.exec(text)?.[1]]).toEqual([403, "MissingAuthenticationToken"]);
});

test("credentials expire by the sandbox's clock, and signatures of the machine's time go on working", async () => {
  const sandbox = await open(noMfa);
  const client = signed(sandbox, (await assume(sandbox)).Credentials);
  sandbox.advance(3_500_000);
  await client.send(new GetCallerIdentityCommand({}));
  sandbox.advance(100_000);
  await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: "ExpiredToken" });
});

test("errors are XML with a request id in body and header alike", async () => {
  const { status, headers, text } = await form(await open(noMfa), { Action: "Nonsense", Version: "2011-06-15" });
  expect([status, headers.get("content-type")]).toEqual([400, "text/xml"]);
  expect(text).toBe(
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>Could not find operation Nonsense for version 2011-06-15</Message></Error><RequestId>${headers.get("x-amzn-requestid")}</RequestId></ErrorResponse>\n`,
  );
});

test.each([
  ["without an action", {}, 400],
  ["without a version", { Action: "GetCallerIdentity" }, 400],
  ["of another version", { Action: "GetCallerIdentity", Version: "2010-01-01" }, 400],
  ["without a role", { Action: "AssumeRoleWithSAML", Version: "2011-06-15" }, 400],
])("a call %s is refused", async (_, fields, expected) => {
  expect((await form(await open(noMfa), fields)).status).toBe(expected);
});

test("parameters in the address or in JSON are refused", async () => {
  const sandbox = await open(noMfa);
  const inAddress = await ask(sandbox, `${sandbox.stsUrl}/?Action=GetCallerIdentity&Version=2011-06-15`, {});
  const inJson = await ask(sandbox, sandbox.stsUrl, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
  expect([inAddress.status, inJson.status]).toEqual([405, 415]);
});

test("in GovCloud everything is of GovCloud", async () => {
  const sandbox = await open({ ...scenarios.govcloud, users: noMfa.users });
  const account = "arn:aws-us-gov:iam::123123123123";
  const { Credentials: credentials } = await assume(sandbox, {
    RoleArn: `${account}:role/ReadOnly`,
    PrincipalArn: `${account}:saml-provider/okta`,
  });
  const identity = await signed(sandbox, credentials).send(new GetCallerIdentityCommand({}));
  expect(identity.Arn).toBe("arn:aws-us-gov:sts::123123123123:assumed-role/ReadOnly/jdoe@example.com");
});
