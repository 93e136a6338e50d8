import type { Credentials, Shell } from "@aws-okta-processor/contract";
import { asText } from "./as-text.ts";

/** The variables that AWS's tools read. @see https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html */
const VARIABLES = {
  AWS_ACCESS_KEY_ID: "accessKeyId",
  AWS_SECRET_ACCESS_KEY: "secretAccessKey",
  AWS_SESSION_TOKEN: "sessionToken",
  AWS_CREDENTIAL_EXPIRATION: "expiration",
} as const satisfies Readonly<Record<string, keyof Credentials>>;

export function toVariables(credentials: Credentials): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(VARIABLES).map(([name, field]) => [name, credentials[field]]));
}

/** Lines that set them. */
export function renderEnvironment(shell: Shell, credentials: Credentials): string {
  return `${asText(shell.render(toVariables(credentials)))}\n`;
}

/** Lines that remove them. */
export function renderRemoval(shell: Shell): string {
  return `${asText(shell.unset(Object.keys(VARIABLES)))}\n`;
}
