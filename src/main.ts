import { closeSync, openSync, readFileSync } from "node:fs";
import os from "node:os";
import { Writable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { isatty } from "node:tty";
import { run } from "@oclif/core/run";
import { listAncestors } from "./ancestors.ts";
import { whoIsAtWork, whoIsWaitedFor } from "./at-work.ts";
import { mayLoadCommands, OWN_COMMANDS } from "./commands/others-commands.ts";
import { AppError, BugError, CancelledError, UsageError } from "./errors.ts";
import { failed } from "./extensions/guard.ts";
import { findProgram } from "./find-program.ts";
import { restrainNpm } from "./npm-environment.ts";
import { expandFlags } from "./options/expand-flags.ts";
import { hideSecrets, hideSecretVariables } from "./options/hide-secrets.ts";
import { readFirstLine } from "./read-first-line.ts";
import { cleanText } from "./terminal/clean.ts";
import { startWatchdog, type Watchdog } from "./watchdog.ts";
import type { WaitedFor, World } from "./world.ts";
import { writeAll } from "./write-all.ts";

/** Runs the command line: builds the world, hands it to oclif, and is alone in printing errors and choosing the exit code. */
export async function main(root: string, waitedFor?: WaitedFor): Promise<void> {
  const [command, asked] = process.argv.slice(2);
  if (command === "completion" && (asked === "--complete" || asked === "--complete-line")) return offerCandidates(root, asked);
  const cancel = new AbortController();
  // A second Ctrl-C ends what the first could not. A terminal that closes may say so more than once.
  process.once("SIGINT", () => cancel.abort());
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => cancel.abort());
  // The SDK would warn on stderr of Node versions that it will leave behind; which ones work here is ours to say.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  process.on("uncaughtException", (error) => endUncaught(error, cancel.signal.aborted));
  // Node would end with 0 where nothing is left to wait for though no answer came: somebody forgot a promise.
  const endUnanswered = () => {
    const error = new Error("the program came to its end without an answer");
    const shift = whoIsWaitedFor();
    process.exitCode = report(shift === undefined ? error : failed(shift.packageName, "gave no answer", error), cancel.signal.aborted);
  };
  process.once("beforeExit", endUnanswered);
  let failure: number | undefined;
  try {
    const { argv, secrets } = hideSecrets(expandFlags(process.argv.slice(2)));
    process.argv.splice(2, process.argv.length, ...argv);
    if (/^plugins(?::|$)/.test(argv[0] ?? "")) restrainNpm(process.env, findProgram("git", process.env));
    const world = { ...buildWorld(secrets, cancel.signal), waitedFor };
    const options = { root, world, userPlugins: wantsOthersCommands(argv, world) };
    await run([...argv], options);
  } catch (error) {
    failure = report(error, cancel.signal.aborted);
    process.exitCode = failure;
  } finally {
    process.off("beforeExit", endUnanswered);
    // The exit code is not a stranger's either.
    const exitCode = failure ?? 0;
    if (watchdog !== undefined) {
      process.exitCode = exitCode;
      void setTimeout(MOST_MS_BEYOND, undefined, { ref: false }).then(() => end(exitCode));
    }
  }
}

/** What a stranger's code has left open, as a timer, does not keep the program when all is done; what we write meanwhile has its time. */
const MOST_MS_BEYOND = 500;

/** Nobody else's code is loaded for our own commands, unless it is a factor, a format, a shell or a keychain that was chosen. */
function wantsOthersCommands([command = ""]: readonly string[], world: World): boolean {
  if (OWN_COMMANDS.includes(command.split(":")[0] ?? "")) return false;
  const { allowed, because } = mayLoadCommands(world);
  if (because !== undefined) world.writeDiagnosis(`warning: ${cleanText(because)}\n`);
  return allowed;
}

const end = process.exit.bind(process);

let watchdog: Watchdog | undefined;

/** The stream itself, also where strangers have another in its place; not looked at before it is needed, for that costs two milliseconds. */
let standardOutput = (): NodeJS.Process["stdout"] => process.stdout;

/**
 * From now on nothing is written to standard output but the answer, which goes another way; the program is not a stranger's to end or to
 * block; and what is secret among the variables is no variable any more.
 */
function admitStranger(packageName: string): void {
  watchdog ??= guardProcess();
  watchdog.name(packageName);
}

function guardProcess(): Watchdog {
  const known = hideSecretVariables(process.env);
  for (const name of Object.keys(process.env)) if (!Object.hasOwn(known, name)) delete process.env[name];
  const refuse = new Writable({
    write: (_chunk, _encoding, done) => {
      noteOffence("wrote to standard output, which is for the answer alone");
      done();
    },
  });
  const { stdout } = process;
  standardOutput = () => stdout;
  Object.defineProperty(process, "stdout", { configurable: true, get: () => refuse });
  process.exit = (code) => {
    const shift = whoIsAtWork();
    if (shift === undefined) return end(code);
    noteOffence("wanted to end the program");
    throw failed(shift.packageName, "wanted to end the program");
  };
  return startWatchdog((work, everyMs) => setInterval(work, everyMs).unref());
}

function noteOffence(offence: string): void {
  const shift = whoIsAtWork();
  if (shift !== undefined) shift.offence ??= offence;
}

/** What is thrown where nobody waits for it, most often by a timer of somebody's plugin. */
function endUncaught(error: unknown, cancelled: boolean): never {
  const shift = whoIsAtWork();
  // What a stranger throws after the answer spoils nothing.
  if (shift !== undefined && isAnswered) return end(0);
  try {
    const isTold = shift === undefined || error instanceof AppError;
    return end(report(isTold ? error : failed(shift.packageName, "threw where nobody waited for it", error), cancelled));
  } catch {
    writeAll(2, "aws-okta-processor: what was thrown cannot be told\n");
    return end(1);
  }
}

let isAnswered = false;

/** Whoever waits at TAB for longer has given up. */
const MOST_MS_AT_TAB = 5000;

/**
 * For a shell at TAB: an answer that may be empty, and nothing else, whatever happens. What was typed comes on standard input, for a password
 * in an argument would be seen by other processes. oclif loads the commands of a plugin without a manifest, which may write and never end.
 */
async function offerCandidates(root: string, way: string): Promise<never> {
  void setTimeout(MOST_MS_AT_TAB).then(() => process.exit());
  try {
    // Somebody's DEBUG, oclif's warnings and Node's would be written into the line that is typed.
    closeSync(2);
    openSync(os.devNull, "w");
    process.stdout.write = () => true;
    const { answerShell } = await import("./commands/complete.ts");
    writeAll(1, isatty(0) ? "" : await answerShell(root, { way, input: readFileSync(0, "utf8") }, outsideOf(process)));
  } catch {
    // Fewer candidates.
  }
  process.exit();
}

function outsideOf({ env, platform, cwd }: NodeJS.Process): Pick<World, "env" | "cwd" | "home" | "platform"> {
  return { env, platform, cwd: cwd(), home: homeOf(env, platform) };
}

function buildWorld(secrets: World["secrets"], signal: AbortSignal): Omit<World, "waitedFor"> {
  let input: Promise<string | undefined> | undefined;
  const system = { platform: process.platform, childEnv: hideSecretVariables(process.env) };
  return {
    childEnv: system.childEnv,
    secrets,
    ...outsideOf(process),
    terminal: terminalOf(process.platform),
    execPath: process.execPath,
    pid: process.pid,
    hostName: os.hostname(),
    now: () => new Date(),
    sleep: (ms, until) => setTimeout(ms, undefined, { signal: until }).catch(() => Promise.reject(new CancelledError())),
    doze: (ms, until) => setTimeout(ms, undefined, { signal: until, ref: false }).catch(() => Promise.reject(new CancelledError())),
    fetch: globalThis.fetch,
    signal,
    readInput: () => {
      input ??= isatty(0) ? Promise.resolve(undefined) : readFirstLine(process.stdin, signal);
      return input;
    },
    ancestors: () => listAncestors(process.pid, system),
    admitStranger,
    outputTerminal: () => (isatty(1) ? describeTerminal(standardOutput()) : undefined),
    writeOutput: writeAnswer,
    writeDiagnosis: (text) => writeAll(2, text),
  };
}

/** Whoever reads no further, as `head`, has what was wanted. */
function writeAnswer(text: string): void {
  isAnswered = true;
  const write = () => writeAll(1, text);
  try {
    if (watchdog === undefined) write();
    else watchdog.pause(write);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPIPE")) throw error;
  }
}

/** One that does not say how wide it is says 0. */
function describeTerminal(output: NodeJS.Process["stdout"]): ReturnType<World["outputTerminal"]> {
  return { columns: output.columns > 0 ? output.columns : 80, hasColors: output.hasColors() };
}

function terminalOf(platform: string): World["terminal"] {
  return platform === "win32" ? { input: "\\\\.\\CONIN$", output: "\\\\.\\CONOUT$" } : { input: "/dev/tty", output: "/dev/tty" };
}

/** As Python's expanduser: the variable first, then the account's entry. */
function homeOf(env: NodeJS.ProcessEnv, platform: string): string | undefined {
  const home = platform === "win32" ? env["USERPROFILE"] : env["HOME"];
  const found = home !== undefined && home !== "" ? home : os.homedir();
  return found === "" ? undefined : found;
}

/** @returns the exit code */
function report(thrown: unknown, cancelled: boolean): number {
  const { text, exitCode } = describeFailure(thrown, cancelled);
  writeAll(2, text);
  return exitCode;
}

/** The lines that a person reads of what a command threw, and the exit code; oclif's way to end with success has no lines. */
export function describeFailure(thrown: unknown, cancelled: boolean): { readonly text: string; readonly exitCode: number } {
  const error = cancelled ? new CancelledError() : asAppError(thrown);
  if (error === undefined) return { text: "", exitCode: 0 };
  const lines = [`aws-okta-processor: ${error.message}`, ...(error.hint === undefined ? [] : [error.hint])];
  return { text: lines.map((line) => `${cleanText(line)}\n`).join(""), exitCode: error.exitCode };
}

/** What oclif throws is a matter of usage, or its way to end with success; anything else is a bug of ours. */
function asAppError(thrown: unknown): AppError | undefined {
  if (thrown instanceof AppError) return thrown;
  const exit = (thrown as { readonly oclif?: { readonly exit?: unknown } }).oclif?.exit;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (exit === 0) return undefined;
  const sentence = message
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("See more help"))
    .join(" ");
  // The words may be the rest of a password that was not quoted.
  if (sentence.startsWith("Unexpected argument"))
    return new UsageError("there are words that belong to no option", { code: "USAGE", hint: "put a value that has spaces in quotes" });
  if (typeof exit === "number") return new UsageError(sentence, { code: "USAGE", hint: "see: aws-okta-processor --help", cause: thrown });
  return new BugError(`unexpected ${thrown instanceof Error ? thrown.name : "error"}: ${sentence}`, {
    code: "BUG",
    hint: "please report it, with the command you ran",
    cause: thrown,
  });
}
