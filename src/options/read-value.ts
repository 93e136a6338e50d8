import { isLoopback } from "../partitions.ts";
import { STANDS_ALONE } from "./option-row.ts";

/** Readers of single values: what a value means, or in words what it must be. Patterns without case cost the cached answer more than `toLowerCase`. */

export function parseUrl(raw: string): URL | string {
  const url = URL.canParse(raw) ? new URL(raw) : undefined;
  if (url === undefined) return "must be a URL";
  if (url.username !== "" || url.password !== "") return "must be a URL without a user name";
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))) return url;
  return "must be an https URL";
}

export function parseRegion(raw: string): { readonly region: string } | string {
  return /^[a-z0-9-]+$/.test(raw) ? { region: raw } : "must be a region such as eu-west-1";
}

/** Seconds, or hours or minutes with their letter. */
export function parseDuration(raw: string): number | string {
  const [, count, unit] = /^(\d+)([hms]?)$/.exec(raw.trim().toLowerCase()) ?? [];
  const seconds = Number(count) * ({ h: 3600, m: 60 }[unit ?? ""] ?? 1);
  return seconds >= 900 && seconds <= 43_200 ? seconds : "must be 900 to 43200 seconds, or a span such as 1h or 90m";
}

/** Seconds, or minutes with their letter. */
export function parseTimeout(raw: string): number | string {
  const [, count, unit] = /^(\d+)([ms]?)$/.exec(raw.trim().toLowerCase()) ?? [];
  const seconds = Number(count) * (unit === "m" ? 60 : 1);
  return seconds >= 1 && seconds <= 300 ? seconds : "must be 1 to 300 seconds, or a span such as 2m";
}

export function parseSwitch(raw: string): boolean | string {
  const word = raw.toLowerCase();
  if (["1", "true", "yes", "on"].includes(word)) return true;
  if (["0", "false", "no", "off"].includes(word)) return false;
  return "must be 1, true, yes, on, 0, false, no or off";
}

/** @param values those that it may be, in lower case */
export function parseChoice(raw: string, values: readonly string[]): { readonly choice: string } | string {
  const choice = raw.toLowerCase();
  return values.includes(choice) ? { choice } : `must be ${values.join(" or ")}`;
}

/** @returns the empty file for a flag that stands alone */
export function parseFile(raw: string): { readonly file: string } | string {
  if (raw === "") return "must be a file, or the flag must stand alone";
  return { file: raw === STANDS_ALONE ? "" : raw };
}

/** Names of npm packages, and patterns of them, in which `*` stands for anything but a slash. */
export function parsePackages(raw: string): { readonly patterns: readonly string[] } | string {
  const patterns = raw.split(/[\s,]+/).filter((pattern) => pattern !== "");
  const isPattern = (pattern: string) => /^(?:@[a-z0-9*._~-]+\/)?[a-z0-9*._~-]+$/.test(pattern);
  if (patterns.length > 0 && patterns.every(isPattern)) return { patterns };
  return "must be names of packages, or patterns as @acme/*, with commas between them";
}
