import { execFileSync, spawnSync } from "node:child_process";

export const hasPython = spawnSync("python3", ["--version"], { stdio: "ignore" }).status === 0;

/** A title that says why its test is skipped where there is no Python. */
export const withPython = (title: string): string => `${title}${hasPython ? "" : " (python3 is not installed)"}`;

/** What a script makes of some JSON. */
export function askPython(script: URL, question: unknown): unknown {
  return JSON.parse(execFileSync("python3", [script.pathname], { input: JSON.stringify(question), encoding: "utf8" }));
}
