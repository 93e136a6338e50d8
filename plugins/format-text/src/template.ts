import { type LayOut, parseSpec } from "./format-spec.ts";

export type Token = (typeof tokens)[number];

/** A literal, or a token and how its value is laid out. */
export type Part = string | { readonly token: Token; readonly layOut: LayOut };

/** The user wrote a template that means nothing; the message is one sentence that lists the tokens. */
export class TemplateError extends Error {
  constructor(problem: string) {
    super(`${problem.replaceAll(/\p{Cc}|[\u2028\u2029]/gu, "?")}; the tokens are ${tokens.map((token) => `{${token}}`).join(" ")}`);
  }
}

/**
 * Reads a template as Python's str.format does, for values that are all strings.
 *
 * Left out on purpose: attributes, indexes, nested fields, `!r` and `!a`.
 *
 * @see https://docs.python.org/3/library/string.html#format-string-syntax
 * @throws TemplateError
 */
export function parseTemplate(template: string): readonly Part[] {
  const pieces = template.matchAll(/(?<literal>[^{}]+)|(?<escaped>\{\{|\}\})|\{(?<field>[^{}]*)\}|[{}]/g);
  return Array.from(pieces, ({ groups = {} }) => parsePiece(groups));
}

const tokens = ["account", "account_id", "account_raw", "application_url", "organization", "role", "role_suffix", "user"] as const;

function parsePiece(groups: Readonly<Record<string, string | undefined>>): Part {
  const { literal, escaped, field } = groups;
  if (literal !== undefined) return literal;
  if (escaped !== undefined) return escaped.charAt(0);
  if (field !== undefined) return parseField(field);
  throw new TemplateError('a brace has no partner, or stands inside another field; write "{{" and "}}" for braces themselves');
}

function parseField(field: string): Part {
  const { name = "", conversion, spec = "" } = /^(?<name>[^!:]*)(?<conversion>![^:]*)?(?::(?<spec>.*))?$/s.exec(field)?.groups ?? {};
  const token = tokens.find((known) => known === name);
  if (token === undefined) throw new TemplateError(`${JSON.stringify(`{${name}}`)} is not a token`);
  if (conversion !== undefined && conversion !== "!s") throw new TemplateError(`{${token}} has a conversion other than "!s"`);
  const layOut = parseSpec(spec);
  if (layOut === undefined) throw new TemplateError(`${JSON.stringify(`:${spec}`)} is no format for {${token}}`);
  return { token, layOut };
}
