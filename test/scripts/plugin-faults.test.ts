import { existsSync } from "node:fs";
import { appendFile, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect } from "vitest";
import { dataFolderOf, installPlugins, type LinkedPlugin, linkPlugin } from "../support/linked-plugin.ts";
import { PROGRAM, runWithoutTerminal } from "../support/process.ts";
import { CONTROL_C } from "../support/pty.ts";
import { type Place, test } from "../support/sandbox-home.ts";

const INTRODUCED = /^acme.* takes part; it is the code of its authors and runs with your rights$/;

/** What a plugin does in place of its work, and how that is told. */
const FAULTS: readonly (readonly [title: string, body: string, told: string])[] = [
  ["throws", 'throw new Error("boom");', "boom"],
  ["throws what is no error", "throw null;", ""],
  ["blocks the program", "for (;;);", "did not come to an end"],
  ["wants to end the program", "process.exit(0);", "wanted to end the program"],
  ["wants to end it and goes on", "try { process.exit(0); } catch {}", "wanted to end the program"],
  ["writes to standard output", 'console.log("hello");', "wrote to standard output, which is for the answer alone"],
  ["writes there by the stream", 'process.stdout.write("hello");', "wrote to standard output, which is for the answer alone"],
];

interface Kind {
  readonly name: string;
  readonly kinds: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly module: (body: string) => string;
  readonly command: string;
  readonly scene: "default" | "no-mfa";
}

const KINDS: readonly Kind[] = [
  {
    name: "shell",
    kinds: { shells: { acme: "./module.cjs" } },
    module: (body) => `exports.shell = { render: () => "", unset: () => { ${body} return ""; }, evaluate: "…" };`,
    command: "authenticate --unset --target-shell acme",
    scene: "no-mfa",
  },
  {
    name: "format",
    kinds: { formats: { acme: "./module.cjs" } },
    module: (body) => `exports.format = { *roles() { ${body} yield ""; } };`,
    command: "get-roles --output acme",
    scene: "no-mfa",
  },
  {
    name: "factor",
    kinds: { factors: { "push:okta": "./module.cjs" } },
    module: (body) =>
      `exports.factor = { describe: () => "Acme", respond: async () => { ${body} return { do: "give-up", reason: "no" }; } };`,
    command: "authenticate --factor push:okta",
    scene: "default",
  },
];

const plugin = ({ kinds }: Pick<Kind, "kinds">, module: string): LinkedPlugin => ({ name: "acme", block: kinds, module });

async function locksIn({ home }: Place): Promise<readonly string[]> {
  return (await readdir(home, { recursive: true })).filter((file) => file.endsWith(".lock"));
}

/** One line that names it, and what to do; standard output has nothing. */
async function expectNamed(place: Place, command: string, told: string): Promise<void> {
  const { stdout, stderr, exitCode } = await place.run(command);
  const lines = stderr.split("\n").filter((line) => !INTRODUCED.test(line) && !line.startsWith("push:okta comes from"));
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
  expect(lines[0]).toMatch(/^aws-okta-processor: acme /);
  expect(lines[0]).toContain(told);
  expect(lines.length, stderr).toBeLessThanOrEqual(3);
}

for (const kind of KINDS) {
  describe.concurrent(`a ${kind.name}`, () => {
    // What blocks costs the time that it is given, so that each way of it is tried once.
    const faults = FAULTS.filter(([title]) => kind.name === "shell" || title !== "blocks the program");
    for (const [title, body, told] of faults) {
      test(`that ${title} at work ends in one line that names it`, async ({ enter }) => {
        const place = await enter(kind.scene);
        await linkPlugin(place, plugin(kind, kind.module(body)));
        await expectNamed(
          place,
          kind.command,
          kind.name === "factor" && title.startsWith("throws") ? "failed while it answered push:okta" : told,
        );
        expect(await locksIn(place)).toEqual([]);
      });

      test(`that ${title} while it is loaded ends in one line that names it`, async ({ enter }) => {
        const place = await enter(kind.scene);
        await linkPlugin(place, plugin(kind, `${body}\n${kind.module("")}`));
        const patient = title === "blocks the program" ? "did not come to an end" : told;
        await expectNamed(place, kind.command, title.startsWith("throws") ? "cannot be loaded" : patient);
      });
    }
  });
}

test("a factor that throws where nobody waits for it ends in one line that names it", async ({ enter }) => {
  const place = await enter();
  const respond = "() => new Promise(() => { setTimeout(() => { throw new TypeError('late'); }, 10); setTimeout(() => {}, 5000); })";
  const module = `exports.factor = { describe: () => "", respond: ${respond} };`;
  await linkPlugin(place, { name: "acme", block: { factors: { "push:okta": "./module.cjs" } }, module });
  await expectNamed(place, "authenticate --factor push:okta", "threw where nobody waited for it");
  expect([await locksIn(place), place.sandbox.count("POST /api/v1/authn/cancel")]).toEqual([[], 1]);
});

test.concurrent("a plugin's format prints at a terminal, and is told how wide that is", async ({ enter }) => {
  const place = await enter("no-mfa");
  const module =
    'exports.format = { roles: (_, { terminal }) => [["wide:", terminal?.columns, typeof terminal?.hasColors].join(" ") + "\\n"] };';
  await linkPlugin(place, { name: "acme", block: { formats: { acme: "./module.cjs" } }, module });
  const { see, end } = await place.sit("get-roles --output acme", {}, "on a screen");
  await see("wide: 160 boolean");
  expect(await end()).toMatchObject({ exitCode: 0 });
});

test("what a plugin leaves open does not keep the program", async ({ enter }) => {
  const place = await enter("no-mfa");
  const module = 'setInterval(() => {}, 1000); exports.format = { roles: () => ["answer\\n"] };';
  await linkPlugin(place, { name: "acme", block: { formats: { acme: "./module.cjs" } }, module });
  expect(await place.run("get-roles --output acme --silent")).toMatchObject({ stdout: "answer\n", exitCode: 0 });
});

test("Ctrl-C ends a factor that waits for ever, or blocks the program", async ({ enter }) => {
  const place = await enter();
  for (const waiting of ["await new Promise((resolve) => setTimeout(resolve, 1e6));", "for (;;);"]) {
    const respond = `async () => { require("node:fs").writeFileSync("began", ""); ${waiting} }`;
    const module = `exports.factor = { describe: () => "", respond: ${respond} };`;
    await linkPlugin(place, { name: "acme", block: { factors: { "push:okta": "./module.cjs" } }, module });
    const { see, type, end } = await place.sit("authenticate --factor push:okta");
    await see("comes from the linked package");
    while (!existsSync(path.join(place.cwd, "began"))) await setTimeout(20);
    await rm(path.join(place.cwd, "began"));
    // In the instant in which the first part of its work ends, Ctrl-C is the terminal's own: it ends the program without a word.
    await setTimeout(300);
    type(CONTROL_C);
    const ended = await end();
    expect(ended).toMatchObject({ stdout: "", stderr: "aws-okta-processor: cancelled\n", exitCode: 130 });
    expect(ended.settings.after).toBe(ended.settings.before);
  }
});

test.concurrent("a plugin that blocks the program where nothing can interrupt it is ended by force, and named", async ({ enter }) => {
  const place = await enter();
  const respond = "async () => { await null; for (;;); }";
  const module = `exports.factor = { describe: () => "", respond: ${respond} };`;
  await linkPlugin(place, { name: "acme", block: { factors: { "push:okta": "./module.cjs" } }, module });
  const { stdout, stderr, exitCode } = await place.run("authenticate --factor push:okta");
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: null });
  expect(stderr).toContain("aws-okta-processor: acme blocked the program, which was ended\n");
});

test.concurrent("a plugin that somebody debugs takes as long as that takes", async ({ enter }) => {
  const place = await enter();
  const stop = (ms: number) => `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${ms});`;
  const respond = `async () => { ${stop(6000)} await null; ${stop(22_000)} return { do: "give-up", reason: "stepped through" }; }`;
  const module = `exports.factor = { describe: () => "", respond: ${respond} };`;
  await linkPlugin(place, { name: "acme", block: { factors: { "push:okta": "./module.cjs" } }, module });
  const { env, cwd } = place;
  const command = [process.execPath, PROGRAM, "authenticate", "--factor", "push:okta"];
  const debugged = { ...env, NODE_OPTIONS: "--inspect=127.0.0.1:0" };
  const { stderr, exitCode } = await runWithoutTerminal(command, { env: debugged, cwd, timeoutMs: 90_000 });
  expect({ told: stderr.includes("aws-okta-processor: stepped through\n"), exitCode }).toEqual({ told: true, exitCode: 3 });
});

test.concurrent("what a plugin can do to standard output, and to the exit code, is nothing", async ({ enter }) => {
  const place = await enter("no-mfa");
  for (const body of [
    "process.stdout.end('hello');",
    "Object.getPrototypeOf(process.stdout).write.call(process.stdout, 'hello');",
    "process.exitCode = 3;",
    "setTimeout(() => Promise.reject(new Error('late')), 0);",
    "process.on('exit', () => process.stdout.write('bye'));",
  ]) {
    const module = `exports.format = { roles: () => { ${body} return ["answer\\n"]; } };`;
    await linkPlugin(place, { name: "acme", block: { formats: { acme: "./module.cjs" } }, module });
    const { stdout, exitCode } = await place.run("get-roles --output acme --silent");
    const isTold = body.includes("hello");
    expect({ body, stdout, exitCode }).toEqual({ body, stdout: isTold ? "" : "answer\n", exitCode: isTold ? 1 : 0 });
  }
});

test.concurrent("what a plugin throws, and what looks like an error, does no harm by being looked at", async ({ enter }) => {
  const place = await enter("no-mfa");
  for (const thrown of [
    "{ get message() { throw 1; } }",
    "Object.defineProperty(new Error(), 'message', { get() { throw 1; } })",
    "Object.assign(new Error(), { message: 'x'.repeat(1e7) })",
    "new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 1; } })",
    "{ toString() { throw 1; } }",
  ]) {
    const module = `exports.format = { roles: () => { throw ${thrown}; } };`;
    await linkPlugin(place, { name: "acme", block: { formats: { acme: "./module.cjs" } }, module });
    const { stdout, stderr, exitCode } = await place.run("get-roles --output acme --silent");
    expect({ thrown, stdout, exitCode, isLong: stderr.length > 3000 }).toEqual({ thrown, stdout: "", exitCode: 1, isLong: false });
    expect(stderr).toMatch(/aws-okta-processor: acme /);
    expect(stderr).not.toMatch(/\n\s+at /);
  }
});

test("what a plugin writes when its work is done is not in the answer", async ({ enter }) => {
  const place = await enter("no-mfa");
  const module = `exports.format = { roles: () => { setTimeout(() => console.log("late"), 0); process.on("exit", () => console.log("later")); return ["answer\\n"]; } };`;
  await linkPlugin(place, { name: "acme", block: { formats: { acme: "./module.cjs" } }, module });
  expect(await place.run("get-roles --output acme --silent")).toMatchObject({ stdout: "answer\n", exitCode: 0 });
});

describe.concurrent("a plugin folder that is half there", () => {
  const good: LinkedPlugin = {
    name: "acme",
    block: { formats: { acme: "./module.cjs" } },
    module: 'exports.format = { roles: () => ["good\\n"], credentials: () => "good\\n" };',
  };
  const bad: LinkedPlugin = { name: "broken", block: { formats: { broken: "./module.cjs" } }, module: "" };
  const DAMAGES: readonly (readonly [string, (root: string, data: string) => Promise<unknown>])[] = [
    ["has no package", (root) => rm(root, { recursive: true })],
    ["has no module", (root) => rm(path.join(root, "module.cjs"))],
    ["has half a package.json", (root) => writeFile(path.join(root, "package.json"), '{"name": "bro')],
    ["has an empty package.json", (root) => writeFile(path.join(root, "package.json"), "")],
    [
      "has a folder for package.json",
      async (root) => mkdir(await rm(path.join(root, "package.json")).then(() => path.join(root, "package.json"))),
    ],
    ["has a command that does not load", (root) => damageCommands(root, "throw new Error('x');")],
    ["has a command that ends the program", (root) => damageCommands(root, "process.exit(7);")],
    ["has a command that blocks the program", (root) => damageCommands(root, "for (;;);")],
    ["has a hook that blocks the program", damageHooks],
    ["has a list that is torn", (_, data) => appendFile(path.join(data, "package.json"), "}")],
  ];

  for (const [title, damage] of DAMAGES) {
    test(`${title} stops neither a sign-in, nor what is kept, nor another plugin, nor its removal`, async ({ enter }) => {
      const place = await enter("no-mfa");
      const data = dataFolderOf(place.home);
      await installPlugins(place, good, bad);
      await damage(path.join(data, "node_modules/broken"), data);
      const line = "authenticate --silent --role arn:aws:iam::111122223333:role/Developer";
      const [fresh, kept] = [await place.run(line), await place.run(line)];
      expect(fresh).toMatchObject({ stderr: "", exitCode: 0 });
      expect(kept).toEqual(fresh);
      if (title !== "has a list that is torn") {
        expect(await place.run(`${line} --output acme`)).toMatchObject({ stdout: "good\n", exitCode: 0 });
        expect(await place.run("extensions")).toMatchObject({ stdout: expect.stringContaining("broken"), exitCode: 0 });
        expect(await place.run("plugins uninstall broken")).toMatchObject({ exitCode: 0 });
      }
      expect(await place.run("plugins")).toMatchObject({ stdout: expect.not.stringContaining("broken"), exitCode: 0 });
    });
  }

  async function damageCommands(root: string, module: string): Promise<void> {
    const packageJson = {
      name: "broken",
      version: "1.0.0",
      oclif: { commands: "./commands" },
      awsOktaProcessor: { contract: 1, ...bad.block },
    };
    await writeFile(path.join(root, "package.json"), JSON.stringify(packageJson));
    await mkdir(path.join(root, "commands"));
    await writeFile(path.join(root, "commands/broken.js"), module);
  }

  async function damageHooks(root: string): Promise<void> {
    const hooks = Object.fromEntries(["init", "prerun", "postrun", "finally", "command_not_found"].map((name) => [name, "./hook.js"]));
    const packageJson = { name: "broken", version: "1.0.0", oclif: { hooks }, awsOktaProcessor: { contract: 1, ...bad.block } };
    await writeFile(path.join(root, "package.json"), JSON.stringify(packageJson));
    await writeFile(path.join(root, "hook.js"), "exports.default = () => { for (;;); };");
  }
});
