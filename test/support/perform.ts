import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Config } from "@oclif/core/config";
import { describeFailure } from "../../src/commands/describe-failure.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import { CancelledError } from "../../src/errors.ts";
import { expandFlags } from "../../src/options/expand-flags.ts";
import { hideSecrets, hideSecretVariables } from "../../src/options/hide-secrets.ts";
import type { World } from "../../src/world.ts";
import { type CommandLine, type Ran, type Surroundings, words } from "./process.ts";
import { createWorld } from "./world.ts";

const sleep: World["sleep"] = (ms, signal) => setTimeout(ms, undefined, { signal }).catch(() => Promise.reject(new CancelledError()));

/**
 * What the built program does with a command line, without a process of its own, a terminal and anything to read: flags, options, flow,
 * printing, and the lines and exit codes of errors. Not here: the cached answer's short cut, plugins of the person's own, help, signals.
 */
export async function perform(line: CommandLine, { env, cwd }: Surroundings): Promise<Ran> {
  const { argv, secrets } = hideSecrets(expandFlags(words(line)));
  const world = createWorld({
    secrets,
    env,
    childEnv: hideSecretVariables(env),
    platform: process.platform,
    cwd,
    home: env["HOME"],
    sleep,
    readInput: async () => "",
  });
  const exitCode = await runCommand(argv, world);
  return { stdout: world.written.output, stderr: world.written.diagnosis, exitCode };
}

async function runCommand(argv: readonly string[], world: World): Promise<number> {
  try {
    const { Command, rest } = findCommand(argv);
    await new Command([...rest], await configWith(world)).run();
    return 0;
  } catch (error) {
    const { text, exitCode } = describeFailure(error, false);
    world.writeDiagnosis(text);
    return exitCode;
  }
}

function findCommand(argv: readonly string[]) {
  const [first, second] = argv;
  if (first === "config" && second === "show") return { Command: COMMANDS["config:show"], rest: argv.slice(2) };
  if (first === "plugins" && second === "create") return { Command: COMMANDS["plugins:create"], rest: argv.slice(2) };
  if (first === "authenticate" || first === "get-roles") return { Command: COMMANDS[first], rest: argv.slice(1) };
  throw new Error(`only a process knows what to do with "${argv.join(" ")}"`);
}

let loading: Promise<Config> | undefined;

/** What oclif has read of the package and of the plugins that come with it, with a world of its own. */
async function configWith(world: World): Promise<Config> {
  loading ??= Config.load({ root: fileURLToPath(new URL("../..", import.meta.url)), userPlugins: false, devPlugins: false });
  const config = await loading;
  return Object.create(config, { options: { value: { ...config.options, world } } }) as Config;
}
