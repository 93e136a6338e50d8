import { readFileSync, rmSync } from "node:fs";
import { dig, parseRecord } from "../json.ts";
import { MARK } from "./credentials.ts";
import { sealedPart } from "./keeping.ts";
import { type ListedFile, listKept } from "./kept-files.ts";

/**
 * Removes what stands in the caches as it is: of ours all sessions, devices and credentials, of the folder that others use too what bears our
 * mark.
 *
 * @returns how many files are gone
 */
export function removePlain(home: string): number {
  return Array.from(listKept(home)).filter((listed) => isPlain(listed) && remove(listed.file)).length;
}

/** Also what is open to others, or torn: it is read as it stands there. */
function isPlain({ file, kind, stats }: ListedFile): boolean {
  if (!["session", "device", "credentials", "shared"].includes(kind) || !stats.isFile()) return false;
  const content = attempt(() => readFileSync(file, "utf8"));
  if (content === undefined) return false;
  const json = parseRecord(content);
  return kind === "shared" ? dig(json, MARK) !== undefined : sealedPart(json) === undefined;
}

function remove(file: string): boolean {
  return (
    attempt(() => {
      rmSync(file);
      return true;
    }) ?? false
  );
}

/** What cannot be read or removed is left, as other entries that fail. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
