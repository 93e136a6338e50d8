import type { Reply } from "../http/message.ts";
import { type Issued, sessionArn } from "./aws.ts";
import { fail, type Tree } from "./reply.ts";

/** Length limits of parameters. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html */
export const LIMITS = {
  RoleArn: [20, 2048],
  PrincipalArn: [20, 2048],
  SAMLAssertion: [4, 100_000],
  RoleSessionName: [2, 64],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

const DEFAULT_DURATION = 3600;
const DURATION = [900, 43_200] as const;

/** The first thing that is wrong with the parameters that must be there. */
export function findInvalid(parameters: URLSearchParams, names: readonly (keyof typeof LIMITS)[]): Reply | undefined {
  for (const name of names) {
    const value = parameters.get(name);
    if (value === null || value === "") return constraint("null", name, "Member must not be null");
    const [least, most] = LIMITS[name];
    if (value.length < least) return constraint(`'${value}'`, name, `Member must have length greater than or equal to ${least}`);
    if (value.length > most) return constraint("(hidden)", name, `Member must have length less than or equal to ${most}`);
  }
  return findInvalidDuration(parameters.get("DurationSeconds"));
}

export function readDuration(parameters: URLSearchParams): number {
  return Number(parameters.get("DurationSeconds") ?? DEFAULT_DURATION);
}

/** `Member must…`, in AWS's only form of a failed constraint. */
export function constraint(value: string, name: string, rule: string): Reply {
  const field = name.startsWith("SAML") ? `sAML${name.slice(4)}` : name.charAt(0).toLowerCase() + name.slice(1);
  return fail(400, "ValidationError", `1 validation error detected: Value ${value} at '${field}' failed to satisfy constraint: ${rule}`);
}

export function viewCredentials(issued: Issued): Tree {
  return {
    AssumedRoleUser: { AssumedRoleId: `${issued.roleId}:${issued.sessionName}`, Arn: sessionArn(issued) },
    Credentials: {
      AccessKeyId: issued.accessKeyId,
      SecretAccessKey: issued.secretAccessKey,
      SessionToken: issued.sessionToken,
      Expiration: `${issued.expiresAt.toISOString().slice(0, 19)}Z`,
    },
  };
}

function findInvalidDuration(text: string | null): Reply | undefined {
  if (text === null) return undefined;
  if (!/^\d{1,9}$/u.test(text)) return fail(400, "MalformedInput", "DurationSeconds is not an integer");
  const [least, most] = DURATION;
  if (Number(text) < least) return constraint(`'${text}'`, "DurationSeconds", `Member must have value greater than or equal to ${least}`);
  if (Number(text) > most) return constraint(`'${text}'`, "DurationSeconds", `Member must have value less than or equal to ${most}`);
  return undefined;
}
