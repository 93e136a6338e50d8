import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { EnrolledFactor } from "@aws-okta-processor/contract";
import { type Check, pluginChecks } from "@aws-okta-processor/contract/conformance";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { runLines } from "../evaluate-in.ts";
import { realShell } from "../real-shells.ts";
import { failuresOf } from "./failures.ts";

const BAD = fileURLToPath(new URL("bad", import.meta.url));
const enrolled: EnrolledFactor = { key: "token:acme", factorType: "token", provider: "ACME", vendorName: "Acme", profile: {} };
const evaluate = (...outputs: readonly string[]) => runLines(realShell("sh"), outputs);

const onImport = /^a module is imported in the middle of a command and must only export its value; its import /;
const reads = "must not read standard input or a terminal: a factor asks by host.ask, a format and a shell ask nobody; it called";
const ends = "must not end the process, which belongs to the host, but throw an Error; it called";
const second =
  'render must quote a value, or refuse it; AOP_A with the value "first; export AOP_B=second" gives "export AOP_A=first; export AOP_B=second", ' +
  "which sets AOP_B too";

/** Of each bad module the checks that fail, and what they say. */
const lessons: Readonly<Record<string, Readonly<Record<string, RegExp | string>>>> = {
  "format import-throws": { "./import/throws.js loads, and exports format": also(onImport, 'throws "ENOENT: no such file .*"') },
  "format import-waits": { "./import/waits.js loads, and exports format": also(onImport, "does not end: move what it waits for") },
  "format import-loops": { "./import/loops.js loads, and exports format": also(onImport, "does not end: move what it waits for") },
  "format import-exits": { "./import/exits.js loads, and exports format": also(onImport, "calls process.exit, which would end the host") },
  "format import-prints": {
    "./import/prints.js loads, and exports format": also(onImport, 'writes "acme 1.0, all rights reserved.*" to standard output'),
  },
  "format import-changes-environment": {
    "./import/changes-environment.js loads, and exports format": also(onImport, "changes process.env.ACME_LOADED$"),
  },
  "format import-another-name": {
    "./import/another-name.js loads, and exports format":
      'a module of formats must export format: export const format = { … }; it exports ["markdown"]',
  },
  "format import-no-object": {
    "./import/no-object.js loads, and exports format":
      "the export format must be an object with roles or credentials, as functions; it is the function format",
  },
  "shell half-a-shell": {
    "./import/half-a-shell.js loads, and exports shell":
      "the export shell must be an object with render and unset, as functions; it has render (function), evaluate (string)",
  },
  "format endless": { "a format ends on an empty listing": "roles must end; for 0 accounts it gave more than 1000 pieces" },
  "format clock": {
    "a format writes the same listing the same way":
      /^a format is pure: the same listing must give the same output; first it was "3 accounts on /,
    "a format writes the same credentials the same way":
      /^a format is pure: the same credentials must give the same output; first it was "\d{4}/,
  },
  "format chance": {
    "a format writes the same credentials the same way": /^a format is pure: the same credentials must give the same output; first it was /,
  },
  "format sorts": everywhere(
    [
      "a format says in one line what is wrong with a template, and keeps its word",
      "a format does not write, it returns",
      "a format writes the same listing the same way",
      "a format has colours for a terminal alone",
    ],
    /^a format must not change what it is given; it was .*, and then /,
  ),
  "format exits": { "a format ends on an empty listing": `a format ${ends} process.exit(0)` },
  "format prints": {
    "a format does not write, it returns": /^a format must not write to standard output, which belongs to the host; it wrote "3 accounts/,
  },
  "shell bare": {
    "a shell lets no value set a second variable": second,
    "a shell's own quoting brings every value through that it takes": /^after "export AOP_\d+=.* the variable must hold ".*"; it does not$/,
  },
  "shell bare-alone": { "a shell lets no value set a second variable": second },
  "shell stuck": everywhere(
    ["a shell carries what AWS gives, and refuses what it cannot carry in one line", "a shell lets no value set a second variable"],
    "render must end; after 6 seconds it had not",
  ),
  "shell reads-input": everywhere(
    [
      "a shell renders lines without a newline at their end, the same each time",
      "a shell carries what AWS gives, and refuses what it cannot carry in one line",
      "a shell lets no value set a second variable",
      "a shell does not write, it returns",
    ],
    `a shell ${reads} fs.readFileSync(0)`,
  ),
  ...Object.fromEntries(
    [
      ["readline", 'process.stdin.on("data")'],
      ["standard-input", 'process.stdin.on("readable")'],
      ["terminal", 'fs.openSync("/dev/tty")'],
    ].map(([name, call]) => [`factor token:asks-${name}`, everywhere(whereItIsAsked(), `a factor ${reads} ${call}`)]),
  ),
  "factor token:ignores-signal": {
    "a factor lets go when the person cancels":
      'a factor must obey host.signal: cancelled in the state {"kind":"required"}, it had not let go after one second',
  },
  "factor token:never-answers": {
    "a factor ends on a result that it has never heard of": /^a factor must answer; in the state .* it had not after five seconds$/,
  },
  "factor token:loops": { "a factor ends on a result that it has never heard of": "respond must end; after 3 seconds it had not" },
  "factor token:exits": { "a factor ends on a refusal when no attempt is left": `a factor ${ends} process.exit(3)` },
  "factor token:prints": {
    "a factor speaks only through the host":
      'a factor must not write to standard output, which belongs to the host; it wrote "Touch your token"',
  },
  "factor token:changes-environment": {
    "a factor ends on a refusal when no attempt is left": "a factor must leave process.env as it was; it changed ACME_LOCKED",
  },
  "factor token:changes-profile": {
    "a factor leaves what it is given as it was": /^a factor must not change what it is given; .*, and then .*"profile":\{"begun":true\}/,
  },
};

describe("a bad plugin", () => {
  let checks: readonly Check[] = [];

  beforeAll(async () => {
    const factors = Object.keys(lessons).filter((name) => name.startsWith("factor "));
    checks = await pluginChecks(BAD, {
      factors: Object.fromEntries(factors.map((name) => [name.replace("factor ", ""), { enrolled }])),
      shells: { bare: { evaluate } },
    });
  });

  test("says nothing in its package.json that is wrong", async () => {
    expect(await failuresOf(under("package.json", checks))).toEqual({});
    expect(await failuresOf(under("examples", checks))).toEqual({});
  });

  test("is one of these", () => {
    const prefixes = new Set(checks.map(({ title }) => title.replace(/: .*$/, "")));
    expect(prefixes).toEqual(new Set(["package.json", "examples", ...Object.keys(lessons)]));
  });

  test.each(Object.entries(lessons))("fails by what it does: %s", async (prefix, expected) => {
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const failures = await failuresOf(under(prefix, checks));
    vi.restoreAllMocks();
    const matching = Object.entries(expected).map(([title, lesson]) => [
      title,
      typeof lesson === "string" ? lesson : expect.stringMatching(lesson),
    ]);
    expect(failures).toEqual(Object.fromEntries(matching));
  });
});

test.each(["token:exits", "token:asks-readline", "token:changes-environment"])("after %s the process is as it was", async (name) => {
  const { stdin } = process;
  const before = [process.exit, Object.keys(process.env), stdin.read, stdin.on, openSync, globalThis.Date];
  const failures = await failuresOf(await pluginChecks(folderOf(name), { factors: { [name]: { enrolled } } }));
  expect(Object.keys(failures).length).toBeGreaterThan(0);
  expect([process.exit, Object.keys(process.env), stdin.read, stdin.on, openSync, globalThis.Date]).toEqual(before);
});

test("another contract is found out by its number, and the modules are tried all the same", async () => {
  expect(await failuresOf(await pluginChecks(path.join(BAD, "another-contract")))).toEqual({
    "package.json: a plugin states the number of its contract":
      "awsOktaProcessor.contract must be the number 1, the contract of these checks: the program refuses a plugin of another; it was 2",
  });
});

test("a factor without an example is told what to give", async () => {
  const { "factor token:exits: it has an example": lesson } = await failuresOf(await pluginChecks(folderOf("token:exits")));
  expect(lesson).toBe(
    'a factor is tried with what Okta lists for it: give pluginChecks an example such as {"factors":{"token:exits":{"enrolled":' +
      '{"key":"token:exits","factorType":"token","provider":"EXITS","vendorName":"Acme","profile":{}}}}}; there is none for it',
  );
});

test("an example of what is not there is found out", async () => {
  const checks = await pluginChecks(folderOf("token:exits"), { factors: { "token:exit": { enrolled } }, shells: {} });
  expect((await failuresOf(checks))["examples: each is of what package.json names"]).toBe(
    'an example must be of what package.json names; of factors that is ["token:exits"], and one is of "token:exit"',
  );
});

test.each([
  ["nothing", undefined, /^"ENOENT: no such file or directory, open '.*package.json'"$/],
  ["no JSON", "{ name: 1", /JSON/],
])("%s instead of a package.json is one check that fails", async (_, text, lesson) => {
  const failures = await failuresOf(await pluginChecks(temporary(text)));
  expect(failures).toEqual({ "package.json: it is there, and is JSON": expect.stringMatching(lesson) });
});

test.each(["[]", "null", '"x"', "{}", '{"awsOktaProcessor":{"contract":1,"formats":{"a":1,"b":"../x.js","c":"/x.js"},"shells":[]}}'])(
  "%s as package.json fails its own checks, and loads nothing",
  async (text) => {
    const checks = await pluginChecks(temporary(text));
    expect(checks.filter(({ title }) => !/^(package.json|examples):/.test(title))).toEqual([]);
    expect(Object.keys(await failuresOf(checks))).toContain("package.json: a plugin is an oclif plugin");
  },
);

test("a file that is not there is one check that fails", async () => {
  const folder = temporary('{"awsOktaProcessor":{"contract":1,"formats":{"a":"./nowhere.js"}}}');
  const failures = await failuresOf(under("format a", await pluginChecks(folder)));
  expect(failures).toEqual({
    "./nowhere.js loads, and exports format": expect.stringMatching(also(onImport, 'throws "Cannot find module')),
  });
});

function under(prefix: string, checks: readonly Check[]): readonly Check[] {
  const start = `${prefix}: `;
  return checks.filter(({ title }) => title.startsWith(start)).map(({ title, run }) => ({ title: title.slice(start.length), run }));
}

function also(start: RegExp, rest: string): RegExp {
  return new RegExp(`${start.source}${rest}`);
}

function everywhere(titles: readonly string[], lesson: RegExp | string): Readonly<Record<string, RegExp | string>> {
  return Object.fromEntries(titles.map((title) => [title, lesson]));
}

/** The checks that have a factor answer before anything was sent. */
function whereItIsAsked(): readonly string[] {
  return [
    "a factor answers every state with something that the host can do",
    "a factor speaks in printable lines, whatever Okta tells it",
    "a factor gives the same state the same answer",
    "a factor leaves what it is given as it was",
    "a factor speaks only through the host",
    "a factor lets go when the person cancels",
    "a factor ends where nobody can be asked",
    "a factor does not ask for ever",
  ];
}

/** With one of the bad factors alone, in a folder of its own. */
function folderOf(name: string): string {
  const { awsOktaProcessor } = JSON.parse(readFileSync(path.join(BAD, "package.json"), "utf8"));
  const folder = temporary(JSON.stringify({ type: "module", awsOktaProcessor: { contract: 1, factors: { [name]: "./factor.js" } } }));
  const target = new URL(awsOktaProcessor.factors[name], new URL("bad/", import.meta.url));
  writeFileSync(path.join(folder, "factor.js"), `export { factor } from ${JSON.stringify(target.href)};\n`);
  return folder;
}

function temporary(packageJson: string | undefined): string {
  const folder = mkdtempSync(path.join(tmpdir(), "aop-plugin-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (packageJson !== undefined) writeFileSync(path.join(folder, "package.json"), packageJson);
  return folder;
}
