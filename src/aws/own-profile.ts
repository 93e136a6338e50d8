import type { Profile } from "@aws-okta-processor/contract";
import { BugError } from "../errors.ts";

/** Whose profile it is, as text to compare. */
export interface Own {
  /** Organization, user and role: several applications may give one role, and any of them serves. */
  readonly role: string;
  /** Organization, user and application. */
  readonly source: string;
}

const argument = (option: string): string => `--${option}="([^"\\\\$\`]*)"`;
const options = ["organization", "user", "application", "role", "key"].map(argument);
const generated = new RegExp(`^aws-okta-processor authenticate ${options.join(" ")}$`, "u");

/** @returns undefined for a command that we did not write; our key is the name of the account and the role */
export function readCommand(command: string): Own | undefined {
  const [, organization = "", user = "", application = "", role, key = ""] = generated.exec(command) ?? [];
  if (role === undefined || !key.endsWith(`-${role}`)) return undefined;
  return { source: sourceOf(organization, user, application), role: JSON.stringify([organization, user, role]) };
}

/** Whose list a role is in, as text to compare. */
export function sourceOf(organization: string, user: string, application: string): string {
  return JSON.stringify([organization, user, application]);
}

/** What ends a line or a name, opens a comment, or is more than itself to one reader or another. */
const badSection = /[\p{Cc}\u2028\u2029[\]"'\\#;]|^\s|\s$|^$|^(?:profile )?__proto__$/u;
const badValue = /[\p{Cc}\u2028\u2029]|\s[#;]|^\s|\s$|^$/u;
const goodKey = /^[a-z][a-z0-9_]*$/u;

/**
 * The last door before the file: the format has checked already.
 *
 * @throws BugError that names the profile
 */
export function checkProfile({ section, settings }: Profile): Own {
  const own = readCommand(settings["credential_process"] ?? "");
  const broken = Object.entries(settings).some(([key, value]) => !goodKey.test(key) || badValue.test(value));
  if (own === undefined || broken || badSection.test(section)) {
    throw new BugError(`unexpected text in the profile ${JSON.stringify(section)}; nothing was written`, { code: "BUG" });
  }
  return own;
}
