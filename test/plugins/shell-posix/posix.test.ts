import { shellChecks } from "@aws-okta-processor/contract/conformance";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shell } from "../../../plugins/shell-posix/src/posix.ts";
import { anyText } from "../any-text.ts";
import { evaluateIn, isInstalled, nameOf, type RealShell } from "../real-shell.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

const realShells: readonly RealShell[] = [
  { command: "bash", args: ["--norc", "--noprofile", "-c"] },
  { command: "sh", args: ["-c"] },
  { command: "zsh", args: ["-f", "-c"] },
];

runPackageChecks("shell-posix");
runChecks("posix", shellChecks(shell));

test("credentials become one line of exports", () => {
  const lines = shell.render({
    AWS_ACCESS_KEY_ID: "A",
    AWS_SECRET_ACCESS_KEY: "S",
    AWS_SESSION_TOKEN: "T",
    AWS_CREDENTIAL_EXPIRATION: "2099-01-01T00:00:00Z",
  });
  expect(lines).toBe(
    "export AWS_ACCESS_KEY_ID='A' && export AWS_SECRET_ACCESS_KEY='S' && export AWS_SESSION_TOKEN='T' && " +
      "export AWS_CREDENTIAL_EXPIRATION='2099-01-01T00:00:00Z'",
  );
});

test("a quote in a value is closed, escaped and opened again", () => {
  expect(shell.render({ A: "it's" })).toBe("export A='it'\\''s'");
});

test("variables are removed in one line", () => {
  expect(shell.unset(["A", "B"])).toBe("unset A B");
});

test("no variables make an empty line", () => {
  expect([shell.render({}), shell.unset([])]).toEqual(["", ""]);
});

for (const real of realShells) {
  describe.skipIf(!isInstalled(real.command))(nameOf(real), () => {
    const evaluate = (...outputs: readonly string[]) => evaluateIn(real, outputs.join("\n"));
    runChecks("conformance", shellChecks(shell, { evaluate }));

    test("any value comes through eval of a command's output", async () => {
      const texts = fc.array(anyText, { minLength: 20, maxLength: 60 });
      await fc.assert(
        fc.asyncProperty(texts, (values) => comesThrough(values, real)),
        { numRuns: 10 },
      );
    }, 60_000);
  });
}

test.skipIf(!isInstalled("zsh"))(`zsh's rc_quotes changes nothing${isInstalled("zsh") ? "" : " (zsh is not installed)"}`, async () => {
  const output = await evaluateIn({ command: "zsh", args: ["-f", "-o", "rc_quotes", "-c"] }, shell.render({ A: "''a'b''" }));
  expect(output.split("\0")).toContain("A=''a'b''");
});

/** As `evaluate` tells people to: the lines are the output of a command, which the shell captures and evaluates. */
async function comesThrough(values: readonly string[], real: RealShell): Promise<void> {
  const variables = Object.fromEntries(values.map((value, index) => [`AOP_${index}`, value]));
  const lines = shell.render(variables);
  const output = await evaluateIn(real, `eval "$(cat <<'END OF LINES'\n${lines}\nEND OF LINES\n)"`);
  const seen = output.split("\0");
  expect(seen).toEqual(expect.arrayContaining(Object.entries(variables).map(([name, value]) => `${name}=${value}`)));
}
