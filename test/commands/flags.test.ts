import { expect, test } from "vitest";
import { flagsOf } from "../../src/commands/flags.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import { OPTIONS, optionsOf } from "../../src/options/table.ts";

const commands = ["authenticate", "get-roles"] as const;

/** One flag, as far as people see it. */
function view(command: (typeof commands)[number], name: string) {
  const flag = new Map(Object.entries(flagsOf(command)[name] ?? {}));
  return Object.fromEntries(["type", "char", "description", "helpGroup", "helpValue", "hidden"].map((field) => [field, flag.get(field)]));
}

test.each(commands)("%s has a flag for each of its options", (command) => {
  expect(Object.keys(flagsOf(command))).toEqual(optionsOf(command).map(({ name }) => name));
  expect(Object.keys(COMMANDS[command].flags)).toEqual(Object.keys(flagsOf(command)));
});

test("a flag tells its sentence, its variable, its key in a dotfile and its default", () => {
  expect([view("authenticate", "user"), view("authenticate", "target-shell"), view("authenticate", "environment")]).toEqual([
    {
      type: "option",
      char: "u",
      description: `${OPTIONS.find(({ name }) => name === "user")?.help} [AWS_OKTA_USER; dotfile: user]`,
      helpGroup: "OKTA",
      helpValue: "NAME",
      hidden: false,
    },
    {
      type: "option",
      char: undefined,
      description: `${OPTIONS.find(({ name }) => name === "target-shell")?.help} [AWS_OKTA_TARGET_SHELL; dotfile: target-shell; default bash, on Windows powershell]`,
      helpGroup: "OUTPUT",
      helpValue: "SHELL",
      hidden: false,
    },
    {
      type: "boolean",
      char: "e",
      description: `${OPTIONS.find(({ name }) => name === "environment")?.help} [AWS_OKTA_ENVIRONMENT; dotfile: environment]`,
      helpGroup: "OUTPUT",
      helpValue: undefined,
      hidden: false,
    },
  ]);
});

test("what a command takes without effect, or refuses, is not in its help", () => {
  const hidden = (command: (typeof commands)[number]) =>
    Object.entries(flagsOf(command)).flatMap(([name, flag]) => (flag.hidden === true ? [name] : []));
  expect([hidden("authenticate"), hidden("get-roles")]).toEqual([
    ["factor-code", "role-suffix-delimiter"],
    OPTIONS.filter((row) => row.refused !== undefined || row.ignoredBy?.some((command) => command === "get-roles") === true).map(
      ({ name }) => name,
    ),
  ]);
});

test.each(commands)("no flag of %s has a default or a variable of oclif's: the option table resolves", (command) => {
  for (const flag of Object.values(flagsOf(command)))
    expect([flag.default, flag.env, flag.required]).toEqual([undefined, undefined, undefined]);
});
