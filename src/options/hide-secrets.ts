import type { World } from "../world.ts";
import { OPTIONS } from "./table.ts";

/** Stands in a command line where a secret was. */
const HIDDEN = "[secret]";

export interface HiddenArgv {
  readonly argv: readonly string[];
  /** What was taken out, by option. */
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * Takes secrets out of a command line before anything that may print it sees it: oclif writes it down under DEBUG.
 * Knows every form that oclif's parser knows: `--pass X`, `--pass=X`, `-p X`, `-pX`, `-p=X`, `-esp X`.
 */
export function hideSecrets(argv: readonly string[]): HiddenArgv {
  const secrets: Record<string, string> = {};
  const shown: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const token = argv[i] ?? "";
    const found = token === "--" ? undefined : findSecret(token);
    if (found === undefined) {
      shown.push(token);
      continue;
    }
    const value = found.inline ?? argv[++i];
    if (value !== undefined) secrets[found.name] = value;
    shown.push(...(value === undefined ? [found.flag] : [found.flag, HIDDEN]));
  }
  return { argv: shown, secrets };
}

/** The variables that a program which we start may see: all but those that hold a secret. */
export function hideSecretVariables(env: World["env"]): World["env"] {
  const hidden = new Set(OPTIONS.filter(({ secret }) => secret === true).map((row) => row.env));
  // Windows does not tell upper from lower case here.
  return Object.fromEntries(Object.entries(env).filter(([name]) => !hidden.has(name.toUpperCase())));
}

interface SecretFlag {
  readonly name: string;
  /** The token without its value. */
  readonly flag: string;
  readonly inline: string | undefined;
}

function findSecret(token: string): SecretFlag | undefined {
  for (const row of OPTIONS.filter(({ secret }) => secret === true)) {
    const long = `--${row.name}`;
    if (token === long) return { name: row.name, flag: long, inline: undefined };
    if (token.startsWith(`${long}=`)) return { name: row.name, flag: long, inline: token.slice(long.length + 1) };
    const [, before, after] = row.char === undefined ? [] : (new RegExp(`^-([${SWITCHES}]*)${row.char}(.*)$`, "s").exec(token) ?? []);
    if (before === undefined || after === undefined) continue;
    return { name: row.name, flag: `-${before}${row.char}`, inline: after === "" ? undefined : after.replace(/^=/, "") };
  }
  return undefined;
}

/** The letters that may stand before another one behind the same dash. */
const SWITCHES = OPTIONS.filter(({ kind }) => kind === "switch")
  .map(({ char }) => char ?? "")
  .join("");
