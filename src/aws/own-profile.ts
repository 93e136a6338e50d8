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

/** @returns undefined for a command that we did not write */
export function readCommand(command: string): Own | undefined {
  const [, organization, user, application, role] = generated.exec(command) ?? [];
  if (role === undefined) return undefined;
  return { source: JSON.stringify([organization, user, application]), role: JSON.stringify([organization, user, role]) };
}

/** What ends a line or a name, opens a comment, or is more than itself to one reader or another. */
const badSection = /[\p{Cc}\u2028\u2029[\]"'\\#;]|^\s|\s$|^$/u;
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
