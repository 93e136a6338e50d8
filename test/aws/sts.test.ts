import dns from "node:dns";
import { type Scenario, scenarios } from "@aws-okta-processor/sandbox";
import { describe, expect, test, vi } from "vitest";
import type { AssertedRole } from "../../src/aws/assertion.ts";
import { type AwsCredentials, assumeRoleWithSaml, assumeSecondaryRole, type StsOptions } from "../../src/aws/sts.ts";
import { stsRegion } from "../../src/aws/sts-region.ts";
import { createSend } from "../../src/http/send.ts";
import { Secret } from "../../src/secret.ts";
import { type Asserted, useAssertion } from "../support/assertion.ts";
import { failureOf } from "../support/failure.ts";
import { useFolder } from "../support/folder.ts";
import { callsOf, faulty } from "../support/sandbox.ts";
import { reply, useServer } from "../support/server.ts";
import { createWorld } from "../support/world.ts";

const SAML = "sts AssumeRoleWithSAML";
const never = new AbortController().signal;

/** The door of the program, with its patience. */
const door = (timeoutMs?: number) =>
  createSend(createWorld(), { userAgent: "test/1", signal: never, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
const options = (given: Partial<StsOptions>): StsOptions => ({
  region: "us-east-1",
  endpoint: undefined,
  durationSeconds: 3600,
  signal: never,
  send: door(),
  ...given,
});

/** Assumes a role at the asserted person's sandbox. */
function assume({ sandbox, saml, role }: Asserted, name: string | AssertedRole, given: Partial<StsOptions> = {}) {
  return assumeRoleWithSaml(typeof name === "string" ? role(name) : name, saml, options({ endpoint: sandbox.stsUrl, ...given }));
}

const regionFor = (role: string, region: string | undefined): string => stsRegion(role, { region, from: "--region", env: {} });

const errorXml = (code: string, message: string) =>
  `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`;

describe("a role", () => {
  test("is assumed, and STS's answer is whole", async () => {
    const asserted = await useAssertion();
    const { accessKeyId, secretAccessKey, sessionToken, expiresAt, assumedRole } = await assume(asserted, "Administrator", {
      durationSeconds: 43_200,
    });
    const hours = (expiresAt.getTime() - Date.now()) / 3_600_000;
    expect([accessKeyId.slice(0, 4), secretAccessKey.reveal().length, sessionToken.reveal().length > 100, Math.round(hours)]).toEqual([
      "ASIA",
      40,
      true,
      12,
    ]);
    expect(assumedRole.arn).toBe("arn:aws:sts::111122223333:assumed-role/Administrator/jdoe@example.com");
    expect(assumedRole.id).toMatch(/^AROA\w+:jdoe@example\.com$/);
    expect(callsOf(asserted.sandbox).at(-1)).toBe("POST / AssumeRoleWithSAML 200");
  });

  test("with a path is assumed by its whole ARN", async () => {
    expect((await assume(await useAssertion(), "Analyst-Reader")).assumedRole.arn).toContain("assumed-role/Analyst-Reader/");
  });

  test("is assumed again where STS is busy for a moment", async () => {
    const busy = { on: SAML, status: 503, contentType: "text/xml", body: errorXml("ServiceUnavailable", "x"), times: 1 };
    const asserted = await useAssertion(faulty("default", busy));
    await assume(asserted, "Developer");
    expect(asserted.sandbox.count(SAML)).toBe(2);
  });
});

describe("STS refuses", () => {
  test("a duration that is too long for the role", async () => {
    const asserted = await useAssertion();
    expect(await failureOf(() => assume(asserted, "ReadOnly", { durationSeconds: 7200 }))).toEqual({
      name: "RefusedError",
      code: "DURATION_TOO_LONG",
      message:
        "AWS refused arn:aws:iam::111122223333:role/ReadOnly: ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
      hint: "check --duration and the role",
    });
  });

  test("a role that the assertion does not name", async () => {
    const asserted = await useAssertion();
    const { role, principal } = asserted.role("Developer");
    expect(await failureOf(() => assume(asserted, { role: { ...role, arn: "arn:aws:iam::111122223333:role/Other" }, principal }))).toEqual({
      name: "RefusedError",
      code: "AWS_REFUSED",
      message: "AWS refused arn:aws:iam::111122223333:role/Other: AccessDenied: Not authorized to perform sts:AssumeRoleWithSAML",
      hint: "ask an administrator whether the role trusts you",
    });
  });

  test("an assertion that is too old", async () => {
    const asserted = await useAssertion();
    asserted.sandbox.advance(301_000);
    expect(await failureOf(() => assume(asserted, "Developer"))).toMatchObject({
      code: "AWS_REFUSED",
      message: expect.stringContaining("ExpiredTokenException: Token must be redeemed within 5 minutes of issuance"),
      hint: "run the command again; if it happens again, check this machine's clock",
    });
  });

  test("an assertion of somebody else", async () => {
    const asserted = await useAssertion();
    expect(await failureOf(() => assume({ ...asserted, saml: new Secret("PHg+") }, "Developer"))).toMatchObject({
      code: "AWS_REFUSED",
      hint: "ask an administrator to check the identity provider in AWS",
    });
  });

  test("a region that is switched off", async () => {
    const fault = {
      on: SAML,
      status: 403,
      contentType: "text/xml",
      body: errorXml("RegionDisabledException", "STS is not activated in this region"),
    };
    const failure = await failureOf(async () => assume(await useAssertion(faulty("default", fault)), "Developer"));
    expect([failure.code, failure.hint]).toEqual(["AWS_REFUSED", "choose another --region"]);
  });
});

describe("STS fails", () => {
  test("with a status", async () => {
    const asserted = await useAssertion(
      faulty("default", { on: SAML, status: 500, contentType: "text/xml", body: errorXml("InternalFailure", "x") }),
    );
    expect(await failureOf(() => assume(asserted, "Developer"))).toEqual({
      name: "RemoteError",
      code: "SERVER_FAILED",
      message: "AWS STS failed with status 500",
      hint: "try again later",
    });
  });

  test.each([
    ["nothing", ""],
    ["HTML", "<html><h1>Sign in to the Wi-Fi</h1></html>"],
    ["JSON", "{}"],
    ["no credentials", "<AssumeRoleWithSAMLResponse><AssumeRoleWithSAMLResult></AssumeRoleWithSAMLResult></AssumeRoleWithSAMLResponse>"],
    [
      "credentials that are not whole",
      "<AssumeRoleWithSAMLResponse><AssumeRoleWithSAMLResult><Credentials><AccessKeyId>A</AccessKeyId></Credentials></AssumeRoleWithSAMLResult></AssumeRoleWithSAMLResponse>",
    ],
    [
      "an end that is no time",
      "<AssumeRoleWithSAMLResponse><AssumeRoleWithSAMLResult><Credentials><AccessKeyId>A</AccessKeyId><SecretAccessKey>S</SecretAccessKey><SessionToken>T</SessionToken><Expiration>soon</Expiration></Credentials></AssumeRoleWithSAMLResult></AssumeRoleWithSAMLResponse>",
    ],
  ])("with %s", async (_, body) => {
    const asserted = await useAssertion(faulty("default", { on: SAML, status: 200, contentType: "text/xml", body }));
    expect(await failureOf(() => assume(asserted, "Developer"))).toEqual({
      name: "RemoteError",
      code: "UNREADABLE",
      message: "AWS STS sent no whole credentials",
      hint: "check that no proxy answers in its place",
    });
  });

  test.each([
    ["limits by its status", 429, "", "RATE_LIMITED", "AWS STS limits the rate of requests"],
    ["limits by its code", 400, errorXml("Throttling", "Rate exceeded"), "RATE_LIMITED", "AWS STS limits the rate of requests"],
    ["is a proxy that says no", 403, "<html>no</html>", "UNREADABLE", "AWS STS sent status 403 without an error of AWS"],
  ])("where it %s", async (_, status, body, code, message) => {
    const asserted = await useAssertion(faulty("default", { on: SAML, status, contentType: "text/xml", body }));
    expect(await failureOf(() => assume(asserted, "Developer"))).toMatchObject({ name: "RemoteError", code, message });
  });

  test("where nobody listens", async () => {
    const asserted = await useAssertion();
    await asserted.sandbox.close();
    expect(await failureOf(() => assume(asserted, "Developer"))).toEqual({
      name: "RemoteError",
      code: "UNREACHABLE",
      message: `cannot reach ${new URL(asserted.sandbox.stsUrl).host}: ECONNREFUSED`,
      hint: "check the network, the proxy and --region",
    });
  });

  test("in time, or that is told after one try", async () => {
    const server = await useServer(() => undefined);
    const asserted = await useAssertion();
    expect(await failureOf(() => assume(asserted, "Developer", { endpoint: server.origin, send: door(500) }))).toEqual({
      name: "RemoteError",
      code: "TIMED_OUT",
      message: `${server.url.host} did not answer in time`,
      hint: "try again later, or wait longer with --timeout",
    });
    expect(server.seen.length).toBe(1);
  });

  test("without showing the assertion", async () => {
    const saml = "PHNhbWwycDpSZXNwb25zZQ".repeat(20);
    const body = errorXml("ValidationError", `1 validation error detected: Value '${saml}' at 'sAMLAssertion' failed`);
    const asserted = await useAssertion(faulty("default", { on: SAML, status: 400, contentType: "text/xml", body }));
    const { message } = await failureOf(() => assume({ ...asserted, saml: new Secret(saml) }, "Developer"));
    expect(message).toMatch(/ValidationError: 1 validation error detected: Value '…' at 'sAMLAssertion' failed$/);
  });

  test("to cancel ends what is under way", async () => {
    const cancel = new AbortController();
    const server = await useServer(() => cancel.abort());
    const asserted = await useAssertion();
    expect(await failureOf(() => assume(asserted, "Developer", { endpoint: server.origin, signal: cancel.signal }))).toMatchObject({
      code: "CANCELLED",
    });
    expect(server.seen.length).toBe(1);
  });
});

describe("a secondary role", () => {
  const deployer = "arn:aws:iam::444455556666:role/Deployer";
  const first: AwsCredentials = {
    accessKeyId: "ASIAFIRST",
    secretAccessKey: new Secret("secret"),
    sessionToken: new Secret("token"),
    expiresAt: new Date(),
    assumedRole: { id: "", arn: "" },
  };
  const answer = reply(
    200,
    "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIASECOND</AccessKeyId><SecretAccessKey>S</SecretAccessKey><SessionToken>T</SessionToken>" +
      "<Expiration>2030-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>",
    { "content-type": "text/xml" },
  );

  test("is assumed from the first one, for an hour at most", async () => {
    const asserted = await useAssertion();
    const given = options({ endpoint: asserted.sandbox.stsUrl, durationSeconds: 14_400 });
    const credentials = await assumeSecondaryRole(deployer, await assume(asserted, "Developer", { durationSeconds: 14_400 }), {
      ...given,
      sessionName: "jdoe",
    });
    expect(credentials.assumedRole.arn).toBe("arn:aws:sts::444455556666:assumed-role/Deployer/jdoe");
    expect(Math.round((credentials.expiresAt.getTime() - Date.now()) / 60_000)).toBe(60);
  });

  test.each([-1200, 1200])(
    "is assumed though this machine's clock is wrong by %i seconds: the SDK corrects it",
    async (clockOffsetSeconds) => {
      const asserted = await useAssertion({ ...scenarios.default, clockOffsetSeconds });
      const given = options({ endpoint: asserted.sandbox.stsUrl });
      const { assumedRole } = await assumeSecondaryRole(deployer, await assume(asserted, "Developer"), { ...given, sessionName: "jdoe" });
      expect([assumedRole.arn.includes("/Deployer/"), asserted.sandbox.count("sts AssumeRole")]).toEqual([true, 2]);
    },
  );

  test("that does not trust the first one is refused", async () => {
    const asserted = await useAssertion();
    const from = await assume(asserted, "ReadOnly");
    const failure = await failureOf(() =>
      assumeSecondaryRole(deployer, from, { ...options({ endpoint: asserted.sandbox.stsUrl }), sessionName: "jdoe" }),
    );
    expect([failure.code, failure.message.startsWith(`AWS refused ${deployer}: AccessDenied: `)]).toEqual(["AWS_REFUSED", true]);
  });

  test.each([
    ["jdoe@example.com", "jdoe@example.com"],
    ["jürgen doe", "j-rgen-doe"],
    ["DOMAIN\\jdoe", "DOMAIN-jdoe"],
    ["j", "j-"],
    ["x".repeat(70), "x".repeat(64)],
  ])("of %j is assumed under the name %s", async (sessionName, name) => {
    const server = await useServer(answer);
    await assumeSecondaryRole(deployer, first, { ...options({ endpoint: server.origin }), sessionName });
    const sent = new URLSearchParams(server.seen[0]?.body);
    expect([sent.get("Action"), sent.get("RoleSessionName"), sent.get("DurationSeconds"), sent.get("RoleArn")]).toEqual([
      "AssumeRole",
      name,
      "3600",
      deployer,
    ]);
  });

  test.each([
    [deployer, undefined, "us-east-1"],
    ["arn:aws-us-gov:iam::444455556666:role/R", undefined, "us-gov-west-1"],
    ["arn:aws-cn:iam::444455556666:role/R", undefined, "cn-north-1"],
    ["arn:aws-us-gov:iam::444455556666:role/R", "us-gov-east-1", "us-gov-east-1"],
    [deployer, "eu-west-1", "eu-west-1"],
  ])("%s with the region %s is asked for with the first one's keys, at %s", async (role, region, signed) => {
    const server = await useServer(answer);
    await assumeSecondaryRole(role, first, {
      ...options({ endpoint: server.origin, region: regionFor(role, region) }),
      sessionName: "jdoe",
    });
    const { authorization = "", "x-amz-security-token": token } = server.seen[0]?.headers ?? {};
    expect([authorization.replace(/\/\d{8}\//, "/DAY/").split(",")[0], token]).toEqual([
      `AWS4-HMAC-SHA256 Credential=ASIAFIRST/DAY/${signed}/sts/aws4_request`,
      "token",
    ]);
  });
});

describe("where STS is asked", () => {
  /** The hosts that would have been asked; nothing leaves this machine. */
  async function hostsOf(roleArn: string, region: string | undefined): Promise<readonly string[]> {
    const hosts = new Set<string>();
    vi.spyOn(dns, "lookup").mockImplementation(((host: string, _options: unknown, done: (error: Error) => void) => {
      hosts.add(host);
      done(Object.assign(new Error("not here"), { code: "ENOTFOUND" }));
    }) as unknown as typeof dns.lookup);
    const [account = "", partition = "aws"] = ["444455556666", roleArn.split(":")[1]];
    const pair = {
      role: { arn: roleArn, partition, accountId: account, kind: "role", name: "R" },
      principal: {
        arn: `arn:${partition}:iam::${account}:saml-provider/okta`,
        partition,
        accountId: account,
        kind: "saml-provider",
        name: "okta",
      },
    } as const;
    expect(
      (await failureOf(() => assumeRoleWithSaml(pair, new Secret("PHg+"), options({ region: regionFor(roleArn, region) })))).message,
    ).toMatch(/^cannot reach sts\.[a-z0-9.-]+: ENOTFOUND$/);
    return [...hosts];
  }

  test.each([
    ["aws", undefined, "sts.us-east-1.amazonaws.com"],
    ["aws", "eu-west-1", "sts.eu-west-1.amazonaws.com"],
    ["aws-us-gov", undefined, "sts.us-gov-west-1.amazonaws.com"],
    ["aws-cn", undefined, "sts.cn-north-1.amazonaws.com.cn"],
    ["aws-cn", "cn-northwest-1", "sts.cn-northwest-1.amazonaws.com.cn"],
    ["aws-eusc", undefined, "sts.eusc-de-east-1.amazonaws.eu"],
    ["aws-new", undefined, "sts.us-east-1.amazonaws.com"],
  ])("for a role of %s with the region %s it is %s", async (partition, region, host) => {
    expect(await hostsOf(`arn:${partition}:iam::444455556666:role/R`, region)).toEqual([host]);
  });

  test.each(["http://sts.evil.example", "http://127.0.0.1.evil.example", "ftp://127.0.0.1", "sts.amazonaws.com", "x"])(
    "%s is refused before anything is sent",
    async (endpoint) => {
      const asserted = await useAssertion();
      expect(await failureOf(() => assume(asserted, "Developer", { endpoint }))).toEqual({
        name: "UsageError",
        code: "OPTION_INVALID",
        message: `AWS_ENDPOINT_URL_STS must be an https URL, got ${JSON.stringify(endpoint)}`,
        hint: undefined,
      });
      expect(asserted.sandbox.count("sts")).toBe(0);
    },
  );

  test("neither a profile nor the environment of AWS changes it, or is asked for keys", async () => {
    const folder = useFolder({
      config:
        "[profile okta]\ncredential_process = /bin/false\nregion = eu-west-1\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true\n",
    });
    const variables = {
      AWS_PROFILE: "okta",
      AWS_CONFIG_FILE: `${folder.path}/config`,
      AWS_SHARED_CREDENTIALS_FILE: `${folder.path}/none`,
      AWS_USE_FIPS_ENDPOINT: "true",
      AWS_USE_DUALSTACK_ENDPOINT: "true",
      AWS_ACCESS_KEY_ID: "AKIAWRONG",
      AWS_SECRET_ACCESS_KEY: "wrong",
      AWS_REGION: "ap-south-1",
    };
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const asserted = await useAssertion();
    expect((await assume(asserted, "Developer")).assumedRole.arn).toContain("/Developer/");
  });
});

test("STS of GovCloud takes roles of GovCloud", async () => {
  const scene: Scenario = scenarios.govcloud;
  expect((await assume(await useAssertion(scene), "Administrator")).assumedRole.arn).toContain(
    "arn:aws-us-gov:sts::123123123123:assumed-role/Administrator/",
  );
});
