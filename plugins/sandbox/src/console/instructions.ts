import { describeAccount } from "../duo/describe-account.ts";
import { totpCode } from "../okta/totp.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Exchange, Factor, Scenario, User } from "../scenario.ts";

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
    factors.flatMap((factor) => ("secret" in factor ? [`${factor.provider} ${totpCode(factor.secret, at)}`] : [])),
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
  const answer = renderAnswer(factor);
  return answer === undefined ? key : `${key}   ${answer}`;
}

/** What one has to do or to type, as far as it is known before. */
function renderAnswer(factor: Factor): string | undefined {
  if ("script" in factor) return factor.script === "manual" ? "waits for you" : factor.script.map(renderStep).join(", ");
  if ("secret" in factor) return `secret ${factor.secret}`;
  if ("codes" in factor) return [`codes ${factor.codes.join(", ")}`, ...(factor.dialogue ?? []).map(renderExchange)].join("; ");
  if ("to" in factor) return factor.code === undefined ? `a code is sent to ${factor.to}` : `code ${factor.code}`;
  if ("duo" in factor) return describeAccount(factor.duo);
  return "answer" in factor ? `answer ${factor.answer}` : undefined;
}

function renderExchange({ text, answer }: Exchange): string {
  return `"${text}" ${answer}`;
}

function renderStep(step: string | { readonly correctAnswer: number }): string {
  return typeof step === "string" ? step.toLowerCase() : `asks for ${step.correctAnswer}`;
}
