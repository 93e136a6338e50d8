import { COMMANDS, type CommandName, holdsIn, STANDS_ALONE } from "./option-row.ts";
import { type NamedRow, optionsOf } from "./table.ts";

/**
 * Writes shortened long flags out, as docopt understood them: `--env` is `--environment` as long as no other flag of the original begins
 * so. A flag that stands without the value that it may have gets one that says so. Values are left alone, and so is what stands behind `--`.
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
    const row = flag.startsWith("--") ? rowOf(flag.slice(2), command) : rows.find(({ char }) => char !== undefined && flag === `-${char}`);
    if (row === undefined) continue;
    if (flag.startsWith("--")) expanded[i] = `--${row.name}${value}`;
    if (row.kind === "switch" || value !== "") continue;
    if (row.valueOptional === true && (argv[i + 1] ?? "-").startsWith("-")) expanded[i] = `--${row.name}=${STANDS_ALONE}`;
    else i++;
  }
  return expanded;
}

function rowOf(name: string, command: CommandName): NamedRow | undefined {
  const rows = optionsOf(command);
  const exact = rows.find((row) => row.name === name);
  if (exact !== undefined) return exact;
  const beginning = rows.filter((row) => row.name.startsWith(name));
  const original = beginning.filter((row) => !holdsIn(command, row.added));
  if (original.length === 1) return original[0];
  // What is refused is refused shortened too, and its value is hidden.
  return original.length === 0 ? beginning.find((row) => row.refused !== undefined) : undefined;
}
