import { totpCode } from "../okta/totp.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Factor, Scenario, User } from "../scenario.ts";

/** What a person needs to sign in to this sandbox: lines to paste, and who there is. */
export function renderInstructions(sandbox: Sandbox, scenario: Scenario, platform: NodeJS.Platform): string {
  const [user] = scenario.users;
  const login = user?.login.split("@")[0] ?? "";
  return `A sandbox is listening: an Okta org, an AWS sign-in page and STS, on this machine alone.
Scenario: ${scenario.title}

In another terminal:

${Object.entries(sandbox.environment)
  .map(platform === "win32" ? renderPowerShell : renderPosix)
  .join("\n")}

  aws-okta-processor authenticate --user ${login}
  aws-okta-processor get-roles --user ${login}

With the credentials in the environment, the AWS CLI knows you here:

  ${platform === "win32" ? `aws-okta-processor authenticate --user ${login} --environment | Invoke-Expression` : `eval "$(aws-okta-processor authenticate --user ${login} --environment)"`}
  aws --endpoint-url ${sandbox.stsUrl} --region us-east-1 sts get-caller-identity

${scenario.users.map(renderUser).join("\n")}`;
}

/** The code that each TOTP factor of the scenario shows now. */
export function renderCodes(scenario: Scenario, at: Date): string {
  const codes = scenario.users.flatMap(({ factors }) =>
    factors.flatMap((factor) => (factor.factorType === "token:software:totp" ? [`${factor.provider} ${totpCode(factor.secret, at)}`] : [])),
  );
  return codes.length === 0 ? "no one here has a code" : `codes: ${codes.join(", ")}`;
}

function renderPosix([name, value]: readonly [string, string]): string {
  return `  export ${name}='${value}'`;
}

function renderPowerShell([name, value]: readonly [string, string]): string {
  return `  $env:${name}='${value}'`;
}

function renderUser({ login, password, factors, locked }: User): string {
  const state = locked === true ? "   locked" : "";
  return [`User ${login}   password ${password}${state}`, ...factors.map((factor) => `  ${renderFactor(factor)}`)].join("\n");
}

function renderFactor(factor: Factor): string {
  const key = `${factor.factorType}:${factor.provider}`.toLowerCase();
  if (factor.factorType === "token:software:totp") return `${key}   secret ${factor.secret}`;
  if (factor.factorType !== "push") return key;
  return factor.script === "manual" ? `${key}   waits for you` : `${key}   ${factor.script.map(renderStep).join(", ")}`;
}

function renderStep(step: string | { readonly correctAnswer: number }): string {
  return typeof step === "string" ? step.toLowerCase() : `asks for ${step.correctAnswer}`;
}
