import { expect, test } from "vitest";
import { createCodeSource } from "../../src/flows/code-source.ts";
import { failureOf } from "../support/failure.ts";
import { useFolder } from "../support/folder.ts";
import { optionsFrom } from "../support/options.ts";
import { programTerminal } from "../support/program-terminal.ts";

/** What the source gives for a command, and what was told meanwhile. */
function sourceOf(command: string | undefined, env: Readonly<Record<string, string>> = {}) {
  const terminal = programTerminal();
  const options = optionsFrom(command === undefined ? {} : { "factor-code-command": command }, { env });
  return { ask: createCodeSource({ terminal }, options), told: terminal.told };
}

test.each([
  ["echo 123456", "123456"],
  ["printf '  123 456\\t\\r\\nissued for you\\n'", "123 456"],
  ["printf 123456", "123456"],
  ["x=123; echo $x'456' | cat", "123456"],
])("the code is the first line that %j writes", async (command, code) => {
  const { ask, told } = sourceOf(command);
  expect([await ask(), told]).toEqual([code, []]);
});

test("where there is no command there is no code", async () => {
  expect(await sourceOf(undefined).ask()).toBe(undefined);
});

test("a code that was given before is not given again, and that is told", async () => {
  const { path: folder } = useFolder();
  const { ask, told } = sourceOf(`echo >>${folder}/asked; echo $(($(wc -l <${folder}/asked) / 2))`);
  expect([await ask(), await ask(), await ask(), await ask()]).toEqual(["0", "1", undefined, "2"]);
  expect(told).toEqual(["the command of --factor-code-command gave the same code as before"]);
});

test.each([
  ["echo 123456; exit 3", "failed with exit code 3", "run it by itself to see why"],
  ["no-such-program 2>/dev/null", "failed with exit code 127", "the shell did not find it"],
  ["true", "wrote nothing in its first line", "run it by itself to see what it writes"],
  ["printf '  \\n123456\\n'", "wrote nothing in its first line", "run it by itself to see what it writes"],
  ["kill -9 $$", "was ended by SIGKILL", undefined],
])("%j gives none: its option is named, what it wrote is not", async (command, problem, hint) => {
  expect(await failureOf(sourceOf(command).ask)).toEqual({
    name: "UsageError",
    code: "COMMAND_FAILED",
    message: `the command of --factor-code-command ${problem}`,
    hint,
  });
});

test("a failure names the variable that the command is from", async () => {
  const { message } = await failureOf(sourceOf(undefined, { AWS_OKTA_FACTOR_CODE_COMMAND: "false" }).ask);
  expect(message).toBe("the command of AWS_OKTA_FACTOR_CODE_COMMAND failed with exit code 1");
});
