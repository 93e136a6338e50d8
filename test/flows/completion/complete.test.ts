import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { complete, formatCandidates, type KnownProgram } from "../../../src/flows/completion/complete.ts";
import { type Installed, parseCommand } from "../../../src/flows/completion/known-program.ts";
import { OPTIONS } from "../../../src/options/table.ts";

const { commands: own } = JSON.parse(readFileSync(new URL("../../../oclif.manifest.json", import.meta.url), "utf8")) as {
  readonly commands: Readonly<Record<string, unknown>>;
};

const others = [
  { id: "help", summary: "Display help", args: { command: {} } },
  { id: "tools", description: "List tools", flags: { core: { type: "boolean", char: "c" } } },
  { id: "tools:install", aliases: ["tools:add"], flags: { force: { type: "boolean", char: "f" } }, args: { plugin: {} } },
  { id: "tools:add", aliases: ["tools:add"], flags: { force: { type: "boolean", char: "f" } }, args: { plugin: {} } },
  { id: "tools:secret", hidden: true },
];

const names = (...values: readonly string[]) => values.map((value) => ({ value, help: `a package of ${value}` }));

const INSTALLED = {
  factors: names("push:okta", "token:hotp", "token:software:totp:okta"),
  formats: names("json", "profiles", "text"),
  shells: names("bash", "fish"),
  keychains: names("keychain"),
};
const installed: Installed = (kind) => INSTALLED[kind];

function programOf(given: Installed = installed): KnownProgram {
  const commands = [...Object.values(own), ...others].map((manifest) => parseCommand(manifest, given));
  return { commands, topics: new Map([["config", "what runs"]]) };
}

/** The values that are offered behind the program's name; the line ends at the cursor. */
function valuesAt(line: string, program = programOf()): readonly string[] {
  return complete(line.split(" "), program).map(({ value }) => value);
}

const flagsOf = (command: "authenticate" | "get-roles") => [
  ...OPTIONS.filter((row) => row.commands.includes(command) && row.noFlag !== true && row.refused === undefined).map(
    ({ name }) => `--${name}`,
  ),
  "--help",
];

test("the first word is a command or a topic, with what it is", () => {
  expect(complete([""], programOf())).toEqual([
    { value: "authenticate", help: "Sign in to Okta and print temporary AWS credentials" },
    { value: "completion", help: expect.any(String) },
    { value: "config", help: "what runs" },
    { value: "doctor", help: expect.any(String) },
    { value: "extensions", help: expect.any(String) },
    { value: "get-roles", help: expect.any(String) },
    { value: "help", help: "Display help" },
    { value: "logout", help: expect.any(String) },
    { value: "password", help: "" },
    { value: "plugins", help: expect.any(String) },
    { value: "tools", help: "List tools" },
  ]);
});

test.each([
  ["t", ["tools"]],
  ["-", ["--help", "--version"]],
  ["config ", ["show"]],
  ["config -", ["--help"]],
  ["tools ", ["install"]],
  ["tools -", ["--core", "--help"]],
  ["tools install ", []],
  ["tools add --f", ["--force"]],
  ["tools --core install --", ["--help"]],
  ["plugins cr", ["create"]],
  ["plugins create ", []],
  ["plugins create rc --kind ", ["factor", "format", "shell", "keychain"]],
  ["authenticate --cache-encryption ", ["keychain", "none"]],
  ["authenticate --cache-fallback ", ["nothing", "plain", "fail"]],
  ["password ", ["forget", "store"]],
  ["password store --k", ["--keychain"]],
  [
    "help ",
    ["authenticate", "completion", "config", "doctor", "extensions", "get-roles", "help", "logout", "password", "plugins", "tools"],
  ],
  ["help tools ", ["install"]],
  ["completion ", ["bash", "zsh", "fish", "powershell", "pwsh"]],
  ["completion --nothing f", ["fish"]],
  ["completion bash ", ["--help"]],
  ["config show --command ", ["authenticate", "get-roles"]],
  ["plugins u", ["uninstall", "update"]],
  ["nothing ", []],
  ["nothing -", ["--help"]],
])("behind %j stands %j", (line, values) => {
  expect(valuesAt(line)).toEqual(values);
});

test.each(["authenticate", "get-roles"] as const)("%s has the flags of its options and no other, each with its sentence", (command) => {
  expect(valuesAt(`${command} `)).toEqual(flagsOf(command));
  expect(valuesAt(`${command} -`)).toEqual(flagsOf(command));
  const helps = complete([command, "--"], programOf()).map(({ value, help }) => [value, help]);
  for (const row of OPTIONS) if (flagsOf(command).includes(`--${row.name}`)) expect(helps).toContainEqual([`--${row.name}`, row.help]);
});

test.each([
  ["authenticate --factor ", ["push:okta", "token:hotp", "token:software:totp:okta"]],
  ["authenticate --factor t", ["token:hotp", "token:software:totp:okta"]],
  ["authenticate --factor token:s", ["token:software:totp:okta"]],
  ["authenticate --factor=p", ["--factor=push:okta"]],
  ["authenticate -f ", ["push:okta", "token:hotp", "token:software:totp:okta"]],
  ["authenticate -fpu", ["-fpush:okta"]],
  ["authenticate -f=pu", ["-f=push:okta"]],
  ["authenticate -esf pu", ["push:okta"]],
  ["authenticate -esfpu", ["-esfpush:okta"]],
  ["authenticate --fac pu", ["push:okta"]],
  ['authenticate --factor "pu', ["push:okta"]],
  ["authenticate --factor nothing", []],
  ["authenticate --target-shell ", ["bash", "fish", "auto"]],
  ["get-roles --output ", ["json", "profiles", "text"]],
  ["get-roles --output=", ["--output=json", "--output=profiles", "--output=text"]],
  ["get-roles --silent=", []],
  ["get-roles --write --output js", ["json"]],
  ["get-roles --write somewhere --output js", ["json"]],
])("behind %j stand the values %j", (line, values) => {
  expect(valuesAt(line)).toEqual(values);
});

test.each([
  ...OPTIONS.filter(
    (row) =>
      row.kind !== "switch" && row.noFlag !== true && row.completes === undefined && row.values === undefined && row.valueOptional !== true,
  ),
])("nothing is offered as the value of --$name, a secret or free text", ({ name, char, commands }) => {
  for (const ways of [`--${name} `, `--${name}=`, ...(char === undefined ? [] : [`-${char} `, `-${char}=`])])
    expect(valuesAt(`${commands[0]} ${ways}`), ways).toEqual([]);
  expect(valuesAt(`${commands[0]} --${name} --factor p`), "a value is a value, whatever it looks like").toEqual([]);
});

test.each(OPTIONS.filter((row) => row.completes !== undefined || row.values !== undefined))("--$name has the values of its row", (row) => {
  const { name, commands, completes, values = [], alsoTakes } = row;
  const all = [...(completes === undefined ? [] : INSTALLED[completes]).map(({ value }) => value), ...values];
  for (const command of commands)
    expect(valuesAt(`${command} --${name} `).toSorted()).toEqual([...all, ...(alsoTakes?.[command] ?? [])].toSorted());
});

test("a format is offered where its package says that it prints what is asked for, and env beside those of authenticate", () => {
  const program = programOf((kind, command) => (kind === "formats" ? names(`of-${command}`) : []));
  expect([valuesAt("authenticate --output ", program), valuesAt("get-roles --output ", program)]).toEqual([
    ["of-authenticate", "env"],
    ["of-get-roles"],
  ]);
});

test("what was given is not offered again, and what is a value was not given", () => {
  expect(valuesAt("authenticate --silent --si")).toEqual(["--sign-in-url"]);
  expect(valuesAt("authenticate -s --si")).toEqual(["--sign-in-url"]);
  expect(valuesAt("authenticate --user --silent --si")).toEqual(["--sign-in-url", "--silent"]);
});

test("behind -- no flag is offered, and no value of one", () => {
  expect(
    ["authenticate -- ", "authenticate -- -", "authenticate -- --factor ", "authenticate -- --factor=p"].map((line) => valuesAt(line)),
  ).toEqual([[], [], [], []]);
  expect(valuesAt("completion -- f")).toEqual(["fish"]);
});

const HOSTILE = [
  "a b",
  "a\tb",
  "a\nb",
  "\u001b[31m",
  "$(id)",
  "`id`",
  "a'b",
  'a"b',
  "a;b",
  "a|b",
  "a\\b",
  "~",
  "*",
  "é",
  "",
  "--pass-stdin",
  "-x",
];

test("a name that a shell would not take as it is, is not offered", () => {
  const given: Installed = (kind) => (kind === "factors" ? names(...HOSTILE, "custom:factor/of.2_+") : names(...HOSTILE));
  expect(valuesAt("authenticate --factor ", programOf(given))).toEqual(["custom:factor/of.2_+"]);
  const command = parseCommand({ id: "x", flags: Object.fromEntries([...HOSTILE, "fine"].map((name) => [name, {}])) }, given);
  const bad = HOSTILE.map((id) => parseCommand({ id }, given));
  const program = { commands: [command, ...bad], topics: new Map() };
  expect([valuesAt("", program), valuesAt("x ", program)]).toEqual([["x"], ["--fine", "--help"]]);
});

test("a line for each candidate; what describes it stays on it", () => {
  const candidates = [{ value: "a", help: "two\nlines\tand \u001b[31mred" }, ...names("b")];
  expect(formatCandidates(candidates)).toBe("a\ttwo lines and [31mred\nb\ta package of b\n");
});
