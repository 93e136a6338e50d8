import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

/** Takes outputs over in one run of the real shell, as `evaluate` says, then gives its variables as `NAME=value`, each with a NUL behind it. */
export function evaluateIn(program: string): (...outputs: readonly string[]) => Promise<string> {
  return async (...outputs) => {
    const folder = await mkdtemp(path.join(tmpdir(), "shell-test-"));
    try {
      for (const [index, output] of outputs.entries()) await writeFile(path.join(folder, String(index)), `${output}\n`);
      const script = [...outputs.map((_, index) => `ifs='' {eval \`{cat ${index}}}`), "env -0"].join("\n");
      const { stdout } = await promisify(execFile)(program, ["-c", script], { cwd: folder, encoding: "utf8" });
      return stdout;
    } finally {
      await rm(folder, { recursive: true });
    }
  };
}
