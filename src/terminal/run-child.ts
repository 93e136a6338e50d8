import { type ChildProcess, spawn } from "node:child_process";
import os from "node:os";
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
}

export interface Surroundings extends Pick<World, "childEnv" | "signal"> {
  readonly device: Device | undefined;
  readonly limits?: Limits;
}

export interface Limits {
  readonly deadlineMs: number;
  readonly outputBytes: number;
  /** Between being asked to end and being ended. */
  readonly graceMs: number;
}

const LIMITS: Limits = { deadlineMs: 300_000, outputBytes: 1_048_576, graceMs: 1000 };

/**
 * Runs a program in our own session and process group, so that it may speak to the person at the terminal. Its errors go there too.
 *
 * @returns undefined where there is no such program
 * @throws CancelledError, and UsageError `COMMAND_FAILED` where it cannot be run, writes too much or does not end
 */
export async function runChild(program: Program, surroundings: Surroundings): Promise<Finished | undefined> {
  const { signal, limits = LIMITS } = surroundings;
  if (signal.aborted) throw new CancelledError();
  const child = start(program, surroundings);
  const pieces: Buffer[] = [];
  let size = 0;
  let stopped: Error | undefined;
  const stop = (reason: Error) => {
    stopped ??= reason;
    endChild(child, limits.graceMs);
  };
  const cancel = () => stop(new CancelledError());
  const seconds = Math.round(limits.deadlineMs / 1000);
  const deadline = setTimeout(() => stop(failure(program, `did not end within ${seconds} seconds`)), limits.deadlineMs);
  signal.addEventListener("abort", cancel, { once: true });
  child.stdout?.on("data", (piece: Buffer) => {
    pieces.push(piece);
    size += piece.length;
    if (size > limits.outputBytes) stop(failure(program, `wrote more than ${limits.outputBytes} bytes`));
  });
  try {
    const exitCode = await ended(child, program);
    if (stopped !== undefined) throw stopped;
    return exitCode === undefined ? undefined : { exitCode, stdout: Buffer.concat(pieces).toString("utf8") };
  } finally {
    clearTimeout(deadline);
    signal.removeEventListener("abort", cancel);
  }
}

function start(program: Program, { childEnv, device }: Surroundings): ChildProcess {
  const { command, args, stdin, shell } = program;
  const lent = device === undefined ? undefined : lendTo(device);
  try {
    const child = spawn(command, shell === true ? [] : [...args], {
      env: { ...childEnv },
      shell: shell === true,
      stdio: [stdin === undefined ? (lent?.input ?? "ignore") : "pipe", "pipe", lent?.output ?? "inherit"],
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

/** Asks it to end, and ends it; what it has started itself may hold its output open, which is let go. */
function endChild(child: ChildProcess, graceMs: number): void {
  child.stdout?.destroy();
  child.kill("SIGTERM");
  const killer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  child.once("exit", () => clearTimeout(killer));
}

/** @returns its exit code, that of a shell where a signal ended it, or undefined where it is not installed */
function ended(child: ChildProcess, program: Program): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      if (codeOf(error) === "ENOENT") resolve(undefined);
      else reject(failure(program, `cannot be run: ${codeOf(error)}`, error));
    });
    child.once("close", (exitCode, signal) => resolve(exitCode ?? 128 + (signal === null ? 0 : os.constants.signals[signal])));
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}

function failure({ command, name = command }: Program, problem: string, cause?: unknown): UsageError {
  return new UsageError(`${name} ${problem}`, { code: "COMMAND_FAILED", cause });
}
