import { expect, test } from "vitest";
import { parseDotfile } from "../../src/options/dotfile.ts";
import { OPTIONS } from "../../src/options/table.ts";
import { unknownKeys } from "../../src/options/unknown-keys.ts";

const inFile = (text: string, file = "/home/jdoe/.awsoktaprocessor") => ({
  file,
  dotfile: parseDotfile(text, file),
  workingDirectory: false,
});

test("every key of the table is known, in every section and spelling, but for what authenticate takes from its command line alone", () => {
  const keys = OPTIONS.filter(({ flagOnly }) => flagOnly !== true).flatMap(({ name }) => [
    name,
    name.toUpperCase(),
    name.replaceAll("-", "_"),
  ]);
  const lines = keys.map((key) => `${key} = x`).join("\n");
  const sections = ["defaults", "authenticate", "get-roles", "DEFAULT"].map((name) => `[${name}]\n${lines}\n`);
  expect(unknownKeys([inFile(sections.join(""))])).toEqual(["output is a flag only, in [authenticate] of /home/jdoe/.awsoktaprocessor"]);
});

test("a key that nobody knows is named, with its section and its file", () => {
  const text = "[defaults]\nuser = a\nusr = hunter2\n[authenticate]\nRole_Name = hunter2\n";
  expect(unknownKeys([inFile(text), inFile("[get-roles]\npassword=hunter2\n", "/project/.awsoktaprocessor")])).toEqual([
    "there is no option usr, in [defaults] of /home/jdoe/.awsoktaprocessor",
    "there is no option role-name, in [authenticate] of /home/jdoe/.awsoktaprocessor",
    "there is no option password, in [get-roles] of /project/.awsoktaprocessor",
  ]);
});

test("a key that is a flag only is named as that", () => {
  expect(unknownKeys([inFile("[defaults]\npass_stdin = yes\n")])).toEqual([
    "pass-stdin is a flag only, in [defaults] of /home/jdoe/.awsoktaprocessor",
  ]);
});

test("a section that nobody reads is named once, and its keys are not", () => {
  expect(unknownKeys([inFile("[Authenticate]\nuser = a\nusr = b\n[get_roles]\n")])).toEqual([
    "nobody reads the section [Authenticate] of /home/jdoe/.awsoktaprocessor",
    "nobody reads the section [get_roles] of /home/jdoe/.awsoktaprocessor",
  ]);
});

test("where there are no dotfiles there is nothing to say", () => {
  expect(unknownKeys([])).toEqual([]);
});
