import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseConfigFile } from "../../src/aws/config-file.ts";
import { configFileOf } from "../../src/aws/config-file-path.ts";
import { profileNameOf } from "../../src/aws/profile-name.ts";
import { askPython, hasPython, withPython } from "../support/python.ts";

const READER = new URL("botocore-reader.py", import.meta.url);

type Read = Readonly<Record<string, Readonly<Record<string, string>>>> | null;

describe("a file that botocore refuses is refused, with the line", () => {
  test.each([
    ["a = 1\n[x]\n", "line 1: this stands before the first section"],
    ["# c\n\n[x]\nregion\n", "line 4: this is not readable"],
    ["[x]\n= 1\n", "line 2: this is not readable"],
    ["[]\n", "line 1: this stands before the first section"],
    ["[x]\r\na=1\r\n[y]\r\n[x]\r\n", "line 4: there is a second [x]"],
    ["[x]\nregion=1\nREGION : 2\n", "line 3: there is a second region in [x]"],
    ["[x]\ns3 =\n  a = 1\n  b\n", "line 4: this is not readable"],
  ])("%j", (text, message) => {
    expect(() => parseConfigFile(text, "~/.aws/config")).toThrow(
      expect.objectContaining({ code: "CONFIG_FILE_INVALID", message: `~/.aws/config ${message}` }),
    );
  });
});

test("an indented line belongs to the setting above it, whatever it looks like", () => {
  const { sections } = parseConfigFile("[x]\na = 1\n\n# c\n  [y]\nb = 2\n", "f");
  expect(sections.map(({ header, settings }) => [header, settings])).toEqual([
    [
      "x",
      [
        { key: "a", value: "1", line: 1, goesOn: true },
        { key: "b", value: "2", line: 5, goesOn: false },
      ],
    ],
  ]);
});

test.skipIf(!hasPython)(withPython("any file is read or refused as botocore reads or refuses it"), () => {
  const line = fc.constantFrom(
    ...["[x]", "[y]", "[DEFAULT]", " [x]", "[x] # [z]", "[]", "a=1", "A = 1", "b:2", " c = 3", "  d = 4", "e =", "f", "  g", "= 5"],
    ...["# c", "  ; c", "", "  ", "\t", "[x", "h=[y]"],
  );
  const end = fc.constantFrom("\n", "\n", "\r\n", "\r", "");
  const text = fc.array(fc.tuple(line, end), { maxLength: 9 }).map((lines) => `[w]\n${lines.map((parts) => parts.join("")).join("")}`);
  // Two of [DEFAULT] are one to Python, and refused here.
  const texts = fc.sample(
    text.filter((given) => given.split("[DEFAULT]").length < 3),
    { numRuns: 3000, seed: 14 },
  );
  const expected = askPython(READER, texts) as readonly Read[];
  expect(texts.map(read)).toEqual(expected.map(withoutContinuations));
  expect(expected.filter((one) => one !== null).length).toBeGreaterThan(500);
});

test("sections that a reader of AWS takes for one profile have one name", () => {
  const same = ["profile x", "profile  x", 'profile "x"', "profile 'x'", 'profile "x" ', "profile.x", "profile\tx", "profile x] # [z"];
  expect(same.map(profileNameOf)).toEqual(same.map(() => "profile x"));
  expect(["default", "profile default", 'profile "default"'].map(profileNameOf)).toEqual(Array(3).fill("profile default"));
  expect(["x", "sso-session x", "profile", "Profile x"].map(profileNameOf)).toEqual(["x", "sso-session x", "profile", "Profile x"]);
});

test("the config file is the variable's, else the one at home", () => {
  expect([
    configFileOf({ AWS_CONFIG_FILE: "~/c" }, "/home/j$&"),
    configFileOf({ AWS_CONFIG_FILE: "/etc/~/c" }, "/home/j"),
    configFileOf({ AWS_CONFIG_FILE: "~jdoe/c" }, "/home/j"),
    configFileOf({ AWS_CONFIG_FILE: "" }, "/home/j"),
    configFileOf({}, "/home/j"),
    configFileOf({}, undefined),
  ]).toEqual(["/home/j$&/c", "/etc/~/c", "~jdoe/c", "/home/j/.aws/config", "/home/j/.aws/config", undefined]);
});

/** Headers, keys and values, the first line of a value only; `[DEFAULT]` lends its settings to all in Python and is left out. */
function read(text: string): Read {
  try {
    const { sections } = parseConfigFile(text, "f");
    const entries = sections.map(({ header, settings }) => [header, Object.fromEntries(settings.map(({ key, value }) => [key, value]))]);
    return withoutContinuations(spread(Object.fromEntries(entries)));
  } catch {
    return null;
  }
}

function spread({ DEFAULT, ...sections }: NonNullable<Read>): NonNullable<Read> {
  return Object.fromEntries(Object.entries(sections).map(([name, settings]) => [name, { ...DEFAULT, ...settings }]));
}

function withoutContinuations(given: Read): Read {
  if (given === null) return null;
  const firstLine = (settings: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, value.split("\n")[0] ?? ""]));
  return Object.fromEntries(Object.entries(given).map(([name, settings]) => [name, firstLine(settings)]));
}
