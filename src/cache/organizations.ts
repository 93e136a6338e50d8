import { list, text } from "../json.ts";
import { findKeptFiles } from "./kept-files.ts";
import { organizationsFile } from "./paths.ts";
import { readKeptJson } from "./read.ts";

/** The organizations that were noted as used from this home. */
export function readNoted(home: string): ReadonlySet<string> {
  return new Set(list(readKeptJson(organizationsFile(home))?.["used"]).flatMap((name) => text(name) ?? []));
}

/** Those of kept sessions, the original's too. */
export function readOfSessions(home: string): ReadonlySet<string> {
  return new Set(findKeptFiles(home).flatMap(({ kind, owner }) => (kind === "session" && owner !== undefined ? [owner.organization] : [])));
}

/** The text of the file that notes them. */
export function formatOrganizations(used: Iterable<string>): string {
  return JSON.stringify({ used: [...used] });
}
