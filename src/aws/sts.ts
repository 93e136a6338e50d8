import type { AssumeRoleCommandOutput, AssumeRoleWithSAMLCommandOutput, STSClient } from "@aws-sdk/client-sts";
import { type AppError, CancelledError, RefusedError, RemoteError, UsageError } from "../errors.ts";
import type { Send } from "../http/send.ts";
import { isLoopback } from "../partitions.ts";
import { Secret } from "../secret.ts";
import type { AssertedRole } from "./assertion.ts";
import { createStsDoor, type SendFailed } from "./sts-door.ts";
import { stsUrl } from "./sts-region.ts";

/** Temporary credentials of a role, and what STS said of them. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken: Secret;
  readonly expiresAt: Date;
  readonly assumedRole: { readonly id: string; readonly arn: string };
}

export interface StsOptions {
  readonly region: string;
  /** From AWS_ENDPOINT_URL_STS; otherwise the partition and region decide. */
  readonly endpoint: string | undefined;
  readonly durationSeconds: number;
  readonly signal: AbortSignal;
  readonly send: Send;
}

/** Roles assumed from a role last an hour at most. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining */
export const CHAINED_MAX_SECONDS = 3600;

/** Takes its time the first time. */
export const loadStsClient = () => import("@aws-sdk/client-sts");

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html */
export async function assumeRoleWithSaml({ role, principal }: AssertedRole, saml: Secret, options: StsOptions): Promise<AwsCredentials> {
  const { AssumeRoleWithSAMLCommand } = await loadStsClient();
  const client = await createClient(role.arn, options);
  const command = new AssumeRoleWithSAMLCommand({
    RoleArn: role.arn,
    PrincipalArn: principal.arn,
    SAMLAssertion: saml.reveal(),
    DurationSeconds: options.durationSeconds,
  });
  return readCredentials(role.arn, () => client.send(command, { abortSignal: options.signal }), options.signal);
}

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export async function assumeSecondaryRole(
  roleArn: string,
  first: AwsCredentials,
  options: StsOptions & { readonly sessionName: string },
): Promise<AwsCredentials> {
  const { AssumeRoleCommand } = await loadStsClient();
  const client = await createClient(roleArn, options, first);
  const command = new AssumeRoleCommand({
    RoleArn: roleArn,
    RoleSessionName: options.sessionName
      .replace(/[^\w+=,.@-]/g, "-")
      .slice(0, 64)
      .padEnd(2, "-"),
    DurationSeconds: Math.min(options.durationSeconds, CHAINED_MAX_SECONDS),
  });
  return readCredentials(roleArn, () => client.send(command, { abortSignal: options.signal }), options.signal);
}

async function createClient(roleArn: string, options: StsOptions, credentials?: AwsCredentials): Promise<STSClient> {
  const { STSClient } = await loadStsClient();
  return new STSClient({
    region: options.region,
    endpoint: checkEndpoint(options.endpoint) ?? stsUrl(roleArn, options.region),
    // A profile or a variable that asks for these is an error to the SDK where an endpoint is given.
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    requestHandler: createStsDoor(options.send),
    ...(credentials === undefined ? {} : { credentials: revealKeys(credentials) }),
  });
}

const revealKeys = (credentials: AwsCredentials) => ({
  accessKeyId: credentials.accessKeyId,
  secretAccessKey: credentials.secretAccessKey.reveal(),
  sessionToken: credentials.sessionToken.reveal(),
});

function checkEndpoint(endpoint: string | undefined): string | undefined {
  if (endpoint === undefined || endpoint === "") return undefined;
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname))) return endpoint;
  throw new UsageError(`AWS_ENDPOINT_URL_STS must be an https URL, got ${JSON.stringify(endpoint)}`, { code: "OPTION_INVALID" });
}

type Output = AssumeRoleCommandOutput | AssumeRoleWithSAMLCommandOutput;

async function readCredentials(roleArn: string, send: () => Promise<Output>, signal: AbortSignal): Promise<AwsCredentials> {
  const { Credentials: keys, AssumedRoleUser: user } = await send().catch((error: unknown) => {
    throw translate(roleArn, error, signal);
  });
  const { AccessKeyId: accessKeyId, SecretAccessKey: secret, SessionToken: token, Expiration: expiresAt } = keys ?? {};
  if (
    accessKeyId === undefined ||
    secret === undefined ||
    token === undefined ||
    expiresAt === undefined ||
    Number.isNaN(expiresAt.getTime())
  ) {
    throw unreadable();
  }
  const assumedRole = { id: user?.AssumedRoleId ?? "", arn: user?.Arn ?? "" };
  return { accessKeyId, secretAccessKey: new Secret(secret), sessionToken: new Secret(token), expiresAt, assumedRole };
}

/** By AWS's code, which the SDK's class of some ends in Exception. */
const HINTS: Readonly<Record<string, string>> = {
  AccessDenied: "ask an administrator whether the role trusts you",
  ExpiredToken: "run the command again; if it happens again, check this machine's clock",
  IDPRejectedClaim: "ask an administrator whether the role trusts you",
  InvalidIdentityToken: "ask an administrator to check the identity provider in AWS",
  RegionDisabled: "choose another --region",
  ValidationError: "check --duration and the role",
};

/** What an assertion looks like; AWS repeats the parameters that it does not like. */
const ASSERTION = /[\w+/=%]{200,}/g;

/** AWS gives this refusal no code of its own. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html */
const TOO_LONG = /DurationSeconds exceeds the MaxSessionDuration/;

/** AWS's own refusals carry a message; what never reached AWS is told as the door told it. */
function translate(roleArn: string, error: unknown, signal: AbortSignal): AppError {
  if (signal.aborted) return new CancelledError();
  const { failure, ...fields } = error as Partial<SendFailed> & {
    readonly name?: unknown;
    readonly message?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  if (failure instanceof RemoteError) return nameRegion(failure);
  const status = fields.$metadata?.httpStatusCode;
  if (status !== undefined && status >= 400 && status < 500) return refusal(roleArn, status, error);
  if (status !== undefined && status >= 500)
    return new RemoteError(`AWS STS failed with status ${status}`, { code: "SERVER_FAILED", hint: "try again later", cause: error });
  return unreadable(error);
}

/** STS is not there where the region is misspelt. */
function nameRegion(failure: RemoteError): RemoteError {
  if (failure.code !== "UNREACHABLE") return failure;
  return new RemoteError(failure.message, { code: "UNREACHABLE", hint: "check the network, the proxy and --region", cause: failure });
}

/** Each class of error of AWS has its own name for it. @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
const LIMITED = /^(?:Throttl|RequestLimitExceeded|TooManyRequests)/;

/** The SDK's word for an error that is not AWS's. */
const NOT_OF_AWS = /^Unknown/;

function refusal(roleArn: string, status: number, error: unknown): AppError {
  const { name, message } = error as { readonly name?: unknown; readonly message?: unknown };
  const code = typeof name === "string" ? name : "";
  if (status === 429 || LIMITED.test(code))
    return new RemoteError("AWS STS limits the rate of requests", { code: "RATE_LIMITED", hint: "try again in a minute", cause: error });
  if (NOT_OF_AWS.test(code))
    return new RemoteError(`AWS STS sent status ${status} without an error of AWS`, { code: "UNREADABLE", hint: NO_PROXY, cause: error });
  const hint = HINTS[code.replace(/Exception$/, "")];
  const reason = `${code}: ${String(message).replace(ASSERTION, "…")}`;
  if (TOO_LONG.test(reason))
    return new RefusedError(`AWS refused ${roleArn}: ${reason}`, { code: "DURATION_TOO_LONG", hint, cause: error });
  return new RefusedError(`AWS refused ${roleArn}: ${reason}`, { code: "AWS_REFUSED", hint, cause: error });
}

const NO_PROXY = "check that no proxy answers in its place";

function unreadable(cause?: unknown): RemoteError {
  return new RemoteError("AWS STS sent no whole credentials", { code: "UNREADABLE", hint: NO_PROXY, cause });
}
