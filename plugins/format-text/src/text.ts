import type { Format, FormatContext, ListedAccount, ListedRole, RoleListing } from "@aws-okta-processor/contract";
import { type Part, parseTemplate, TemplateError, type Token } from "./template.ts";

export const format: Format = { check: checkTemplate, roles: writeLines };

function checkTemplate({ template }: FormatContext): string | undefined {
  try {
    parseTemplate(template);
    return undefined;
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
}

function writeLines(listing: RoleListing, { template }: FormatContext): Iterable<string> {
  return renderLines(listing, parseTemplate(template));
}

function* renderLines(listing: RoleListing, parts: readonly Part[]): Iterable<string> {
  for (const account of listing.accounts) {
    for (const role of account.roles) {
      const values = valuesOf(listing, account, role);
      yield `${parts.map((part) => render(part, values)).join("")}\n`;
    }
  }
}

function valuesOf(listing: RoleListing, account: ListedAccount, role: ListedRole): Readonly<Record<Token, string>> {
  return {
    account: account.name,
    account_id: account.id,
    account_raw: account.nameRaw,
    application_url: listing.applicationUrl,
    organization: listing.organization,
    role: role.arn,
    role_suffix: role.suffix.toLowerCase(),
    user: listing.user,
  };
}

function render(part: Part, values: Readonly<Record<Token, string>>): string {
  return typeof part === "string" ? part : part.layOut(oneLine(values[part.token]));
}

/** A role is one line, whatever a name from outside holds, and no name may speak to the terminal. */
function oneLine(value: string): string {
  return value.replaceAll(/[\p{Cc}\u2028\u2029]/gu, "\ufffd");
}
