import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { useFolder } from "../support/folder.ts";
import { CONTROL_C, ENTER, type Sitting, sitDown } from "../support/pty.ts";

const DRIVER = fileURLToPath(new URL("../support/run-at-terminal.ts", import.meta.url));

function run(line: string): Promise<Sitting> {
  const { path: folder } = useFolder();
  const env = { PATH: process.env["PATH"] ?? "" };
  return sitDown([process.execPath, DRIVER, line], { env, cwd: folder, folder });
}

const result = (stdout: string, exitCode = 0) => `${JSON.stringify({ exitCode, stdout, stderr: "" })}\n`;

test("a program reads its input at the terminal, where its errors go and what was waited for is taken away", async () => {
  const { see, type, end } = await run("echo 'which one?' >&2; read -r answer; echo \"it is $answer\"");
  await see("which one?");
  type(`this one${ENTER}`);
  const { shown, ...ended } = await end();
  expect(ended).toMatchObject({ stdout: result("it is this one\n"), stderr: "", exitCode: 0 });
  expect(shown).toBe("waiting for something\rwhich one?\nthis one\ndone\n");
});

test("a program opens the terminal by itself, hides what is typed there, and gives it back", async () => {
  const line = "exec </dev/tty; stty -echo; printf 'PIN: ' >/dev/tty; read -r pin; stty echo; echo $pin; exit 3";
  const { see, type, end } = await run(line);
  await see("PIN: ");
  type(`123456${ENTER}`);
  const { shown, settings, ...ended } = await end();
  expect(ended).toMatchObject({ stdout: result("123456\n", 3), stderr: "", exitCode: 0 });
  expect(shown).not.toContain("123456");
  expect(settings.after).toBe(settings.before);
});

test("Ctrl-C at a program ends it and what it has started", async () => {
  const { see, type, end } = await run("echo ready >&2; sleep 60; echo late");
  await see("ready");
  type(CONTROL_C);
  await see("done");
  expect((await end()).stdout).toBe('"CancelledError: cancelled"\n');
});
