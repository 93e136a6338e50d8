import { UsageError } from "../errors.ts";
import { checkRegion, isLoopback } from "../partitions.ts";
import { Secret } from "../secret.ts";
import type { Found } from "./layers.ts";
import { type Organization, parseOrganization } from "./organization.ts";
import { refuseForbidden } from "./refuse-forbidden.ts";
import type { OptionName } from "./table.ts";

/** What a person asked for, read and checked. Spans are in seconds. */
export interface Options {
  readonly organization: Organization | undefined;
  readonly user: string | undefined;
  readonly pass: Secret | undefined;
  /** Whether the password is the first line of standard input. */
  readonly passStdin: boolean;
  /** A line of the platform's shell, as `factorCodeCommand`. Of `pass`, `passStdin` and this one, at most one is given. */
  readonly passwordCommand: string | undefined;
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
  readonly environment: boolean;
  readonly targetShell: string;
  readonly output: string;
  readonly outputFormat: string;
  readonly roleSuffixDelimiter: string;
  readonly silent: boolean;
  readonly allApplications: boolean;
  readonly key: string | undefined;
  readonly useOktaCache: boolean;
  readonly useAwsCache: boolean;
  /** Where a value came from, in words: `--role`, `AWS_OKTA_ROLE`. */
  readonly from: (name: OptionName) => string;
}

type FoundOptions = ReadonlyMap<OptionName, Found>;

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
  const password = nearestPassword(found);
  const ofPassword = (name: OptionName) => (name === password ? text(name) : undefined);
  const pass = ofPassword("pass");
  const options: Options = {
    organization: read("organization", parseOrganization),
    user: text("user"),
    pass: pass === undefined ? undefined : new Secret(pass),
    passStdin: ofPassword("pass-stdin") !== undefined,
    passwordCommand: ofPassword("password-command"),
    factor: text("factor"),
    factorCodeCommand: text("factor-code-command"),
    rememberDevice: read("remember-device", parseSwitch) ?? false,
    application: read("application", parseUrl),
    role: text("role"),
    secondaryRole: text("secondary-role"),
    accountAlias: text("account-alias"),
    region: read("region", (raw) => (/^[a-z0-9-]+$/.test(raw) ? { raw } : "must be a region such as eu-west-1"))?.raw,
    durationSeconds: read("duration", parseDuration) ?? 3600,
    signInUrl: read("sign-in-url", parseUrl),
    environment: read("environment", parseSwitch) ?? false,
    targetShell: text("target-shell")?.toLowerCase() ?? "",
    output: text("output")?.toLowerCase() ?? "json",
    outputFormat: text("output-format") ?? "",
    roleSuffixDelimiter: text("role-suffix-delimiter") ?? "-",
    silent: read("silent", parseSwitch) ?? false,
    allApplications: read("all-applications", parseSwitch) ?? false,
    key: text("key"),
    useOktaCache: !(read("no-okta-cache", parseSwitch) ?? false),
    useAwsCache: !(read("no-aws-cache", parseSwitch) ?? false),
    from: (name) => found.get(name)?.from ?? `--${name}`,
  };
  if (options.role !== undefined) checkRegion(options.role, options.region, options.from("region"));
  return options;
}

function parseValue<T>(found: FoundOptions, name: OptionName, parse: (raw: string) => T | string): T | undefined {
  const value = found.get(name);
  if (value === undefined) return undefined;
  const parsed = parse(value.raw);
  if (typeof parsed !== "string") return parsed;
  throw new UsageError(`${name} ${parsed}, got ${JSON.stringify(withoutPassword(value.raw))} (${value.from})`, { code: "OPTION_INVALID" });
}

/** A URL may hold one, and no message does. */
export function withoutPassword(raw: string): string {
  return raw.replace(/[^/@]*:[^/@]*@/g, "…@");
}

function parseUrl(raw: string): URL | string {
  const url = URL.canParse(raw) ? new URL(raw) : undefined;
  if (url === undefined) return "must be a URL";
  if (url.username !== "" || url.password !== "") return "must be a URL without a user name";
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))) return url;
  return "must be an https URL";
}

/** Seconds, or hours or minutes with their letter. */
function parseDuration(raw: string): number | string {
  const match = /^(\d+)([hms]?)$/i.exec(raw.trim());
  const seconds = Number(match?.[1]) * ({ h: 3600, m: 60 }[match?.[2]?.toLowerCase() ?? ""] ?? 1);
  return seconds >= 900 && seconds <= 43_200 ? seconds : "must be 900 to 43200 seconds, or a span such as 1h or 90m";
}

function parseSwitch(raw: string): boolean | string {
  if (/^(?:1|true|yes|on)$/i.test(raw)) return true;
  if (/^(?:0|false|no|off)$/i.test(raw)) return false;
  return "must be 1, true, yes, on, 0, false, no or off";
}

/** Where the password comes from: a flag counts before a variable, and that before a dotfile, whichever option it is. */
function nearestPassword(found: FoundOptions): OptionName | undefined {
  for (const layer of ["flag", "variable", "dotfile"]) {
    const given = (["pass", "pass-stdin", "password-command"] as const).filter((name) => found.get(name)?.layer === layer);
    const [first, second] = given;
    if (first === undefined) continue;
    if (second === undefined) return first;
    throw new UsageError(`${found.get(first)?.from} and ${found.get(second)?.from} both say what the password is`, {
      code: "OPTION_CONFLICT",
      hint: "leave one of them out",
    });
  }
  return undefined;
}
