import { describe, expect, test } from "vitest";
import { readPassword } from "../../src/flows/read-password.ts";
import { failureOf } from "../support/failure.ts";
import { useFolder } from "../support/folder.ts";
import { optionsFrom } from "../support/options.ts";
import { usePerson } from "../support/person.ts";
import { programTerminal } from "../support/program-terminal.ts";
import { createWorld } from "../support/world.ts";

const who = { user: "jdoe", org: "acme.okta.com" };
const WARNING = "warning: others on this machine can see the password in --pass; --password-command and --pass-stdin hide it\n";

describe("--pass", () => {
  const terminal = programTerminal();

  test("is the password, and is warned of once", async () => {
    const world = createWorld();
    const options = optionsFrom({ pass: "hunter2" });
    const passwords = [await readPassword({ world, terminal }, options, who), await readPassword({ world, terminal }, { ...options }, who)];
    expect(passwords.map((password) => password.reveal())).toEqual(["hunter2", "hunter2"]);
    expect(world.written).toEqual({ output: "", diagnosis: WARNING });
  });

  test("is not warned of in silence", async () => {
    const world = createWorld();
    await readPassword({ world, terminal }, optionsFrom({ pass: "hunter2", silent: true }), who);
    expect(world.written.diagnosis).toBe("");
  });

  test("is not warned of where a variable or a dotfile holds it", async () => {
    const world = createWorld();
    const { path: home } = useFolder({ ".awsoktaprocessor": "[defaults]\npass = hunter2\n" });
    const ways = [optionsFrom({}, { env: { AWS_OKTA_PASS: "hunter2" } }), optionsFrom({}, { home })];
    for (const options of ways) expect((await readPassword({ world, terminal }, options, who)).reveal()).toBe("hunter2");
    expect(world.written.diagnosis).toBe("");
  });
});

describe("--pass-stdin", () => {
  const read = (line: string | undefined) => {
    const world = createWorld({ readInput: () => Promise.resolve(line) });
    return readPassword({ world, terminal: programTerminal() }, optionsFrom({ "pass-stdin": true }), who);
  };

  test("is the line as it is, spaces included", async () => {
    expect((await read("  correct horse ")).reveal()).toBe("  correct horse ");
  });

  test.each([
    ["", "standard input holds no password (--pass-stdin)"],
    [undefined, "standard input is a terminal (--pass-stdin)"],
  ])("of %j is none", async (line, message) => {
    expect(await failureOf(() => read(line))).toEqual({
      name: "UsageError",
      code: "NO_PASSWORD",
      message,
      hint: "pipe the password in, or leave --pass-stdin out to be asked for it",
    });
  });
});

describe("--password-command", () => {
  const read = (command: string) => {
    const options = optionsFrom({ "password-command": command });
    return readPassword({ world: createWorld(), terminal: programTerminal() }, options, who);
  };

  test.each([
    ["printf ' correct horse \\r\\nurl: https://acme.okta.com\\n'", " correct horse "],
    ["printf hunter2", "hunter2"],
  ])("is the first line that %j writes, spaces included", async (command, password) => {
    expect((await read(command)).reveal()).toBe(password);
  });

  test.each([
    ["echo hunter2; exit 1", "the command of --password-command failed with exit code 1"],
    [":", "the command of --password-command wrote nothing in its first line"],
  ])("%j gives none, and what it wrote is not shown", async (command, message) => {
    expect(await failureOf(() => read(command))).toMatchObject({ name: "UsageError", code: "COMMAND_FAILED", message });
  });
});

describe("where no option says it", () => {
  test("the person is asked, again where Enter alone was pressed", async () => {
    const { terminal, said } = usePerson("", "hunter2");
    expect((await readPassword({ world: createWorld(), terminal }, optionsFrom(), who)).reveal()).toBe("hunter2");
    expect(said).toEqual(["secret: Password of jdoe at acme.okta.com", "secret: Password of jdoe at acme.okta.com"]);
  });
});
