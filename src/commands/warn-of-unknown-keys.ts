import { readDotfiles } from "../options/read-dotfiles.ts";
import { unknownKeys } from "../options/unknown-keys.ts";
import { cleanText } from "../terminal/clean.ts";
import type { World } from "../world.ts";

/** Names what nobody reads in the dotfiles. A cached answer does not look. */
export function warnOfUnknownKeys(world: World): void {
  for (const sentence of unknownKeys(readDotfiles(world))) world.writeDiagnosis(`warning: ${cleanText(sentence)}\n`);
}
