import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { holdsIn } from "../../src/options/option-row.ts";
import { OPTIONS } from "../../src/options/table.ts";
import { bundledNames } from "../support/bundled.ts";
import { PROGRAM, runWithoutTerminal } from "../support/process.ts";
import { CREDENTIALS_JSON, DEVELOPER } from "../support/sample.ts";
import { test } from "../support/sandbox-home.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { readonly version: string };

const FACTORS = `INSTALLED FACTORS ${bundledNames("factors")}`;
const FORMATS = `INSTALLED FORMATS ${bundledNames("formats")}`;
const SHELLS = `INSTALLED SHELLS ${bundledNames("shells")}`;

/** Lines break where the terminal ends; what they say does not depend on it. */
function unwrapped(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}

test.concurrent("--version names the program, its version and the Node that runs it", async ({ enter }) => {
  const { run } = await enter();
  const stdout = `aws-okta-processor/${version} ${process.platform}-${process.arch} node-${process.version}\n`;
  expect(await run("--version")).toEqual({ stdout, stderr: "", exitCode: 0 });
});

test.concurrent("--help names the commands and all that is installed", async ({ enter }) => {
  const { run } = await enter();
  const { stdout, stderr, exitCode } = await run("--help");
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  for (const command of ["authenticate", "get-roles", "plugins", "sandbox"]) expect(stdout).toMatch(new RegExp(`^ +${command} `, "m"));
  for (const section of [FACTORS, FORMATS, SHELLS]) expect(unwrapped(stdout)).toContain(section);
});

test.concurrent.for(["", "authenticate", "get-roles"])("no line of --help is broken by the terminal: %s", async (command, { enter }) => {
  const { run } = await enter();
  const { stdout } = await run(`${command} --help`);
  // What is to be copied stays whole.
  expect(stdout.split("\n").filter((line) => line.length > 120 && !line.startsWith("  $ "))).toEqual([]);
});

test.concurrent.for([
  ["authenticate", [FACTORS, "INSTALLED FORMATS dotenv, json, yaml, env", SHELLS]],
  ["get-roles", [FACTORS, "INSTALLED FORMATS csv, json, jsonl, profiles, table, text, yaml"]],
] as const)(
  "the help of %s has each flag with its variable and its key in a dotfile, and what is installed",
  async ([command, sections], { enter }) => {
    const { run } = await enter();
    const { stdout, stderr, exitCode } = await run(`${command} --help`);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    for (const row of OPTIONS) {
      const isShown = row.commands.includes(command) && row.refused === undefined && row.noFlag !== true;
      const shown = row.kind === "switch" ? `--${row.name} ` : `--${row.name}=`;
      const layers = `[${row.env ?? ""}; dotfile: ${row.name}`;
      expect({ name: row.name, flag: stdout.includes(shown), layers: unwrapped(stdout).includes(layers) }).toEqual({
        name: row.name,
        flag: isShown,
        layers: isShown && !holdsIn(command, row.flagOnly),
      });
    }
    for (const group of ["OKTA FLAGS", "AWS FLAGS", "OUTPUT FLAGS", "CACHE FLAGS"]) expect(stdout).toContain(`${group}\n`);
    for (const section of sections) expect(unwrapped(stdout)).toContain(section);
  },
);

test.concurrent.for(["", "authenticate", "get-roles"])("-h is --help, as it was: %s", async (command, { enter }) => {
  const { run } = await enter();
  const [short, long] = [await run(`${command} -h`), await run(`${command} --help`)];
  expect(short).toEqual(long);
  expect(short).toMatchObject({ stdout: expect.stringContaining("USAGE"), exitCode: 0 });
});

test.concurrent.for(["authenticate", "get-roles"])("%s --version is an error and signs in to nothing", async (command, { enter }) => {
  const { run, sandbox } = await enter("no-mfa");
  expect(await run(`${command} --version`)).toMatchObject({ stdout: "", exitCode: 2 });
  expect(sandbox.count()).toBe(0);
});

test.concurrent("plugins can be listed, and the commands to change them are there", async ({ enter }) => {
  const { run } = await enter();
  expect(await run("plugins")).toEqual({ stdout: "no plugins are installed\n", stderr: "", exitCode: 0 });
  const { stdout } = await run("plugins --help");
  for (const command of ["install", "link", "uninstall", "update"]) expect(stdout).toContain(`plugins ${command}`);
});

const other = findOtherNode();

test.concurrent(`another Node of this machine runs it without a word of its own: ${other ?? "there is none"}`, {
  skip: other === undefined,
}, async ({ enter }) => {
  const { env, cwd } = await enter("no-mfa");
  const run = (...args: readonly string[]) => runWithoutTerminal([other ?? "", PROGRAM, ...args], { env, cwd });
  expect(await run("--version")).toMatchObject({ stderr: "", exitCode: 0 });
  const first = await run("authenticate", "--silent", "--role", DEVELOPER);
  expect(first).toEqual({ stdout: expect.stringMatching(CREDENTIALS_JSON), stderr: "", exitCode: 0 });
  expect(await run("authenticate", "--silent", "--role", DEVELOPER)).toEqual(first);
});

/** The machine's own, where it is not the one that runs the tests. */
function findOtherNode(): string | undefined {
  const commands = (process.env["PATH"] ?? "").split(path.delimiter).map((folder) => path.join(folder, "node"));
  return commands.filter(existsSync).find((command) => {
    const found = spawnSync(command, ["--version"], { encoding: "utf8" }).stdout.trim();
    return found !== process.version && Number(/^v(\d+)/.exec(found)?.[1]) >= 20;
  });
}
