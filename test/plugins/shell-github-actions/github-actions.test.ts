import { execFileSync, spawnSync } from "node:child_process";
import { shellChecks } from "@aws-okta-processor/contract/conformance";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shell } from "../../../plugins/shell-github-actions/src/github-actions.ts";
import { anyText } from "../any-text.ts";
import { isTaken, proveShell } from "../prove-shell.ts";
import { readMasks } from "../readers/github-env.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

runPackageChecks("shell-github-actions");
runChecks("github-actions", shellChecks(shell));

const GUARD = `: "\${GITHUB_ENV:?is set in a step of a GitHub Actions workflow, which this is for}"`;

test("outside a workflow, where nobody masks, nothing is printed", () => {
  for (const lines of [shell.render({ AWS_SECRET_ACCESS_KEY: "S" }), shell.unset(["A"])]) {
    const { stdout, stderr, status } = spawnSync("sh", ["-c", lines], { env: { PATH: process.env["PATH"] }, encoding: "utf8" });
    expect([stdout, status === 0]).toEqual(["", false]);
    expect(stderr).toContain("GITHUB_ENV: is set in a step of a GitHub Actions workflow, which this is for");
  }
});

test("secrets are masked before they are written, and when they expire is no secret", () => {
  const lines = shell.render({ AWS_ACCESS_KEY_ID: "A", AWS_SECRET_ACCESS_KEY: "S", AWS_CREDENTIAL_EXPIRATION: "2099-01-01T00:00:00Z" });
  expect(lines).toBe(
    `${GUARD} &&\n` +
      "printf '%s\\n' '::add-mask::A' '::add-mask::S' &&\n" +
      "printf '%s\\n' 'AWS_ACCESS_KEY_ID=A' 'AWS_SECRET_ACCESS_KEY=S' 'AWS_CREDENTIAL_EXPIRATION=2099-01-01T00:00:00Z' >> \"$GITHUB_ENV\"",
  );
});

test("what a runner would decode in a mask is encoded", () => {
  const value = "100%, %25, %0A\nand a second line";
  expect(shell.render({ A: value })).toContain("'::add-mask::100%25, %2525, %250A%0Aand a second line' &&");
  expect(readMasks(logOf([value]))).toEqual([value]);
});

test("an empty value has nothing to mask", () => {
  expect(shell.render({ A: "" })).toBe(`${GUARD} &&\nprintf '%s\\n' 'A=' >> "$GITHUB_ENV"`);
});

test("a value with line breaks stands between lines of a word that is not in it", () => {
  expect(shell.render({ A: "END\nEND_" })).toBe(
    `${GUARD} &&\nprintf '%s\\n' '::add-mask::END%0AEND_' &&\nprintf '%s\\n' 'A<<END__' 'END\nEND_' 'END__' >> "$GITHUB_ENV"`,
  );
});

test("a carriage return is refused: runners differ about it", () => {
  expect(() => shell.render({ A: "a\r\nb" })).toThrow("GitHub's runners do not agree about a value with a carriage return");
});

test("the steps that follow see an empty variable where one shall go", () => {
  expect(shell.unset(["A", "B"])).toBe(`${GUARD} &&\nprintf '%s\\n' 'A=' 'B=' >> "$GITHUB_ENV"`);
});

test("no variables make an empty line", () => {
  expect([shell.render({}), shell.unset([])]).toEqual(["", ""]);
});

test("every value that is not empty is masked as it is", () => {
  const manyTexts = fc.array(anyText, { minLength: 100, maxLength: 200 });
  fc.assert(
    fc.property(manyTexts, (values) => {
      const taken = values.filter((value) => isTaken(value, shell));
      expect(readMasks(logOf(taken))).toEqual(taken.filter((value) => value !== ""));
    }),
    { numRuns: 4 },
  );
});

proveShell(shell, ["step of a workflow in sh", "step of a workflow in bash"], { unsetEmpties: true });

/** What a step prints that evaluates the lines. */
function logOf(values: readonly string[]): string {
  const lines = shell.render(Object.fromEntries(values.map((value, index) => [`AOP_${index}`, value])));
  return execFileSync("sh", ["-c", lines], { encoding: "utf8", env: { ...process.env, GITHUB_ENV: "/dev/null" } });
}
