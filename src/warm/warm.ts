/**
 * The cached answer: node builtins and this one bundle, nothing else. It has no opinions: where anything is not plain it answers nothing,
 * and the full program comes to the same result, byte for byte.
 */

import { findFormat } from "virtual:bundled-formats";
import { findShell } from "virtual:bundled-shells";
import type { Credentials, Shell } from "@aws-okta-processor/contract";
import { type KeptCredentials, ownEntryFile, readCredentials } from "../cache/credentials.ts";
import { renderEnvironment, renderRemoval, toVariables } from "../flows/render-environment.ts";
import { wantedCredentials } from "../flows/wanted-credentials.ts";
import { readLinuxProcess } from "../linux-process.ts";
import { CALLING_SHELL, type Options } from "../options/options.ts";
import { resolveOptions } from "../options/resolve.ts";
import { writeAll } from "../write-all.ts";
import { readPlainFlags } from "./plain-flags.ts";
import { replacesBundled } from "./replaced.ts";

type Outside = Pick<NodeJS.Process, "argv" | "env" | "platform" | "cwd" | "ppid">;

/** What is to be done where nothing is kept: perhaps another process keeps something soon. */
type Missing = (file: string, find: () => KeptCredentials | undefined, silent: boolean) => KeptCredentials | undefined;

/** @returns whether the answer was written */
export function answer(outside: Outside, missing: Missing): boolean {
  try {
    const text = findAnswer(outside, new Date(), missing);
    if (text === undefined) return false;
    writeAll(1, text);
    return true;
  } catch {
    return false;
  }
}

/** What the full program would print, or undefined where it has to be asked. */
export function findAnswer({ argv, env, platform, cwd, ppid }: Outside, now: Date, missing?: Missing): string | undefined {
  const flags = readPlainFlags(argv.slice(2));
  const home = platform === "win32" ? env["USERPROFILE"] : env["HOME"];
  if (flags === undefined || home === undefined || home === "" || replacesBundled(home, env, platform)) return undefined;
  const options = resolveOptions("authenticate", flags, { env, cwd: cwd(), home, platform });
  const shell = () => (options.targetShell === CALLING_SHELL ? findShellOf(ppid, platform) : findShell(options.targetShell));
  if (options.unset) return render(shell(), renderRemoval);
  const print = options.useAwsCache ? printer(options, shell) : undefined;
  if (print === undefined) return undefined;
  const wanted = wantedCredentials(options);
  const find = () => readCredentials(home, wanted, now);
  // What is encrypted only the program can read.
  const wait = wanted.encrypted ? undefined : missing;
  const kept = find() ?? wait?.(ownEntryFile(home, wanted), find, options.silent);
  return kept === undefined ? undefined : print(kept.credentials);
}

const render = (shell: Shell | undefined, lines: (shell: Shell) => string) => (shell === undefined ? undefined : lines(shell));

function printer(
  { environment, output }: Options,
  wantedShell: () => Shell | undefined,
): ((credentials: Credentials) => string) | undefined {
  if (environment) {
    const shell = wantedShell();
    return shell === undefined ? undefined : (credentials) => renderEnvironment(shell, credentials);
  }
  const format = findFormat(output);
  return format?.credentials === undefined
    ? undefined
    : (credentials) => format.credentials?.(credentials, { variables: toVariables(credentials) }) ?? "";
}

/** Of the program that called this one, where that is cheap to learn; whoever called that one is not looked for. */
function findShellOf(ppid: number, platform: string): Shell | undefined {
  const { names = [] } = (platform === "linux" ? readLinuxProcess(ppid) : undefined) ?? {};
  return names.map((name) => findShell(name.toLowerCase())).find((shell) => shell !== undefined);
}
