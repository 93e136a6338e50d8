import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { dig, parseRecord } from "../json.ts";
import { MARK } from "./credentials.ts";
import { sealedPart } from "./keeping.ts";

/**
 * Removes what stands in the caches as it is: of ours all sessions, devices and credentials, of the folder that others use too what bears our
 * mark.
 *
 * @returns how many files are gone
 */
export function removePlain(home: string): number {
  const cache = path.join(home, ".aws-okta-processor", "cache");
  const files = [
    ...filesIn(cache, /-(?:session|device)\.json$/, (content) => sealedPart(parseRecord(content)) === undefined),
    ...filesIn(path.join(cache, "credentials"), /\.json$/, (content) => sealedPart(parseRecord(content)) === undefined),
    ...filesIn(path.join(home, ".aws", "boto", "cache"), /^[\da-f]{40}\.json$/, (content) => dig(parseRecord(content), MARK) !== undefined),
  ];
  return files.filter(remove).length;
}

function filesIn(folder: string, name: RegExp, isMeant: (content: string) => boolean): readonly string[] {
  const names = attempt(() => readdirSync(folder)) ?? [];
  return names
    .filter((one) => name.test(one))
    .map((one) => path.join(folder, one))
    .filter((file) => {
      const content = attempt(() => readFileSync(file, "utf8"));
      return content !== undefined && isMeant(content);
    });
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
