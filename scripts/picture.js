// docs/session.svg: a whole sign-in at a real terminal against the sandbox, with a push that asks for a number and the menu of roles.
// With --check it only says whether the committed picture is what the program shows now.
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pty from "@lydell/node-pty";
import { scenarios, startSandbox } from "../plugins/sandbox/dist/index.js";
import { renderScreen } from "./picture/screen.js";
import { renderSvg } from "./picture/svg.js";
import { root } from "./workspaces.js";

const file = path.join(root, "docs/session.svg");
const columns = 100;
const organization = "acme.okta.com";
const number = 30;

const picture = renderSvg(withoutRepeats(await record()), {
  columns,
  label:
    "A sign-in at a terminal: password, factor, a number to choose on the phone, and the AWS role from a menu that is searched by typing",
});
if (!process.argv.includes("--check")) writeFileSync(file, picture);
else if (!existsSync(file) || readFileSync(file, "utf8") !== picture) {
  process.stderr.write("docs/session.svg is not what the program shows; run `npm run docs` and commit it\n");
  process.exitCode = 1;
}

/** What a screen has in common with the one before it is left out: read downwards, they are the whole session. */
function withoutRepeats(screens) {
  return screens.map(({ title, rows }, index) => {
    const before = screens[index - 1]?.rows ?? [];
    const changed = rows.findIndex((row, at) => JSON.stringify(row) !== JSON.stringify(before[at]));
    return { title, rows: rows.slice(changed) };
  });
}

/** @returns the screens of a session, in order */
async function record() {
  const home = mkdtempSync(path.join(tmpdir(), "aop-picture-"));
  symlinkSync(path.join(root, "bin/run.js"), path.join(home, "aws-okta-processor"));
  const sandbox = await startSandbox({ scenario: pushWithNumber() });
  const terminal = openTerminal(home, sandbox);
  try {
    return await play(terminal, sandbox);
  } finally {
    await terminal.close();
    await sandbox.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The standard scenario, with a push that waits for the person and asks for a number. */
function pushWithNumber() {
  const [user] = scenarios.default.users;
  const [push, ...others] = user.factors;
  return { ...scenarios.default, users: [{ ...user, factors: [{ ...push, script: "manual", number }, ...others] }] };
}

async function play({ type, screenWith }, sandbox) {
  const command = `aws-okta-processor authenticate --environment --user jdoe --organization ${sandbox.organization}`;
  await screenWith(/^\$ $/m);
  type(`eval "$(${command})"\r`);
  await screenWith(/Password/);
  type(`${scenarios.default.users[0].password}\r`);
  const factor = await screenWith(/Factor[\s\S]*Enter to choose/);
  type("\r");
  const push = await screenWith(new RegExp(`hoose ${number}\\b`));
  sandbox.approvePush(number);
  await screenWith(/AWS role[\s\S]*Enter to choose/);
  type("devel");
  const role = await screenWith(/2 of /);
  type("\r");
  const done = await screenWith(/Role: .*\n\$ $/);
  return [
    { title: "The password, then a factor", rows: factor },
    { title: "Okta asks for a number on the phone", rows: push },
    { title: "The role, found by typing", rows: role },
    { title: "The credentials are in the shell's environment", rows: done },
  ];
}

/** A shell at a terminal of its own, with nothing of this machine's in it. */
function openTerminal(home, sandbox) {
  const env = { ...sandbox.environment, HOME: home, PATH: `${home}:${path.dirname(process.execPath)}:${process.env.PATH}`, PS1: "$ " };
  const shell = pty.spawn("bash", ["--norc", "--noprofile"], { name: "xterm", cols: columns + 20, rows: 40, cwd: home, env });
  let output = "";
  let lastAt = performance.now();
  shell.onData((piece) => {
    output += piece;
    lastAt = performance.now();
  });
  const ended = new Promise((resolve) => shell.onExit(resolve));
  const close = () => {
    shell.kill();
    return ended;
  };
  const rows = () => renderScreen(output.replaceAll(sandbox.organization, organization), columns);
  const screenWith = async (pattern) => {
    const deadline = performance.now() + 20_000;
    for (;;) {
      await sleep(20);
      const seen = rows();
      const text = seen.map((row) => row.map((run) => run.text).join("")).join("\n");
      if (pattern.test(text) && performance.now() - lastAt > 200) return seen;
      if (performance.now() > deadline) throw new Error(`the terminal never showed ${pattern}; it shows:\n${text}`);
    }
  };
  return { type: (text) => shell.write(text), screenWith, close };
}
