import { type ChildProcess, spawn } from "node:child_process";
import { onTestFinished } from "vitest";

/** A process that does nothing until the test ends. */
export function startIdler(): ChildProcess & { readonly pid: number } {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child as ChildProcess & { readonly pid: number };
}
