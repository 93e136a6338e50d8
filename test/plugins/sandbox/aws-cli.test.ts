import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { AssumeRoleWithSAMLCommand, STSClient } from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import { type Sandbox, scenarios } from "../../../plugins/sandbox/src/index.ts";
import { fetchAssertion, open } from "./client.ts";

const run = promisify(execFile);

function isThere(): boolean {
  try {
    execFileSync("aws", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** The credentials of a role as environment variables, with all that the AWS CLI might otherwise find shut out. */
async function credentialsOf(sandbox: Sandbox, RoleArn: string): Promise<NodeJS.ProcessEnv> {
  const client = new STSClient({ endpoint: sandbox.stsUrl, region: "us-east-1" });
  const PrincipalArn = RoleArn.replace(/role\/.*/u, "saml-provider/okta");
  const { Credentials: issued } = await client.send(
    new AssumeRoleWithSAMLCommand({ RoleArn, PrincipalArn, SAMLAssertion: await fetchAssertion(sandbox) }),
  );
  return {
    PATH: process.env["PATH"],
    HOME: "/nonexistent",
    AWS_ACCESS_KEY_ID: issued?.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: issued?.SecretAccessKey,
    AWS_SESSION_TOKEN: issued?.SessionToken,
  };
}

test.skipIf(!isThere())("the real AWS CLI is answered who it is and may go on to another role", async () => {
  const sandbox = await open(scenarios["no-mfa"]);
  const env = await credentialsOf(sandbox, "arn:aws:iam::111122223333:role/Developer");
  const base = ["--endpoint-url", sandbox.stsUrl, "--region", "us-east-1", "--output", "json", "sts"];
  const identity = await run("aws", [...base, "get-caller-identity"], { env });
  expect(JSON.parse(identity.stdout)).toMatchObject({ Arn: "arn:aws:sts::111122223333:assumed-role/Developer/jdoe@example.com" });
  const role = ["--role-arn", "arn:aws:iam::444455556666:role/Deployer", "--role-session-name", "jdoe"];
  const assumed = await run("aws", [...base, "assume-role", ...role], { env });
  expect(JSON.parse(assumed.stdout)).toMatchObject({ AssumedRoleUser: { Arn: "arn:aws:sts::444455556666:assumed-role/Deployer/jdoe" } });
});
