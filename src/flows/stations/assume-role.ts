import { type AwsCredentials, assumeRoleWithSaml, assumeSecondaryRole, CHAINED_MAX_SECONDS, type StsOptions } from "../../aws/sts.ts";
import { stsRegion } from "../../aws/sts-region.ts";
import type { KeptCredentials } from "../../cache/credentials.ts";
import { RefusedError } from "../../errors.ts";
import type { Line } from "../line.ts";
import type { Parts } from "../parts.ts";

/** What every role allows. */
const ALLOWED_SECONDS = 3600;

/** Trades the assertion for credentials of the role, and those for the secondary role's where one was named. */
export function createAssumeRole({ world, terminal, send }: Parts): Line["assumeRole"] {
  return async ({ asserted, secondaryArn }, assertion, { region: given, durationSeconds, from }) => {
    const region = stsRegion(asserted.role.arn, { region: given, from: from("region"), env: world.env });
    const seconds = secondaryArn === undefined ? durationSeconds : Math.min(durationSeconds, CHAINED_MAX_SECONDS);
    const sts = { region, endpoint: world.env["AWS_ENDPOINT_URL_STS"], durationSeconds: seconds, signal: world.signal, send };
    terminal.tell(`Role: ${asserted.role.arn}`);
    const first = await withAllowedDuration(sts, terminal, (options) => assumeRoleWithSaml(asserted, assertion.saml, options));
    if (secondaryArn === undefined) return asKept(first, assertion.applicationUrl);
    terminal.tell(`Assuming secondary role ${secondaryArn}`);
    if (durationSeconds > CHAINED_MAX_SECONDS)
      terminal.tell(`A role assumed from a role lasts ${CHAINED_MAX_SECONDS} seconds at most, not ${durationSeconds}.`);
    const second = await assumeSecondaryRole(secondaryArn, first, { ...sts, sessionName: assertion.session.okta.user });
    return asKept(second, assertion.applicationUrl);
  };
}

/** A role that does not last as long as was asked for is asked for what every role allows. */
async function withAllowedDuration(
  sts: StsOptions,
  terminal: Parts["terminal"],
  assume: (options: StsOptions) => Promise<AwsCredentials>,
): Promise<AwsCredentials> {
  try {
    return await assume(sts);
  } catch (error) {
    if (!(error instanceof RefusedError) || error.code !== "DURATION_TOO_LONG" || sts.durationSeconds <= ALLOWED_SECONDS) throw error;
    terminal.tell(`This role does not last ${sts.durationSeconds} seconds; it is assumed for ${ALLOWED_SECONDS}.`);
    return assume({ ...sts, durationSeconds: ALLOWED_SECONDS });
  }
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
