import { readdirSync } from "node:fs";
import path from "node:path";
import { list, record, text } from "../json.ts";
import { MARK } from "./credentials.ts";
import { cacheFolder, organizationsFile } from "./paths.ts";
import { readKeptJson } from "./read.ts";

/** The organizations that were noted as used from this home. */
export function readNoted(home: string): ReadonlySet<string> {
  return new Set(list(readKeptJson(organizationsFile(home))?.["used"]).flatMap((name) => text(name) ?? []));
}

/** Those of kept sessions, the original's too. */
export function readOfSessions(home: string): ReadonlySet<string> {
  return new Set(sessionFiles(home).flatMap((file) => text(record(readKeptJson(file)?.[MARK])?.["organization"]) ?? []));
}

/** The text of the file that notes them. */
export function formatOrganizations(used: Iterable<string>): string {
  return JSON.stringify({ used: [...used] });
}

function sessionFiles(home: string): readonly string[] {
  const folder = cacheFolder(home);
  try {
    return readdirSync(folder).flatMap((name) => (name.endsWith("-session.json") ? [path.join(folder, name)] : []));
  } catch {
    return [];
  }
}
