import { execFileSync, spawnSync } from "node:child_process";

/** A Python that has a module, the machine's own first; undefined where none has it. */
export function pythonWith(module: string): string | undefined {
  return ["python3", "/usr/bin/python3"].find((python) => spawnSync(python, ["-c", `import ${module}`], { stdio: "ignore" }).status === 0);
}

export const hasPython = pythonWith("json") !== undefined;

/** A title that says why its test is skipped where there is no Python. */
export const withPython = (title: string): string => `${title}${hasPython ? "" : " (python3 is not installed)"}`;

/** What a script makes of some JSON. */
export function askPython(script: URL, question: unknown, python = "python3"): unknown {
  return JSON.parse(execFileSync(python, [script.pathname], { input: JSON.stringify(question), encoding: "utf8", maxBuffer: 64 << 20 }));
}
