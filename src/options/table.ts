/** Every option once. Flags, variables, dotfile keys, help and the README's table all come from here. */

import { OKTA_ROWS } from "./okta-rows.ts";
import { CACHE_FALLBACKS, type CommandName, type OptionRow } from "./option-row.ts";
import { OUTPUT_ROWS } from "./output-rows.ts";

const both = ["authenticate", "get-roles"] as const;

const ROWS = [
  ...OKTA_ROWS,
  {
    name: "role",
    char: "r",
    env: "AWS_OKTA_ROLE",
    kind: "text",
    value: "ROLE",
    group: "AWS",
    help: "role to assume or list: its ARN, its name, ACCOUNT/NAME, or a glob of these",
    commands: both,
  },
  {
    name: "secondary-role",
    env: "AWS_OKTA_SECONDARY_ROLE",
    kind: "text",
    value: "ROLE",
    group: "AWS",
    help: "role to assume from the first one, written likewise",
    commands: ["authenticate"],
    ignoredBy: ["get-roles"],
  },
  {
    name: "account-alias",
    char: "A",
    env: "AWS_OKTA_ACCOUNT_ALIAS",
    kind: "text",
    value: "GLOB",
    group: "AWS",
    help: "only accounts whose alias (or id, where there is none) matches",
    commands: both,
  },
  {
    name: "region",
    char: "R",
    env: "AWS_OKTA_REGION",
    kind: "text",
    value: "REGION",
    group: "AWS",
    help: "region of the STS endpoint; AWS_REGION or the role's partition decide otherwise",
    commands: ["authenticate"],
    ignoredBy: ["get-roles"],
  },
  {
    name: "duration",
    char: "d",
    env: "AWS_OKTA_DURATION",
    kind: "duration",
    value: "SECONDS",
    default: "3600",
    group: "AWS",
    help: "how long the credentials last: 900 to 43200, or 1h, 90m",
    commands: ["authenticate"],
    ignoredBy: ["get-roles"],
  },
  {
    name: "all-applications",
    env: "AWS_OKTA_ALL_APPLICATIONS",
    kind: "switch",
    group: "AWS",
    help: "list the roles of every AWS application",
    commands: ["get-roles"],
    added: true,
  },
  {
    name: "sign-in-url",
    char: "U",
    env: "AWS_OKTA_SIGN_IN_URL",
    kind: "url",
    value: "URL",
    group: "AWS",
    help: "AWS sign-in page, asked for account names",
    commands: both,
    fromWorkingDirectory: "aws-only",
  },
  ...OUTPUT_ROWS,
  {
    name: "key",
    char: "k",
    env: "AWS_OKTA_KEY",
    kind: "text",
    value: "KEY",
    group: "Cache",
    help: "name of this entry in the cache of credentials",
    commands: ["authenticate"],
    ignoredBy: ["get-roles"],
    emptyIsValue: true,
  },
  {
    name: "no-okta-cache",
    env: "AWS_OKTA_NO_OKTA_CACHE",
    kind: "switch",
    group: "Cache",
    help: "do not read the kept Okta session",
    commands: both,
  },
  {
    name: "no-aws-cache",
    env: "AWS_OKTA_NO_AWS_CACHE",
    kind: "switch",
    group: "Cache",
    help: "do not read the kept credentials",
    commands: ["authenticate"],
    ignoredBy: ["get-roles"],
  },
  {
    name: "cache-encryption",
    env: "AWS_OKTA_CACHE_ENCRYPTION",
    kind: "text",
    value: "NAME",
    default: "none",
    group: "Cache",
    help: "keychain plugin that has the key by which the caches are encrypted, as keychain; none leaves them as they are",
    commands: both,
    completes: "keychains",
    values: ["none"],
    added: true,
    fromWorkingDirectory: "never",
  },
  {
    name: "cache-fallback",
    env: "AWS_OKTA_CACHE_FALLBACK",
    kind: "text",
    value: "CHOICE",
    default: "nothing",
    group: "Cache",
    help: "where that keychain cannot be used, keep nothing, keep it plain, or fail",
    commands: both,
    values: CACHE_FALLBACKS,
    added: true,
    fromWorkingDirectory: "never",
  },
  {
    name: "timeout",
    env: "AWS_OKTA_TIMEOUT",
    kind: "patience",
    value: "SECONDS",
    default: "30",
    group: "Network",
    help: "how long to wait for each answer of Okta and AWS: 1 to 300, or 2m",
    commands: both,
    added: true,
  },
  {
    name: "ca-bundle",
    env: "AWS_OKTA_CA_BUNDLE",
    kind: "text",
    value: "FILE",
    group: "Network",
    help: "certificate authorities that are trusted too, in PEM; AWS_CA_BUNDLE and REQUESTS_CA_BUNDLE are read otherwise",
    commands: both,
    added: true,
    fromWorkingDirectory: "never",
  },
  {
    name: "plugins-allow",
    env: "AWS_OKTA_PLUGINS_ALLOW",
    kind: "packages",
    value: "NAMES",
    group: "Plugins",
    help: "the only packages that may be installed, updated, linked and loaded as plugins: names and patterns as @acme/*",
    commands: both,
    added: true,
    noFlag: true,
    fromWorkingDirectory: "never",
  },
] as const satisfies readonly OptionRow[];

export type OptionName = (typeof ROWS)[number]["name"];

export interface NamedRow extends OptionRow {
  readonly name: OptionName;
}

export const OPTIONS: readonly NamedRow[] = ROWS;

/** The rows whose flags a command takes, those without effect included. */
export function optionsOf(command: CommandName): readonly NamedRow[] {
  return OPTIONS.filter((row) => row.noFlag !== true && (row.commands.includes(command) || row.ignoredBy?.includes(command) === true));
}
