import { shellChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { shell } from "../../../plugins/shell-posix/src/posix.ts";
import { runLines } from "../evaluate-in.ts";
import { proveShell } from "../prove-shell.ts";
import { isInstalled, nameOf, realShell } from "../real-shells.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

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

proveShell(shell, ["bash", "sh", "dash", "ash", "zsh", "ksh", "mksh"]);

const zsh = realShell("zsh");

test.skipIf(!isInstalled(zsh))(`rc_quotes changes nothing: ${nameOf(zsh)}`, async () => {
  const output = await runLines(zsh, ["setopt rc_quotes", shell.render({ A: "''a'b''" })]);
  expect(output.split("\0")).toContain("A=''a'b''");
});
