import { hasType, html, type Reply, type Request } from "../http/message.ts";
import { refuse } from "./errors.ts";

export type Fields = Readonly<Record<string, unknown>>;

export type Body = { readonly fields: Fields } | { readonly refusal: Reply };

/** Reads a JSON object; an empty body is one without fields where `empty` allows it. */
export function readFields(request: Request, empty: "allowed" | "refused"): Body {
  if (request.headers["content-length"] === undefined) return { refusal: html(411, "<h1>Length Required</h1>") };
  if (!hasType(request, "application/json")) return { refusal: refuse("E0000021") };
  if (request.body === "" && empty === "allowed") return { fields: {} };
  const value = parse(request.body);
  return isFields(value) ? { fields: value } : { refusal: refuse("E0000003") };
}

export function readForm(request: Request): Body {
  if (!hasType(request, "application/x-www-form-urlencoded")) return { refusal: html(415, "<h1>Unsupported Media Type</h1>") };
  return { fields: Object.fromEntries(new URLSearchParams(request.body)) };
}

export function textOf(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === "string" ? value : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
