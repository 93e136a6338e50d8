import { readFileSync } from "node:fs";
import path from "node:path";
import { string } from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import { UsageError } from "../errors.ts";
import { worldOf } from "./host.ts";

/** Of each shell, its script in bin/completion. */
const SCRIPTS: Readonly<Record<string, string>> = {
  bash: "bash.sh",
  zsh: "zsh.zsh",
  fish: "fish.fish",
  powershell: "powershell.ps1",
  pwsh: "powershell.ps1",
};

export default class Completion extends Command {
  static override summary = "Print a script that completes commands, flags and their values in your shell";
  static override description =
    "The script asks this program at each TAB, so that what is installed by then is offered. Nothing is signed in to.";
  static override examples = ['eval "$(<%= config.bin %> completion bash)"', "<%= config.bin %> completion fish | source"];
  static override args = {
    // Without it oclif would look for a missing argument on standard input.
    shell: string({ description: "bash, zsh, fish or powershell", options: Object.keys(SCRIPTS), required: true, ignoreStdin: true }),
  };

  async run(): Promise<void> {
    const [shell] = this.argv;
    if (shell === undefined || (SCRIPTS[shell] === undefined && !shell.startsWith("-"))) {
      const wrong = shell === undefined ? "" : `, not ${JSON.stringify(shell)}`;
      throw new UsageError(`give completion one of bash, zsh, fish, powershell${wrong}`, { code: "USAGE" });
    }
    const { args } = await this.parse(Completion);
    worldOf(this.config).writeOutput(readFileSync(path.join(this.config.root, "bin/completion", SCRIPTS[args.shell] ?? ""), "utf8"));
  }
}
