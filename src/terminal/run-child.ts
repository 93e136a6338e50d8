import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import type { Finished } from "@aws-okta-processor/contract";
import { CancelledError, UsageError } from "../errors.ts";
import type { World } from "../world.ts";
import type { Device } from "./device.ts";

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  /** What it reads; without this it may ask at the terminal. */
  readonly stdin?: string;
  /** `command` is a whole line of the platform's shell, and there are no `args`. */
  readonly shell?: true;
  /** What messages call it in place of `command`. */
  readonly name?: string;
  /** Its errors are read, and not shown. */
  readonly readErrors?: true;
}

type Surroundings = Pick<World, "childEnv" | "signal" | "sleep">;

const DEADLINE_MS = 300_000;
/** Between being asked to end and being ended. */
const GRACE_MS = 1000;
const MOST_BYTES = 1_048_576;

/**
 * Runs a program in our own session and process group, so that it may speak to the person at the terminal. Its errors go there too,
 * unless they are to be read.
 *
 * @returns undefined where there is no such program
 * @throws CancelledError, and UsageError `COMMAND_FAILED` where it cannot be run, writes too much, does not end or is ended by a signal
 */
export async function runChild(program: Program, world: Surroundings, device: Device | undefined): Promise<Finished | undefined> {
  const { signal, sleep } = world;
  if (signal.aborted) throw new CancelledError();
  const child = start(program, world.childEnv, device);
  const done = new AbortController();
  let stopped: Error | undefined;
  const stop = (reason: Error) => {
    stopped ??= reason;
    void endChild(child, () => sleep(GRACE_MS, done.signal));
  };
  const cancel = () => stop(new CancelledError());
  signal.addEventListener("abort", cancel, { once: true });
  const late = () => stop(failure(program, "did not end within 5 minutes"));
  void sleep(DEADLINE_MS, done.signal).then(late, () => undefined);
  const tooMuch = () => stop(failure(program, "wrote more than 1 MiB"));
  const read = { stdout: collect(child.stdout, tooMuch), stderr: collect(child.stderr, tooMuch) };
  try {
    const exitCode = await ended(child, program);
    if (stopped !== undefined) throw stopped;
    return exitCode === undefined ? undefined : { exitCode, stdout: read.stdout(), stderr: read.stderr() };
  } catch (error) {
    throw stopped ?? error;
  } finally {
    done.abort();
    signal.removeEventListener("abort", cancel);
  }
}

function start(program: Program, childEnv: World["childEnv"], device: Device | undefined): ChildProcess {
  const { command, args, stdin, shell, readErrors } = program;
  const lent = device === undefined ? undefined : lendTo(device);
  try {
    const child = spawn(command, shell === true ? [] : [...args], {
      env: { ...childEnv },
      shell: shell === true,
      stdio: [stdin === undefined ? (lent?.input ?? "ignore") : "pipe", "pipe", readErrors === true ? "pipe" : (lent?.output ?? "inherit")],
    });
    // Nobody minds a program that does not read what it is given.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(stdin);
    return child;
  } catch (error) {
    throw failure(program, `cannot be run: ${codeOf(error)}`, error);
  } finally {
    lent?.close();
  }
}

/** A terminal that was there and cannot be opened was closed. */
function lendTo(device: Device): ReturnType<Device["lend"]> {
  try {
    return device.lend();
  } catch (error) {
    throw new CancelledError("cancelled", { code: "CANCELLED", cause: error });
  }
}

/** @returns what it has written so far */
function collect(stream: Readable | null, tooMuch: () => void): () => string {
  const pieces: Buffer[] = [];
  let size = 0;
  stream?.on("data", (piece: Buffer) => {
    pieces.push(piece);
    size += piece.length;
    if (size > MOST_BYTES) tooMuch();
  });
  return () => Buffer.concat(pieces).toString("utf8");
}

/** Asks it to end, and ends it; what it has started itself may hold its output open, which is let go. */
async function endChild(child: ChildProcess, grace: () => Promise<void>): Promise<void> {
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.kill("SIGTERM");
  try {
    await grace();
  } catch {
    return;
  }
  child.kill("SIGKILL");
}

/** @returns its exit code, or undefined where it is not installed */
function ended(child: ChildProcess, program: Program): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      if (codeOf(error) === "ENOENT") resolve(undefined);
      else reject(failure(program, `cannot be run: ${codeOf(error)}`, error));
    });
    child.once("close", (exitCode, signal) => {
      if (exitCode !== null) resolve(exitCode);
      // Ctrl-C and a closed terminal reach both of us, in any order.
      else reject(signal === "SIGINT" || signal === "SIGHUP" ? new CancelledError() : failure(program, `was ended by ${signal}`));
    });
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}

function failure({ command, name = command }: Program, problem: string, cause?: unknown): UsageError {
  return new UsageError(`${name} ${problem}`, { code: "COMMAND_FAILED", cause });
}
