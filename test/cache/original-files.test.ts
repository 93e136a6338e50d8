import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { format } from "../../plugins/format-json/src/json.ts";
import { readCredentials } from "../../src/cache/credentials.ts";
import { sessionFile } from "../../src/cache/paths.ts";
import { readSession } from "../../src/cache/session.ts";
import { useFolder } from "../support/folder.ts";
import { NOW, wantedBy } from "./wanted.ts";

interface File {
  /** Below the home. */
  readonly name: string;
  readonly content: string;
}
interface CredentialsFile extends File {
  readonly kind: "credentials";
  readonly given: { readonly organization: string | null; readonly user: string | null; readonly key: string | null };
  /** What the original prints, or null where it fetches anew. */
  readonly read: string | null;
}
interface SessionFile extends File {
  readonly kind: "session";
  readonly given: { readonly organization: string | null; readonly user: string | null };
  readonly read: { readonly id: string; readonly user_name: string; readonly organization: string } | null;
}

/** Written by original-files.py beside it. */
const files = readFileSync(new URL("original-files.jsonl", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as CredentialsFile | SessionFile);

describe("credentials that the original wrote are found and printed as it prints them", () => {
  const kept = files.flatMap((file) => (file.kind === "credentials" ? [file] : []));
  test.each(kept.map((file, number) => ({ ...file, number })))("$number: $name", ({ given, name, content, read }) => {
    const folder = useFolder({ [name]: content });
    const found = readCredentials(folder.path, wantedBy(given), NOW);
    expect(found === undefined ? null : format.credentials?.(found.credentials, { variables: {} })).toBe(read);
  });
});

describe("sessions that the original wrote are found, and whose they are is taken from them", () => {
  const kept = files.flatMap((file) => (file.kind === "session" ? [file] : []));
  test.each(kept.map((file, number) => ({ ...file, number })))("$number: $name", ({ given, name, content, read }) => {
    const folder = useFolder({ [name]: content });
    const place = sessionFile(folder.path, given.user ?? undefined, given.organization ?? undefined);
    expect(place).toBe(path.join(folder.path, name));
    const found = readSession(place, NOW);
    const owner = found === undefined ? null : { id: found.id.reveal(), user_name: found.user, organization: found.organization };
    expect(owner).toEqual(read);
  });
});
