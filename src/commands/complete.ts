import { Config } from "@oclif/core/config";
import { type Extension, mayPrint } from "../extensions/registry.ts";
import { complete, formatCandidates } from "../flows/completion/complete.ts";
import { type Candidate, type Installed, parseCommand } from "../flows/completion/known-program.ts";
import { splitLine } from "../flows/completion/split-line.ts";
import type { Outside } from "../options/resolve.ts";
import { knownRegistry } from "./host.ts";
import { mayLoadCommands } from "./others-commands.ts";
import { PRINTED } from "./printed.ts";

/** The program's name is the first word. */
interface Typed {
  /** How a shell tells what was typed: a word a line, or with `--complete-line` the line as it is. */
  readonly way: string;
  readonly input: string;
}

/**
 * A line for each candidate. Manifests are read, and no hook is run: oclif would load the plugins' modules for those.
 */
export async function answerShell(root: string, { way, input }: Typed, outside: Outside): Promise<string> {
  const typed = input.replace(/\r?\n$/, "");
  const words = way === "--complete-line" ? splitLine(typed) : typed.split(/\r?\n/);
  const config = await Config.load({ root, userPlugins: mayLoadCommands(outside).allowed });
  const registry = knownRegistry(config, outside);
  const installed: Installed = (kind, command) => namesOf(registry.list(kind).filter((one) => mayPrint(one, PRINTED[command])));
  const program = {
    commands: config.commands.map((command) => parseCommand(command, installed)),
    topics: new Map(config.topics.map(({ name, description }) => [name, description ?? ""])),
  };
  return formatCandidates(complete(words.slice(1), program)).replaceAll("<%= config.bin %>", config.bin);
}

/** What stands for any provider is offered as the type alone. */
function namesOf(extensions: readonly Extension[]): readonly Candidate[] {
  return extensions.map((extension) => ({ value: extension.name.replace(/:\*$/, ""), help: extension.package.name }));
}
