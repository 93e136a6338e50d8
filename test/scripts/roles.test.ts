import { describe, expect } from "vitest";
import { callsOf } from "../support/calls.ts";
import { ADMINISTRATOR, CREDENTIALS_JSON, DEPLOYER, DEVELOPER, READER } from "../support/sample.ts";
import { type Place, test } from "../support/sandbox-home.ts";
import { withoutFactors } from "../support/scenario.ts";

const PROD_DEVELOPER = "arn:aws:iam::444455556666:role/Developer";
const DEV_READER = "arn:aws:iam::111122223333:role/ReadOnly";
const ANALYST = "arn:aws:iam::777788889999:role/teams/data/Analyst-Reader";

const NOT_OFFERED = "see the roles that you are offered with: aws-okta-processor get-roles\n";

describe("--role", () => {
  test.concurrent.for([
    ["a name that one account has", "Administrator", ADMINISTRATOR],
    ["an alias and a name", "acme-prod/ReadOnly", READER],
    ["an id and a name", "444455556666/ReadOnly", READER],
    ["a name without its path", "Analyst-Reader", ANALYST],
    ["an account and a name with its path", "777788889999/teams/data/Analyst-Reader", ANALYST],
    ["a glob", "*/teams*", ANALYST],
    ["a glob of ARNs", "arn:aws:iam::4*:role/Dev*", PROD_DEVELOPER],
  ] as const)("%s is the one role that it means: %s", async ([, role, arn], { enter }) => {
    const { perform } = await enter("no-mfa");
    expect(await perform(["authenticate", "--role", role])).toEqual({
      stdout: expect.stringMatching(CREDENTIALS_JSON),
      stderr: `Role: ${arn}\n`,
      exitCode: 0,
    });
  });

  test.concurrent.for([
    ["Developer", [DEVELOPER, PROD_DEVELOPER]],
    ["acme-*/ReadOnly", [DEV_READER, READER]],
  ] as const)("several that a name means are listed, and AWS is not asked: %s", async ([role, arns], { enter }) => {
    const { sandbox, perform } = await enter("no-mfa");
    expect(await perform(["authenticate", "--role", role])).toEqual({
      stdout: "",
      stderr: `aws-okta-processor: ${arns.length} roles match ${role} (--role)\nname one of them: ${arns.join(", ")}\n`,
      exitCode: 2,
    });
    expect(sandbox.count("sts")).toBe(0);
  });

  test.concurrent("more than five are cut", async ({ enter }) => {
    const { perform } = await enter("no-mfa");
    const { stderr, exitCode } = await perform("authenticate --role *");
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(/7 roles match \* .* and 2 more\n$/s) });
    expect(stderr.match(/arn:aws:iam/g)).toHaveLength(5);
  });

  test.concurrent("a name that means none is refused, and its source is told", async ({ enter }) => {
    const { sandbox, perform } = await enter("no-mfa");
    expect(await perform("authenticate", { AWS_OKTA_ROLE: "acme-prod/Administrator" })).toEqual({
      stdout: "",
      stderr: `aws-okta-processor: you are not offered the role acme-prod/Administrator (AWS_OKTA_ROLE)\n${NOT_OFFERED}`,
      exitCode: 3,
    });
    expect(sandbox.count("sts")).toBe(0);
  });

  test.concurrent("the sign-in page is asked only where an alias has to be known", async ({ enter }) => {
    const { sandbox, perform } = await enter("no-mfa");
    for (const role of ["Administrator", "444455556666/Developer", ANALYST]) await perform(["authenticate", "--silent", "--role", role]);
    expect(sandbox.count("sign-in")).toBe(0);
    await perform("authenticate --silent --role acme-prod/Developer");
    expect(sandbox.count("sign-in")).toBe(1);
  });

  test.concurrent("the account filter goes first: what it leaves may be one", async ({ enter }) => {
    const { perform } = await enter("no-mfa");
    expect(await perform("authenticate --role Developer --account-alias *-prod")).toMatchObject({
      stderr: `Role: ${PROD_DEVELOPER}\n`,
      exitCode: 0,
    });
  });

  test.concurrent("a name is answered from the cache as an ARN is, and two names do not evict each other", async ({ enter }) => {
    const { sandbox, run } = await enter("no-mfa");
    const lines = ["authenticate --silent --role Administrator", "authenticate --silent --role acme-dev/Dev*"];
    const first = [await run(lines[0] ?? ""), await run(lines[1] ?? "")];
    const calls = sandbox.count();
    expect([await run(lines[0] ?? ""), await run(lines[1] ?? "")]).toEqual(first);
    expect(sandbox.count()).toBe(calls);
    expect(first[0]?.stdout).not.toBe(first[1]?.stdout);
  });
});

describe("the role filter of get-roles", () => {
  const list = ({ perform }: Place, ...more: readonly string[]) =>
    perform(["get-roles", "--silent", "--output", "text", "--output-format", "{account} {role}", ...more]);

  test.concurrent.for([
    ["Developer", [`acme-dev ${DEVELOPER}`, `acme-prod ${PROD_DEVELOPER}`]],
    ["acme-prod/*", [`acme-prod ${PROD_DEVELOPER}`, `acme-prod ${READER}`]],
    ["*Read*", [`acme-dev ${DEV_READER}`, `acme-prod ${READER}`, `777788889999 ${ANALYST}`]],
    [ADMINISTRATOR, [`acme-dev ${ADMINISTRATOR}`]],
  ] as const)("lists what it means, under the accounts' names: %s", async ([role, lines], { enter }) => {
    expect(await list(await enter("no-mfa"), "--role", role)).toEqual({ stdout: `${lines.join("\n")}\n`, stderr: "", exitCode: 0 });
  });

  test.concurrent("goes together with the account filter", async ({ enter }) => {
    expect(await list(await enter("no-mfa"), "--role", "Dev*", "-A", "*-dev")).toMatchObject({ stdout: `acme-dev ${DEVELOPER}\n` });
  });

  test.concurrent("leaves no empty accounts in JSON", async ({ enter }) => {
    const { perform } = await enter("no-mfa");
    const { stdout } = await perform("get-roles --role Auditor");
    expect(JSON.parse(stdout)).toMatchObject({
      accounts: [{ name: "777788889999", roles: [{ name: "arn:aws:iam::777788889999:role/Auditor" }] }],
    });
  });

  test.concurrent("that means none is refused", async ({ enter }) => {
    expect(await list(await enter("no-mfa"), "--role", "Nobody")).toEqual({
      stdout: "",
      stderr: `aws-okta-processor: you are not offered the role Nobody (--role)\n${NOT_OFFERED}`,
      exitCode: 3,
    });
  });
});

describe("--secondary-role", () => {
  test.concurrent.for([
    ["an alias and a name", "acme-prod/Deployer"],
    ["an id and a name", "444455556666/Deployer"],
    ["an ARN", DEPLOYER],
  ] as const)("%s need not be offered: %s", async ([, secondary], { enter }) => {
    const { sandbox, perform } = await enter("no-mfa");
    expect(await perform(["authenticate", "--role", DEVELOPER, "--secondary-role", secondary])).toEqual({
      stdout: expect.stringMatching(CREDENTIALS_JSON),
      stderr: `Role: ${DEVELOPER}\nAssuming secondary role ${DEPLOYER}\n`,
      exitCode: 0,
    });
    expect(callsOf(sandbox).slice(-2)).toEqual(["sts AssumeRoleWithSAML", "sts AssumeRole"]);
  });

  test.concurrent("a name is one of the first role's account", async ({ enter }) => {
    const { perform } = await enter("no-mfa");
    const { stderr, exitCode } = await perform(`authenticate --role ${PROD_DEVELOPER} --secondary-role Deployer`);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`Assuming secondary role ${DEPLOYER}\naws-okta-processor: AWS refused ${DEPLOYER}: AccessDenied: `);
  });

  test.concurrent("a glob means an offered one", async ({ enter }) => {
    const scenario = withoutFactors("default");
    const trusting = {
      ...scenario,
      accounts: scenario.accounts.map((account) => ({
        ...account,
        roles: account.roles.map((role) => ({ ...role, trusts: [DEVELOPER] })),
      })),
    };
    const { perform } = await enter(trusting);
    expect(await perform(["authenticate", "--role", DEVELOPER, "--secondary-role", "*-prod/Read*"])).toMatchObject({
      stderr: `Role: ${DEVELOPER}\nAssuming secondary role ${READER}\n`,
      exitCode: 0,
    });
  });

  test.concurrent.for([
    ["acme-test/Deployer", "cannot tell which role acme-test/Deployer is (--secondary-role)\nwrite its whole ARN\n"],
    ["Deploy*", "cannot tell which role Deploy* is (--secondary-role)\nwrite its whole ARN\n"],
    ["acme-*/ReadOnly", `2 roles match acme-*/ReadOnly (--secondary-role)\nname one of them: ${DEV_READER}, ${READER}\n`],
  ] as const)("one that cannot be known is an error before AWS is asked: %s", async ([secondary, says], { enter }) => {
    const { sandbox, perform } = await enter("no-mfa");
    const ran = await perform(["authenticate", "--role", DEVELOPER, "--secondary-role", secondary]);
    expect(ran).toEqual({ stdout: "", stderr: `aws-okta-processor: ${says}`, exitCode: 2 });
    expect(sandbox.count("sts")).toBe(0);
  });
});
