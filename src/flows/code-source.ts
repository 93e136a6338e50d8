import type { Options } from "../options/options.ts";
import { firstLineOf } from "./command-line.ts";
import type { Parts } from "./parts.ts";

/**
 * Where codes come from without typing: a new one each time it is asked, or undefined where there is no command or where it has only the
 * code that it gave before, which is of no use any more.
 */
export function createCodeSource({ terminal }: Pick<Parts, "terminal">, options: Options): () => Promise<string | undefined> {
  const { factorCodeCommand: line } = options;
  const given = new Set<string>();
  return async () => {
    if (line === undefined) return undefined;
    const from = options.from("factor-code-command");
    const code = (await firstLineOf({ line, from }, terminal)).trim();
    if (!given.has(code)) {
      given.add(code);
      return code;
    }
    terminal.announce(`the command of ${from} gave the same code as before`);
    return undefined;
  };
}
