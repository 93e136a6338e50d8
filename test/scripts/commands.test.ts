import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { totpCode } from "@aws-okta-processor/sandbox";
import { expect } from "vitest";
import { callsOf } from "../support/calls.ts";
import { CONTROL_C, ENTER } from "../support/pty.ts";
import { CREDENTIALS_JSON, DEVELOPER } from "../support/sample.ts";
import { type Place, test } from "../support/sandbox-home.ts";
import { withFactors } from "../support/scenario.ts";

const LINE = `authenticate --silent --role ${DEVELOPER}`;
const PASSWORD = "echo 'correct horse'";
const rightCode = () => totpCode("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", new Date());
const wrongCode = () => (rightCode() === "000000" ? "000001" : "000000");
const SIGNED_IN = { stdout: expect.stringMatching(CREDENTIALS_JSON), stderr: "", exitCode: 0 };

/** The lines that a command has left in a file. */
async function linesOf({ home }: Place, name: string): Promise<readonly string[]> {
  const text = await readFile(path.join(home, name), "utf8").catch(() => "");
  return text.split("\n").slice(0, -1);
}

const SOURCES: Readonly<Record<string, (place: Place, commands: Readonly<Record<string, string>>) => ReturnType<Place["run"]>>> = {
  flags: ({ run }, commands) =>
    run([...LINE.split(" "), ...Object.entries(commands).flatMap(([name, line]) => [`--${name}`, line])], { AWS_OKTA_PASS: undefined }),
  variables: ({ run }, commands) => {
    const pairs = Object.entries(commands).map(([name, line]) => [`AWS_OKTA_${name.toUpperCase().replaceAll("-", "_")}`, line] as const);
    return run(LINE, { AWS_OKTA_PASS: undefined, ...Object.fromEntries(pairs) });
  },
  "a dotfile": async ({ run, home }, commands) => {
    const lines = Object.entries(commands).map(([name, line]) => `${name.replaceAll("-", "_")} = ${line}\n`);
    await writeFile(path.join(home, ".awsoktaprocessor"), `[defaults]\n${lines.join("")}`);
    return run(LINE, { AWS_OKTA_PASS: undefined });
  },
};

test.concurrent("a password manager gives the password and the code, and nobody is asked", async ({ enter }) => {
  for (const [source, runWith] of Object.entries(SOURCES)) {
    const place = await enter("totp-only");
    const commands = { "password-command": PASSWORD, "factor-code-command": `printf '%s\\nvalid for 30 seconds\\n' ${rightCode()}` };
    expect(await runWith(place, commands), source).toEqual(SIGNED_IN);
    expect(callsOf(place.sandbox).slice(0, 3), source).toEqual([
      "POST /api/v1/authn",
      "POST /api/v1/authn/factors/*/verify",
      "POST /api/v1/sessions",
    ]);
  }
});

test.concurrent("a code of the command that is refused is asked of the person, and the command is not run again", async ({ enter }) => {
  const place = await enter("totp-only");
  const { see, type, end } = await place.sit(LINE, { AWS_OKTA_FACTOR_CODE_COMMAND: `echo run >>"$HOME/runs"; echo ${wrongCode()}` });
  await see("the code was wrong: try again\n");
  await see("Code from Okta Verify ›");
  type(`${rightCode()}${ENTER}`);
  expect(await end()).toMatchObject(SIGNED_IN);
  expect(await linesOf(place, "runs")).toEqual(["run"]);
});

test.concurrent("without a terminal a code that is refused ends the sign-in", async ({ enter }) => {
  const place = await enter("totp-only");
  const code = wrongCode();
  const ran = await place.perform(LINE, { AWS_OKTA_FACTOR_CODE_COMMAND: `echo run >>"$HOME/runs"; echo ${code}` });
  expect(ran).toEqual({
    stdout: "",
    stderr:
      "the code was wrong: try again\n" +
      `aws-okta-processor: ${place.sandbox.organization} did not take the code of the command (AWS_OKTA_FACTOR_CODE_COMMAND)\n` +
      "run the command by itself to see what it gives; there is no terminal to ask for another code\n",
    exitCode: 3,
  });
  expect(ran.stderr).not.toContain(code);
  expect(await linesOf(place, "runs")).toEqual(["run"]);
  expect(callsOf(place.sandbox).at(-1)).toBe("POST /api/v1/authn/cancel");
});

test.concurrent("a question that is none for a code is asked of the person, whatever command there is", async ({ enter }) => {
  const question = { factorType: "question", provider: "OKTA", question: "custom", questionText: "Which fish?", answer: "cod" } as const;
  const place = await enter(withFactors("default", question));
  const { see, type, end } = await place.sit(LINE, { AWS_OKTA_FACTOR_CODE_COMMAND: 'echo run >>"$HOME/runs"; echo cod' });
  await see("Which fish? ›");
  type(`cod${ENTER}`);
  expect(await end()).toMatchObject(SIGNED_IN);
  expect(await linesOf(place, "runs")).toEqual([]);
});

test.concurrent("a command says at the terminal what it wants, and may ask there", async ({ enter }) => {
  const { sit } = await enter("totp-only");
  const command = "echo 'touch the key' >&2; printf 'PIN: ' >/dev/tty; read -r pin </dev/tty; echo $pin";
  const { see, type, end } = await sit(LINE, { AWS_OKTA_FACTOR_CODE_COMMAND: command });
  await see("touch the key\nPIN: ");
  type(`${rightCode()}${ENTER}`);
  const ended = await end();
  expect(ended).toMatchObject(SIGNED_IN);
  expect(ended.settings.after).toBe(ended.settings.before);
});

test.concurrent("without a terminal what a command says is on standard error", async ({ enter }) => {
  const { run } = await enter("no-mfa");
  const ran = await run(LINE, { AWS_OKTA_PASS: undefined, AWS_OKTA_PASSWORD_COMMAND: `echo 'the vault is open' >&2; ${PASSWORD}` });
  expect(ran).toEqual({ ...SIGNED_IN, stderr: "the vault is open\n" });
});

test.concurrent("a command sees no secret among its variables and arguments", async ({ enter }) => {
  const place = await enter("totp-only");
  const command = `(env; ps -o args= -p $$) >"$HOME/seen"; echo ${rightCode()}`;
  const ran = await place.run(LINE, { AWS_OKTA_FACTOR_CODE_COMMAND: command, AWS_OKTA_FACTOR_CODE: "", Aws_Okta_Pass: "correct horse" });
  expect(ran).toEqual(SIGNED_IN);
  const seen = await linesOf(place, "seen");
  expect(seen.filter((line) => /correct|horse|^AWS_OKTA_(?:PASS|FACTOR_CODE)=/i.test(line))).toEqual([]);
  expect(seen).toContain(`HOME=${place.home}`);
});

test.concurrent.for([
  ["fails", "echo 123456; exit 3", "failed with exit code 3\nrun it by itself to see why\n"],
  ["is not there", "no-such-program 2>/dev/null", "failed with exit code 127\nthe shell did not find it\n"],
  ["writes nothing", "true", "wrote nothing in its first line\nrun it by itself to see what it writes\n"],
] as const)("a command that %s ends the sign-in, and is named by where it was given", async ([, command, problem], { enter }) => {
  const { perform, sandbox } = await enter("totp-only");
  expect(await perform(LINE, { AWS_OKTA_FACTOR_CODE_COMMAND: command })).toEqual({
    stdout: "",
    stderr: `aws-okta-processor: the command of AWS_OKTA_FACTOR_CODE_COMMAND ${problem}`,
    exitCode: 2,
  });
  expect(callsOf(sandbox).at(-1)).toBe("POST /api/v1/authn/cancel");
});

test.concurrent("Ctrl-C at a command ends both, and the terminal is as it was", async ({ enter }) => {
  const { sit, sandbox } = await enter("totp-only");
  const { see, type, end } = await sit(LINE, { AWS_OKTA_FACTOR_CODE_COMMAND: "echo ready >&2; exec sleep 60" });
  await see("ready\n");
  type(CONTROL_C);
  const ended = await end();
  expect(ended).toMatchObject({ stdout: "", stderr: "aws-okta-processor: cancelled\n", exitCode: 130 });
  expect(ended.settings.after).toBe(ended.settings.before);
  expect(sandbox.count("POST /api/v1/authn/cancel")).toBe(1);
});

test.concurrent("what is kept runs no command", async ({ enter }) => {
  const place = await enter("no-mfa");
  const change = { AWS_OKTA_PASS: undefined, AWS_OKTA_PASSWORD_COMMAND: `echo run >>"$HOME/runs"; ${PASSWORD}` };
  const first = await place.run(LINE, change);
  expect(first).toEqual(SIGNED_IN);
  expect(await place.run(LINE, change)).toEqual(first);
  expect(await place.run(`${LINE} --no-aws-cache`, change)).toEqual(SIGNED_IN);
  expect(await linesOf(place, "runs")).toEqual(["run"]);
});

test.concurrent.for(["password_command", "factor_code_command"])(
  "%s in a dotfile of the working directory is not run",
  async (key, { enter }) => {
    const place = await enter("totp-only");
    await writeFile(path.join(place.cwd, ".awsoktaprocessor"), `[authenticate]\n${key} = echo run >>"$HOME/runs"\n`);
    const name = key.replaceAll("_", "-");
    expect(await place.perform(LINE)).toEqual({
      stdout: "",
      stderr: `aws-okta-processor: ${name} may be set only by a flag, a variable or your own dotfile (${name} in [authenticate] of ${place.cwd}/.awsoktaprocessor)\n`,
      exitCode: 2,
    });
    expect([await linesOf(place, "runs"), callsOf(place.sandbox)]).toEqual([[], []]);
  },
);
