import type { Shell } from "@aws-okta-processor/contract";
import { type ShellExample, shellChecks } from "@aws-okta-processor/contract/conformance";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText } from "./any-text.ts";
import { evaluateIn } from "./evaluate-in.ts";
import { isInstalled, nameOf, type RealShell, realShell } from "./real-shells.ts";
import { runChecks } from "./run-checks.ts";

/** A process takes many values at once: some need a quarter of a second to start. */
const manyTexts = fc.array(anyText, { minLength: 100, maxLength: 200 });

/** The conformance suite and a property, in each of the real shells where it is installed. */
export function proveShell(shell: Shell, names: readonly string[], example: Omit<ShellExample, "evaluate"> = {}): void {
  for (const real of names.map(realShell)) {
    describe.skipIf(!isInstalled(real))(nameOf(real), () => {
      const evaluate = (...outputs: readonly string[]) => evaluateIn(real, shell.evaluate, outputs);
      runChecks("conformance", shellChecks(shell, { ...example, evaluate }));

      test("whatever is not refused comes through", async () => {
        await fc.assert(
          fc.asyncProperty(manyTexts, (values) => comesThrough(values, shell, real)),
          // To shrink this many takes longer than the test may, and what failed would not be told.
          { numRuns: 4, endOnFailure: true },
        );
      }, 60_000);
    });
  }
}

async function comesThrough(values: readonly string[], shell: Shell, real: RealShell): Promise<void> {
  const taken = values.filter((value) => isTaken(value, shell));
  const variables = Object.fromEntries(taken.map((value, index) => [`AOP_${index}`, value]));
  const seen = (await evaluateIn(real, shell.evaluate, [shell.render(variables)])).split("\0");
  expect(seen).toEqual(expect.arrayContaining(Object.entries(variables).map(([name, value]) => `${name}=${value}`)));
}

export function isTaken(value: string, shell: Shell): boolean {
  try {
    shell.render({ AOP: value });
    return true;
  } catch {
    return false;
  }
}
