import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { SecretKind, WireSecret } from "@aws-okta-processor/sandbox";

/** Where a secret was found that does not belong there: `password in stderr, as base64`. */
export type Leak = string;

/** How the same text may be written. */
const FORMS: Readonly<Record<string, (value: string) => readonly string[]>> = {
  "it is": (value) => [value],
  "in a URL": (value) => [encodeURIComponent(value), new URLSearchParams({ v: value }).toString().slice(2)],
  "in JSON": (value) => [inJson(value), inJson(inJson(value))],
  "in HTML": (value) => [
    value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
    value.replace(/[&<>"']/gu, (char) => `&#${char.charCodeAt(0)};`),
  ],
  "in base64": (value) => ["base64", "base64url"].flatMap((encoding) => [0, 1, 2].map((shift) => inBase64(value, shift, encoding))),
  "in hex": (value) => [Buffer.from(value).toString("hex"), Buffer.from(value).toString("hex").replace(/../gu, "$& ").trim()],
};

const inJson = (value: string): string => JSON.stringify(value).slice(1, -1);

/** What is the same of it whatever stands before and after. */
function inBase64(value: string, shift: number, encoding: string): string {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)]);
  const whole = Math.floor(bytes.length / 3) * 3;
  return bytes
    .subarray(0, whole)
    .toString(encoding as BufferEncoding)
    .slice(shift === 0 ? 0 : 4);
}

export function findLeaks(secrets: readonly WireSecret[], where: string, text: string): readonly Leak[] {
  return secrets.flatMap(({ kind, value }) =>
    Object.entries(FORMS)
      .filter(([, write]) => write(value).some((form) => form.length >= 4 && text.includes(form)))
      .map(([form]) => `${kind} in ${where}, as ${form}`),
  );
}

/** What caches are for; everything else of theirs is as outside. */
const KEPT: ReadonlySet<SecretKind> = new Set(["session id", "device token", "secret access key", "AWS session token"]);

/** Looks into every file below a folder. */
export function findLeaksInFiles(secrets: readonly WireSecret[], folder: string): readonly Leak[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file);
    const mayHold = isCache(name) ? secrets.filter(({ kind }) => !KEPT.has(kind)) : secrets;
    return [...findLeaks(mayHold, name, readFileSync(file, "utf8")), ...findLeaks(secrets, "the name of a file", name)];
  });
}

/** Locks, and what is told to those who wait, are no caches though they stand among them. */
export function isCache(name: string): boolean {
  return /^\.aws(?:-okta-processor|[/\\]boto)[/\\]cache[/\\].*\.json$/.test(name);
}
