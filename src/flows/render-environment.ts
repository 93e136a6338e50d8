import type { Credentials, Shell } from "@aws-okta-processor/contract";
import { asText } from "./as-text.ts";

/** The variables that AWS's tools read. @see https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html */
export function renderEnvironment(shell: Shell, credentials: Credentials): string {
  const lines = shell.render({
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_CREDENTIAL_EXPIRATION: credentials.expiration,
  });
  return `${asText(lines)}\n`;
}
