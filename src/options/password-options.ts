import { UsageError } from "../errors.ts";
import { Secret } from "../secret.ts";
import type { FoundOptions } from "./parse-value.ts";
import type { OptionName } from "./table.ts";

export interface PasswordOptions {
  readonly pass: Secret | undefined;
  /** Whether the password is the first line of standard input. */
  readonly passStdin: boolean;
  /** A line of the platform's shell, as `factorCodeCommand`. Of `pass`, `passStdin` and this one, at most one is given. */
  readonly passwordCommand: string | undefined;
}

/** Of several the nearest counts. */
export function parsePasswordOptions(found: FoundOptions): PasswordOptions {
  const nearest = nearestPassword(found);
  const text = (name: OptionName) => (name === nearest ? found.get(name)?.raw : undefined);
  return { pass: toSecret(text("pass")), passStdin: text("pass-stdin") !== undefined, passwordCommand: text("password-command") };
}

const toSecret = (value: string | undefined): Secret | undefined => (value === undefined ? undefined : new Secret(value));

/** Where the password comes from: a flag counts before a variable, and that before a dotfile, whichever option it is. */
function nearestPassword(found: FoundOptions): OptionName | undefined {
  const given = (["pass", "pass-stdin", "password-command"] as const).filter((name) => found.has(name));
  if (given.length === 0) return undefined;
  for (const layer of ["flag", "variable", "dotfile"]) {
    const [first, second] = given.filter((name) => found.get(name)?.layer === layer);
    if (first === undefined) continue;
    if (second === undefined) return first;
    throw new UsageError(`${found.get(first)?.from} and ${found.get(second)?.from} both say what the password is`, {
      code: "OPTION_CONFLICT",
      hint: "leave one of them out",
    });
  }
  return undefined;
}
