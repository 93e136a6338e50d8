import { once } from "node:events";
import type { Call } from "../call.ts";
import { type Sandbox, startSandbox } from "../sandbox.ts";
import type { Scenario } from "../scenario.ts";
import { renderCodes, renderInstructions } from "./instructions.ts";
import { listenForKeys } from "./keys.ts";
import { loadScenario } from "./load-scenario.ts";
import { renderCall } from "./render-call.ts";
import { watchCodes } from "./watch-codes.ts";
import { watchPushes } from "./watch-pushes.ts";

export interface PlayOptions {
  /** A name or a JSON file. */
  readonly scenario: string;
  readonly port: number;
  readonly tls: boolean;
  readonly latencyMs: number;
}

/** Runs a sandbox for a person until they stop it. */
export async function play(options: PlayOptions): Promise<void> {
  const scenario = await loadScenario(options.scenario);
  const canDecide = process.stdin.isTTY;
  const [noticePush, noticeCode] = [watchPushes(canDecide), watchCodes()];
  const onCall = (call: Call): void => {
    say(renderCall(call));
    for (const line of [noticePush(sandbox.waitingPush()), noticeCode(sandbox.sentCode())]) if (line !== undefined) say(line);
  };
  const sandbox = await startSandbox({ ...options, scenario, onCall });
  say(`${renderInstructions(sandbox, scenario, process.platform)}\n`);
  say(canDecide ? "Keys: a approves a push, r rejects it, c shows codes, Ctrl-C stops.\n" : "Ctrl-C stops.\n");
  try {
    await untilStopped(sandbox, scenario);
  } finally {
    await sandbox.close();
  }
}

/** Ends with Ctrl-C, with a signal, or when nobody reads what is said any more. */
async function untilStopped(sandbox: Sandbox, scenario: Scenario): Promise<void> {
  const stopped = new AbortController();
  const stop = (): void => stopped.abort();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, stop);
  process.stdout.once("error", stop);
  const keys = process.stdin.isTTY
    ? listenForKeys(process.stdin, (key) => (key === "stop" ? stop() : press(key, sandbox, scenario)))
    : undefined;
  await once(stopped.signal, "abort");
  keys?.release();
}

function press(key: string, sandbox: Sandbox, scenario: Scenario): void {
  if (key === "a") say(sandbox.approvePush() ? "approved" : "no push waits");
  if (key === "r") say(sandbox.rejectPush() ? "rejected" : "no push waits");
  if (key === "c") say(renderCodes(scenario, new Date()));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
