import { closeSync, openSync, readFileSync } from "node:fs";
import os from "node:os";
import { Writable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { isatty } from "node:tty";
import { run } from "@oclif/core/run";
import { listAncestors } from "./ancestors.ts";
import { findDebuggerBy, whoIsAtWork, whoIsWaitedFor } from "./at-work.ts";
import { describeFailure } from "./commands/describe-failure.ts";
import { mayLoadCommands, OWN_COMMANDS } from "./commands/others-commands.ts";
import { AppError, CancelledError } from "./errors.ts";
import { failed } from "./extensions/guard.ts";
import { findHome } from "./find-home.ts";
import { findProgram } from "./find-program.ts";
import { restrainNpm } from "./npm-environment.ts";
import { expandFlags } from "./options/expand-flags.ts";
import { hideSecrets, hideSecretVariables } from "./options/hide-secrets.ts";
import { readFirstLine } from "./read-first-line.ts";
import { handOver, outputFailure, writeDiagnosis } from "./standard-streams.ts";
import { cleanText } from "./terminal/clean.ts";
import { terminalFiles } from "./terminal/device.ts";
import { startWatchdog, type Watchdog } from "./watchdog.ts";
import type { Doorstep, World } from "./world.ts";
import { writeAll } from "./write-all.ts";

/** Runs the command line: builds the world, hands it to oclif, and is alone in printing errors and choosing the exit code. */
export async function main(root: string, { waitedFor, taken = [] }: Doorstep = {}): Promise<void> {
  settleProcess();
  const [command, asked] = process.argv.slice(2);
  if (command === "completion" && (asked === "--complete" || asked === "--complete-line")) return offerCandidates(root, asked);
  const cancel = new AbortController();
  // A second Ctrl-C ends what the first could not. A terminal that closes may say so more than once.
  process.once("SIGINT", () => cancel.abort());
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => cancel.abort());
  process.on("uncaughtException", (error) => noteUncaught(error, cancel));
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
    const world = { ...buildWorld(secrets, cancel.signal), waitedFor, taken: new Set(taken) };
    const options = { root, world, userPlugins: wantsOthersCommands(argv, world) };
    await run([...argv], options);
    if (uncaught !== undefined) throw uncaught.error;
  } catch (error) {
    failure = report(error, cancel.signal.aborted);
    process.exitCode = failure;
  } finally {
    process.off("beforeExit", endUnanswered);
    isOver = true;
    // The exit code is not a stranger's either.
    const exitCode = failure ?? 0;
    if (watchdog !== undefined) {
      process.exitCode = exitCode;
      void setTimeout(MOST_MS_BEYOND, undefined, { ref: false }).then(() => end(exitCode));
    }
  }
}

function settleProcess(): void {
  Object.assign(os, { homedir: () => findHome(process, askHome) ?? os.devNull, userInfo: describeUser });
  // What is made for its owner alone is made for its owner, whatever the umask takes.
  process.umask(process.umask(0o077) & 0o077);
  // The SDK would warn on stderr of Node versions that it will leave behind; which ones work here is ours to say.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
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

/** Libraries look into the home of whoever has none: there is nothing, and they do not take the working directory or /tmp for it. */
const askHome = os.homedir;

const { userInfo } = os;

/** Who has no account has no shell of it, and no name. */
function describeUser(options?: os.UserInfoOptionsWithStringEncoding): Partial<os.UserInfo<string>> {
  try {
    return userInfo(options);
  } catch {
    return { username: "", shell: null };
  }
}

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
  findDebuggerBy(() => process.getBuiltinModule("node:inspector").url() !== undefined);
  return startWatchdog((work, everyMs) => setInterval(work, everyMs).unref());
}

function noteOffence(offence: string): void {
  const shift = whoIsAtWork();
  if (shift !== undefined) shift.offence ??= offence;
}

/** What was thrown where nobody waited for it, most often by a timer of somebody's plugin: the first, for what follows may come of it. */
let uncaught: { readonly error: unknown } | undefined;

/** Whether nothing is left that could tell it. */
let isOver = false;

/** As long may it take until all that has begun is tidied up: locks are given back, a push is withdrawn. */
const MOST_MS_TO_UNWIND = 3000;

function noteUncaught(error: unknown, cancel: AbortController): void {
  const shift = whoIsAtWork();
  // What a stranger throws after the answer spoils nothing.
  if (shift !== undefined && isAnswered) end(0);
  const failure = shift === undefined ? outputFailure(error) : undefined;
  if (failure === "read no further") end(0);
  if (uncaught !== undefined || cancel.signal.aborted) return;
  const isTold = shift === undefined || error instanceof AppError;
  uncaught = { error: isTold ? (failure ?? error) : failed(shift.packageName, "threw where nobody waited for it", error) };
  if (isOver) end(report(error, false));
  cancel.abort();
  void setTimeout(MOST_MS_TO_UNWIND, undefined, { ref: false }).then(() => end(report(error, true)));
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
  return { env, platform, cwd: cwd(), home: findHome({ env, platform }, askHome) };
}

function buildWorld(secrets: World["secrets"], signal: AbortSignal): Omit<World, "waitedFor" | "taken"> {
  let input: Promise<string | undefined> | undefined;
  const system = { platform: process.platform, childEnv: hideSecretVariables(process.env) };
  return {
    childEnv: system.childEnv,
    secrets,
    ...outsideOf(process),
    terminal: terminalFiles(process.platform),
    execPath: process.execPath,
    pid: process.pid,
    hostName: os.hostname(),
    now: () => new Date(),
    sleep: (ms, until) => setTimeout(ms, undefined, { signal: until }).catch(() => Promise.reject(new CancelledError())),
    doze: (ms, until) => setTimeout(ms, undefined, { signal: until, ref: false }).catch(() => Promise.reject(new CancelledError())),
    signal,
    readInput: () => {
      input ??= isatty(0) ? Promise.resolve(undefined) : readFirstLine(process.stdin, signal);
      return input;
    },
    ancestors: () => listAncestors(process.pid, system),
    admitStranger,
    outputTerminal: () => (isatty(1) ? describeTerminal(standardOutput()) : undefined),
    writeOutput: writeAnswer,
    writeDiagnosis,
  };
}

function writeAnswer(text: string): void {
  isAnswered = true;
  const write = () => writeAll(1, text);
  handOver(watchdog === undefined ? write : () => watchdog?.pause(write));
}

/** One that does not say how wide it is says 0. */
function describeTerminal(output: NodeJS.Process["stdout"]): ReturnType<World["outputTerminal"]> {
  return { columns: output.columns > 0 ? output.columns : 80, hasColors: output.hasColors() };
}

let reported: number | undefined;

/** Tells once what ended the program. @returns the exit code */
function report(thrown: unknown, cancelled: boolean): number {
  if (reported !== undefined) return reported;
  try {
    const { text, exitCode } = uncaught === undefined ? describeFailure(thrown, cancelled) : describeFailure(uncaught.error, false);
    reported = exitCode;
    writeDiagnosis(text);
  } catch {
    reported = 1;
    writeDiagnosis("aws-okta-processor: what was thrown cannot be told\n");
  }
  return reported;
}
