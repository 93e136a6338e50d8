import { type AwsCredentials, assumeRoleWithSaml, assumeSecondaryRole } from "../../aws/sts.ts";
import type { KeptCredentials } from "../../cache/credentials.ts";
import type { Line } from "../line.ts";
import type { Parts } from "../parts.ts";

/** Trades the assertion for credentials of the role, and those for the secondary role's where one was named. */
export function createAssumeRole({ world, terminal }: Parts): Line["assumeRole"] {
  return async (role, assertion, options) => {
    const sts = {
      region: options.region,
      endpoint: world.env["AWS_ENDPOINT_URL_STS"],
      durationSeconds: options.durationSeconds,
      signal: world.signal,
    };
    terminal.tell(`Role: ${role.role.arn}`);
    const first = await assumeRoleWithSaml(role, assertion.saml, sts);
    if (options.secondaryRole === undefined) return asKept(first, assertion.applicationUrl);
    terminal.tell(`Assuming secondary role ${options.secondaryRole}`);
    const second = await assumeSecondaryRole(options.secondaryRole, first, { ...sts, sessionName: assertion.session.okta.user });
    return asKept(second, assertion.applicationUrl);
  };
}

function asKept(credentials: AwsCredentials, application: string): KeptCredentials {
  return {
    credentials: {
      accessKeyId: credentials.accessKeyId,
      secretAccessKey: credentials.secretAccessKey.reveal(),
      sessionToken: credentials.sessionToken.reveal(),
      expiration: credentials.expiresAt.toISOString().replace(/\.\d+Z$/, "Z"),
    },
    assumedRole: credentials.assumedRole,
    application,
  };
}
