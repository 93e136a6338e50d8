import type { RoleListing } from "@aws-okta-processor/contract";
import type { NameRole } from "./profile-names.ts";

const TOKENS = ["account", "account_id", "role_name", "role_suffix", "organization", "user"] as const;

/** @returns what is wrong with a template, in one sentence, or undefined */
export function checkTemplate(template: string): string | undefined {
  const stray = template.replaceAll(/\{(\w+)\}/g, (field, name) => (TOKENS.some((token) => token === name) ? "" : field));
  const [field] = /\{\w+\}/.exec(stray) ?? [];
  const tokens = `the tokens are ${TOKENS.map((token) => `{${token}}`).join(" ")}`;
  if (field !== undefined) return `"${field}" is not a token of a profile's name; ${tokens}`;
  if (/[{}]/.test(stray)) return `a profile's name has a brace that is part of no token; ${tokens}`;
  return template.trim() === "" ? `a profile's name must not be empty; ${tokens}` : undefined;
}

/** The names that a template gives, before what no name may hold is taken out of them. */
export function namer(template: string, { organization, user }: Pick<RoleListing, "organization" | "user">): NameRole {
  return ({ name, id }, role) => {
    const values = { account: name, account_id: id, role_name: role.name, role_suffix: role.suffix.toLowerCase(), organization, user };
    return template.replaceAll(/\{(\w+)\}/g, (_, token: keyof typeof values) => values[token]);
  };
}
