import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { CancelledError } from "../../src/errors.ts";
import { type Program, runChild } from "../../src/terminal/run-child.ts";
import type { World } from "../../src/world.ts";
import { failureOf } from "../support/failure.ts";
import { useFolder } from "../support/folder.ts";
import { createWorld } from "../support/world.ts";

const PATH = process.env["PATH"];

/** Sleeps until it is woken: no deadline comes. */
const forever: World["sleep"] = (_ms, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new CancelledError()));
  });

/** No terminal, and a time that stands still. */
function run(program: Program, given: Partial<World> = {}) {
  return runChild(program, createWorld({ childEnv: { PATH }, sleep: forever, ...given }), undefined);
}

const shell = (command: string): Program => ({ command, args: [], shell: true });

describe("a program", () => {
  test("gives what it wrote and its exit code", async () => {
    expect(await run({ command: "sh", args: ["-c", "printf 'ü\n2'; exit 3"] })).toEqual({ exitCode: 3, stdout: "ü\n2", stderr: "" });
  });

  test("gets its arguments as they are, without a shell", async () => {
    const args = ["%s|", "$HOME", "a b", "`id`", "", "'\"\\"];
    expect(await run({ command: "printf", args })).toEqual({ exitCode: 0, stdout: "$HOME|a b|`id`||'\"\\|", stderr: "" });
  });

  test("that is a line of the shell is run by it", async () => {
    expect(await run(shell("x=1; echo $x | tr 1 2"))).toEqual({ exitCode: 0, stdout: "2\n", stderr: "" });
  });

  test("reads what it is given, to its end", async () => {
    expect(await run({ command: "cat", args: [], stdin: "one\ntwo" })).toEqual({ exitCode: 0, stdout: "one\ntwo", stderr: "" });
  });

  test("need not read it", async () => {
    expect(await run({ command: "true", args: [], stdin: "x".repeat(1_000_000) })).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });

  test("without a terminal has nothing to read", async () => {
    expect(await run(shell("cat; echo done"))).toEqual({ exitCode: 0, stdout: "done\n", stderr: "" });
  });

  test("whose errors are to be read shows none of them", async () => {
    const program: Program = { command: "sh", args: ["-c", "echo oops >&2; exit 1"], readErrors: true };
    expect(await run(program)).toEqual({ exitCode: 1, stdout: "", stderr: "oops\n" });
  });

  test("sees the environment that is meant for it and no other", async () => {
    const childEnv = { PATH, ONE: "1", NONE: undefined };
    const { stdout = "" } = (await run({ command: "env", args: [] }, { childEnv, env: { AWS_OKTA_PASS: "hunter2" } })) ?? {};
    expect(stdout.trim().split("\n").toSorted()).toEqual(["ONE=1", `PATH=${PATH}`]);
  });

  test("that is not installed gives nothing, and the shell says 127", async () => {
    expect([await run({ command: "no-such-program", args: [] }), await run(shell("no-such-program 2>/dev/null"))]).toEqual([
      undefined,
      { exitCode: 127, stdout: "", stderr: "" },
    ]);
  });
});

describe("fails", () => {
  const failed = (message: string) => ({ name: "UsageError", code: "COMMAND_FAILED", message, hint: undefined });

  test("what is no program", async () => {
    const command = path.join(useFolder({ "no-program": "" }).path, "no-program");
    expect(await failureOf(() => run({ command, args: [] }))).toEqual(failed(`${command} cannot be run: EACCES`));
  });

  test("what no system can be given", async () => {
    expect(await failureOf(() => run(shell("echo \0")))).toEqual(failed("echo \0 cannot be run: ERR_INVALID_ARG_VALUE"));
  });

  test("what writes too much, and it is ended", async () => {
    const name = "the command of --factor-code-command";
    expect(await failureOf(() => run({ ...shell("head -c 50000000 /dev/zero 2>/dev/null"), name }))).toEqual(
      failed(`${name} wrote more than 1 MiB`),
    );
  });

  test("what does not end in time, and it is ended", async () => {
    const { path: folder } = useFolder();
    const slept: number[] = [];
    const sleep: World["sleep"] = async (ms) => {
      slept.push(ms);
      if (ms > 1000) await setTimeout(200);
    };
    const stubborn = shell(`trap '' TERM; echo $$ >${folder}/pid; while :; do sleep 0.05; done`);
    expect((await failureOf(() => run(stubborn, { sleep }))).message).toMatch(/ did not end within 5 minutes$/);
    expect(slept).toEqual([300_000, 1000]);
    expect(isRunning(folder)).toBe(false);
  });

  test("what a signal ends", async () => {
    expect(await failureOf(() => run({ ...shell("kill -9 $$"), name: "it" }))).toEqual(failed("it was ended by SIGKILL"));
  });
});

describe("Ctrl-C", () => {
  const cancelled = { name: "CancelledError", code: "CANCELLED", message: "cancelled", hint: undefined };

  /** Cancels as soon as the program has said its number. */
  async function runAndCancel(command: string, sleep: World["sleep"]) {
    const { path: folder } = useFolder();
    const world = createWorld({ childEnv: { PATH }, sleep });
    const failure = failureOf(() => runChild(shell(`echo $$ >${folder}/pid; ${command}`), world, undefined));
    while (!isRunning(folder)) await setTimeout(20);
    world.cancel();
    return { failure: await failure, running: isRunning(folder) };
  }

  test("ends the program", async () => {
    expect(await runAndCancel("exec sleep 60", forever)).toEqual({ failure: cancelled, running: false });
  });

  test("ends one that does not want to, a second later", async () => {
    const slept: number[] = [];
    const sleep: World["sleep"] = (ms, signal) => (slept.push(ms) === 1 ? forever(ms, signal) : setTimeout(10));
    expect(await runAndCancel("trap '' TERM; while :; do sleep 0.05; done", sleep)).toEqual({ failure: cancelled, running: false });
    expect(slept).toEqual([300_000, 1000]);
  });

  test("does not wait for what the program has started", async () => {
    expect(await runAndCancel("sleep 5; true", forever)).toEqual({ failure: cancelled, running: false });
  }, 4000);

  test("that ends the program before we hear of it is the same", async () => {
    expect([await failureOf(() => run(shell("kill -INT $$"))), await failureOf(() => run(shell("kill -HUP $$")))]).toEqual([
      cancelled,
      cancelled,
    ]);
  });

  test("before it has begun leaves it unbegun", async () => {
    const { path: folder } = useFolder();
    const world = createWorld({ childEnv: { PATH }, sleep: forever });
    world.cancel();
    expect(await failureOf(() => runChild(shell(`echo $$ >${folder}/pid`), world, undefined))).toEqual(cancelled);
    expect(isRunning(folder)).toBe(false);
  });
});

/** Whether the process that wrote its number there is still there. */
function isRunning(folder: string): boolean {
  try {
    return process.kill(Number.parseInt(readFileSync(path.join(folder, "pid"), "utf8"), 10), 0);
  } catch {
    return false;
  }
}
