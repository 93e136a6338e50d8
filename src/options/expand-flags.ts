import { COMMANDS } from "./option-row.ts";
import { type NamedRow, optionsOf } from "./table.ts";

/**
 * Writes shortened long flags out, as docopt understood them: `--env` is `--environment` as long as no other flag of the original begins
 * so. Values are left alone, and so is what stands behind `--`.
 *
 * @see http://docopt.org
 */
export function expandFlags(argv: readonly string[]): readonly string[] {
  const command = COMMANDS.find((name) => name === argv[0]);
  if (command === undefined) return argv;
  const rows = optionsOf(command);
  const end = argv.indexOf("--");
  const expanded = [...argv];
  for (let i = 1; i < (end === -1 ? argv.length : end); i++) {
    const [, flag = "", value = ""] = /^(--?[^=]+)(=.*)?$/s.exec(argv[i] ?? "") ?? [];
    const row = flag.startsWith("--") ? rowOf(flag.slice(2), rows) : rows.find(({ char }) => char !== undefined && flag === `-${char}`);
    if (row === undefined) continue;
    if (flag.startsWith("--")) expanded[i] = `--${row.name}${value}`;
    if (row.kind !== "switch" && value === "") i++;
  }
  return expanded;
}

function rowOf(name: string, rows: readonly NamedRow[]): NamedRow | undefined {
  const exact = rows.find((row) => row.name === name);
  if (exact !== undefined) return exact;
  const beginning = rows.filter((row) => row.name.startsWith(name));
  const original = beginning.filter((row) => row.added !== true);
  if (original.length === 1) return original[0];
  // What is refused is refused shortened too, and its value is hidden.
  return original.length === 0 ? beginning.find((row) => row.refused !== undefined) : undefined;
}
