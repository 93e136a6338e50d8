import { shellChecks } from "@aws-okta-processor/contract/conformance";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shell } from "../../../plugins/shell-fish/src/fish.ts";
import { anyText } from "../any-text.ts";
import { evaluateIn, isInstalled, nameOf, type RealShell } from "../real-shell.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

const fish: RealShell = { command: "fish", args: ["--no-config", "-c"] };

runPackageChecks("shell-fish");
runChecks("fish", shellChecks(shell));

test("credentials become one line of exports", () => {
  const lines = shell.render({
    AWS_ACCESS_KEY_ID: "A",
    AWS_SECRET_ACCESS_KEY: "S",
    AWS_SESSION_TOKEN: "T",
    AWS_CREDENTIAL_EXPIRATION: "2099-01-01T00:00:00Z",
  });
  expect(lines).toBe(
    "set --export AWS_ACCESS_KEY_ID 'A'; and set --export AWS_SECRET_ACCESS_KEY 'S'; and set --export AWS_SESSION_TOKEN 'T'; " +
      "and set --export AWS_CREDENTIAL_EXPIRATION '2099-01-01T00:00:00Z';",
  );
});

test("a backslash and a quote are escaped, nothing else is", () => {
  expect(shell.render({ A: "it's \\ $HOME" })).toBe("set --export A 'it\\'s \\\\ $HOME';");
});

test("variables are removed one by one", () => {
  expect(shell.unset(["A", "B"])).toBe("set --erase A; set --erase B;");
});

test("no variables make an empty line", () => {
  expect([shell.render({}), shell.unset([])]).toEqual(["", ""]);
});

describe.skipIf(!isInstalled("fish"))(nameOf(fish), () => {
  const evaluate = (...outputs: readonly string[]) => evaluateIn(fish, outputs.join("\n"));
  runChecks("conformance", shellChecks(shell, { evaluate }));

  test("any value comes through source", async () => {
    const texts = fc.array(anyText, { minLength: 20, maxLength: 60 });
    await fc.assert(fc.asyncProperty(texts, comesThrough), { numRuns: 10 });
  }, 60_000);

  test("what cannot be removed does not stop what comes after it", async () => {
    const output = await evaluate(`set --export B b\n${shell.unset(["AOP_NOT_THERE", "B"])}`);
    expect(output.split("\0").filter((line) => line.startsWith("B="))).toEqual([]);
  });
});

/** As `evaluate` tells people to: the lines are piped into source. */
async function comesThrough(values: readonly string[]): Promise<void> {
  const variables = Object.fromEntries(values.map((value, index) => [`AOP_${index}`, value]));
  const quoted = shell.render(variables).replaceAll(/[\\']/g, "\\$&");
  const output = await evaluateIn(fish, `printf '%s\\n' '${quoted}' | source`);
  const seen = output.split("\0");
  expect(seen).toEqual(expect.arrayContaining(Object.entries(variables).map(([name, value]) => `${name}=${value}`)));
}
