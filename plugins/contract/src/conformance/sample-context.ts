import type { Credentials, CredentialsContext, FormatContext } from "../index.ts";

/** What a person asks for who asks for nothing, into a pipe. */
export function contextOf(template: string, change: Partial<FormatContext> = {}): FormatContext {
  return { template, profiles: { style: "credentials", name: undefined, region: undefined }, terminal: undefined, ...change };
}

/** The same, at a wide and a narrow terminal, with and without colours, and for AWS's config file. */
export function contextsOf(template: string): readonly FormatContext[] {
  return [
    contextOf(template),
    contextOf(template, { terminal: { columns: 200, hasColors: true } }),
    contextOf(template, { terminal: { columns: 20, hasColors: false } }),
    contextOf(template, { profiles: { style: "config", name: undefined, region: "eu-west-1" } }),
  ];
}

export function variablesOf({ accessKeyId, secretAccessKey, sessionToken, expiration }: Credentials): CredentialsContext {
  return {
    variables: {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
      AWS_CREDENTIAL_EXPIRATION: expiration,
    },
  };
}
