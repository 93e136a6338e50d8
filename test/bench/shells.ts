// Counts what each real shell carries: `node scripts/node24.cjs node test/bench/shells.ts [how many generated texts]`. Prints a table.
import { readdirSync, readFileSync } from "node:fs";
import type { Shell } from "@aws-okta-processor/contract";
import { hostileTexts } from "../../plugins/contract/src/conformance/hostile.ts";
import { evaluateIn } from "../plugins/evaluate-in.ts";
import { type RealShell, realShells, versionOf } from "../plugins/real-shells.ts";

const PLUGINS = new URL("../../plugins/", import.meta.url);

/** Texts that a process takes at once. */
const BATCH = 100;

const texts = hostileTexts(Number(process.argv[2] ?? "500"));
const files = findShells();

process.stdout.write("| `--target-shell` | Real program | Tried | Carried | Refused | Mismatches |\n|---|---|---|---|---|---|\n");
for (const [name, file] of files) {
  const { shell } = (await import(file)) as { readonly shell: Shell };
  const reals = realShells.filter((real) => real.shell === name);
  if (reals.length === 0) write(name, "none here", "");
  for (const real of reals) write(name, describe(real), await count(shell, real));
}

function write(name: string, program: string, counts: string): void {
  process.stdout.write(`| \`${name}\` | ${program} | ${counts === "" ? "– | – | – | –" : counts} |\n`);
}

function describe(real: RealShell): string {
  return `${real.name}: ${versionOf(real)?.replace(/ \(.*$/, "") ?? "not installed"}`;
}

async function count(shell: Shell, real: RealShell): Promise<string> {
  if (versionOf(real) === undefined) return "";
  const taken = texts.filter((text) => isTaken(shell, text));
  let mismatches = 0;
  for (let at = 0; at < taken.length; at += BATCH) mismatches += await countMismatches(taken.slice(at, at + BATCH), shell, real);
  return [texts.length, taken.length - mismatches, texts.length - taken.length, mismatches].join(" | ");
}

async function countMismatches(values: readonly string[], shell: Shell, real: RealShell): Promise<number> {
  const variables = Object.fromEntries(values.map((value, index) => [`AOP_${index}`, value]));
  const seen = new Set((await evaluateIn(real, shell.evaluate, [shell.render(variables)])).split("\0"));
  return Object.entries(variables).filter(([name, value]) => !seen.has(`${name}=${value}`)).length;
}

function isTaken(shell: Shell, value: string): boolean {
  try {
    shell.render({ AOP: value });
    return true;
  } catch {
    return false;
  }
}

/** Each name of a shell once for each module, with the address of the module. */
function findShells(): readonly (readonly [string, string])[] {
  return readdirSync(PLUGINS)
    .filter((name) => name.startsWith("shell-"))
    .flatMap((name) => {
      const folder = new URL(`${name}/`, PLUGINS);
      const { awsOktaProcessor } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8")) as {
        readonly awsOktaProcessor: { readonly shells: Readonly<Record<string, string>> };
      };
      return Object.entries(awsOktaProcessor.shells).map(([shell, file]) => [shell, new URL(file, folder).href] as const);
    })
    .filter(([shell]) => !["nushell", "powershell"].includes(shell));
}
