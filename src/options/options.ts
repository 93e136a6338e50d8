import { UsageError } from "../errors.ts";
import { checkRegion } from "../partitions.ts";
import { CACHE_FALLBACKS } from "./option-row.ts";
import { type Organization, parseOrganization } from "./organization.ts";
import { type FoundOptions, parseValue } from "./parse-value.ts";
import { type PasswordOptions, parsePasswordOptions } from "./password-options.ts";
import { type ProfileOptions, parseProfileOptions } from "./profile-options.ts";
import { parseChoice, parseDuration, parsePackages, parseRegion, parseSwitch, parseTimeout, parseUrl } from "./read-value.ts";
import { refuseForbidden } from "./refuse-forbidden.ts";
import type { OptionName } from "./table.ts";

/** What a person asked for, read and checked. Spans are in seconds. */
export interface Options extends PasswordOptions, ProfileOptions, CacheOptions, NetworkOptions {
  readonly organization: Organization | undefined;
  readonly user: string | undefined;
  readonly factor: string | undefined;
  readonly factorCodeCommand: string | undefined;
  readonly rememberDevice: boolean;
  readonly application: URL | undefined;
  readonly role: string | undefined;
  readonly secondaryRole: string | undefined;
  readonly accountAlias: string | undefined;
  readonly region: string | undefined;
  readonly durationSeconds: number;
  readonly signInUrl: URL | undefined;
  /** Whether credentials are printed as lines of `targetShell`. */
  readonly environment: boolean;
  /** Whether the lines that remove them are asked for, and nothing else. */
  readonly unset: boolean;
  /** The name of one, or `CALLING_SHELL`. */
  readonly targetShell: string;
  readonly output: string;
  readonly outputFormat: string;
  readonly roleSuffixDelimiter: string;
  readonly silent: boolean;
  readonly allApplications: boolean;
  readonly key: string | undefined;
  readonly pluginsAllow: PluginsAllow | undefined;
  /** Where a value came from, in words: `--role`, `AWS_OKTA_ROLE`. */
  readonly from: (name: OptionName) => string;
  /** Whether that is a dotfile in the working directory, which may be anybody's. */
  readonly isOfWorkingDirectory: (name: OptionName) => boolean;
}

/** What is kept, and the keychains that are used, by the names of their plugins. */
interface CacheOptions {
  readonly useOktaCache: boolean;
  readonly useAwsCache: boolean;
  /** That which has the Okta password, if any has it. */
  readonly keychain: string;
  /** Whether somebody asked for that one. */
  readonly keychainGiven: boolean;
  /** That which has the key of the caches; undefined where they are not encrypted. */
  readonly cacheEncryption: string | undefined;
  /** What is kept where that one cannot be used. */
  readonly cacheFallback: (typeof CACHE_FALLBACKS)[number];
}

/** How the far end is come to. */
interface NetworkOptions {
  /** For each answer. */
  readonly timeoutSeconds: number;
  /** A file of certificate authorities, and what named it. */
  readonly caBundle: { readonly file: string; readonly from: string } | undefined;
}

/** The only packages that may be plugins: names and patterns of them, and where they were given. */
export interface PluginsAllow {
  readonly patterns: readonly string[];
  readonly from: string;
}

/** The value of `--target-shell` that stands for the shell which calls. */
export const CALLING_SHELL = "auto";

/** The value of `--output` that is no format: the lines of the chosen shell. */
const ENVIRONMENT_OUTPUT = "env";

/**
 * Reads what the layers gave.
 *
 * @throws UsageError `OPTION_INVALID`, naming the option, its value (unless secret) and its layer; `OPTION_FORBIDDEN`, `OPTION_REFUSED` or
 * `OPTION_CONFLICT`, naming the option and its layer
 */
export function parseOptions(found: FoundOptions): Options {
  const text = (name: OptionName) => found.get(name)?.raw;
  const read = <T>(name: OptionName, parse: (raw: string) => T | string) => parseValue(found, name, parse);
  refuseForbidden(found);
  const options: Options = {
    organization: read("organization", parseOrganization),
    user: text("user"),
    ...parsePasswordOptions(found),
    factor: text("factor"),
    factorCodeCommand: text("factor-code-command"),
    rememberDevice: read("remember-device", parseSwitch) ?? false,
    application: read("application", parseUrl),
    role: text("role"),
    secondaryRole: text("secondary-role"),
    accountAlias: text("account-alias"),
    region: read("region", parseRegion)?.region,
    durationSeconds: read("duration", parseDuration) ?? 3600,
    signInUrl: read("sign-in-url", parseUrl),
    environment: printsEnvironment(found, read("environment", parseSwitch) ?? false),
    unset: read("unset", parseSwitch) ?? false,
    targetShell: text("target-shell")?.toLowerCase() ?? "",
    output: text("output")?.toLowerCase() ?? "json",
    outputFormat: text("output-format") ?? "",
    roleSuffixDelimiter: text("role-suffix-delimiter") ?? "-",
    ...parseProfileOptions(found),
    silent: read("silent", parseSwitch) ?? false,
    allApplications: read("all-applications", parseSwitch) ?? false,
    key: text("key"),
    ...parseCacheOptions(found),
    ...parseNetworkOptions(found),
    pluginsAllow: parsePluginsAllow(found),
    from: (name) => found.get(name)?.from ?? `--${name}`,
    isOfWorkingDirectory: (name) => found.get(name)?.workingDirectory === true,
  };
  if (options.role !== undefined) checkRegion(options.role, options.region, options.from("region"));
  return options;
}

/** @throws UsageError `OPTION_INVALID` */
function parseNetworkOptions(found: FoundOptions): NetworkOptions {
  const bundle = found.get("ca-bundle");
  return {
    timeoutSeconds: parseValue(found, "timeout", parseTimeout) ?? 30,
    caBundle: bundle === undefined ? undefined : { file: bundle.raw, from: bundle.from },
  };
}

/** @throws UsageError `OPTION_INVALID` */
export function parsePluginsAllow(found: FoundOptions): PluginsAllow | undefined {
  const patterns = parseValue(found, "plugins-allow", parsePackages)?.patterns;
  return patterns === undefined ? undefined : { patterns, from: found.get("plugins-allow")?.from ?? "" };
}

/** @throws UsageError `OPTION_INVALID` */
function parseCacheOptions(found: FoundOptions): CacheOptions {
  const name = (option: OptionName) => found.get(option)?.raw.toLowerCase() ?? "";
  const encryption = name("cache-encryption");
  const fallback = parseValue(found, "cache-fallback", (raw) => parseChoice(raw, CACHE_FALLBACKS))?.choice;
  return {
    useOktaCache: !(parseValue(found, "no-okta-cache", parseSwitch) ?? false),
    useAwsCache: !(parseValue(found, "no-aws-cache", parseSwitch) ?? false),
    keychain: name("keychain"),
    keychainGiven: found.get("keychain")?.layer !== "default",
    cacheEncryption: encryption === "none" || encryption === "" ? undefined : encryption,
    cacheFallback: CACHE_FALLBACKS.find((choice) => choice === fallback) ?? "nothing",
  };
}

/**
 * Whether credentials become lines of a shell: `--environment`, or `--output env`, which says the same. Another output that was typed counts
 * before a variable and a dotfile, and contradicts a flag.
 */
function printsEnvironment(found: FoundOptions, isAsked: boolean): boolean {
  const output = found.get("output");
  const raw = output?.raw.toLowerCase();
  if (raw === ENVIRONMENT_OUTPUT || output?.layer === "default") return raw === ENVIRONMENT_OUTPUT || isAsked;
  const other = (["unset", "environment"] as const).find((name) => found.get(name)?.layer === "flag");
  if (other === undefined) return false;
  throw new UsageError(`--${other} and --output ${raw ?? ""} both say what is printed`, {
    code: "OPTION_CONFLICT",
    hint: "leave one of them out",
  });
}
