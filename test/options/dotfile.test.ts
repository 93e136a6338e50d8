import { expect, test } from "vitest";
import { parseDotfile } from "../../src/options/dotfile.ts";
import { failureOf } from "../support/failure.ts";

test.each([
  ["keys and values are trimmed, with = or :", "[s]\nuser = jdoe\nkey:a\nrole  :  b", { user: "jdoe", key: "a", role: "b" }],
  ["the first = or : separates", "[s]\npass=a=b:c\nsign-in-url: https://x/?a=b", { pass: "a=b:c", "sign-in-url": "https://x/?a=b" }],
  ["a value may be empty", "[s]\nkey =\nuser:", { key: "", user: "" }],
  ["keys are read in any case", "[s]\nUser = Jdoe\nROLE=b", { user: "Jdoe", role: "b" }],
  ["an underscore in a key is a dash", "[s]\nsecondary_role = r\nsign_in_url = u", { "secondary-role": "r", "sign-in-url": "u" }],
  ["a line that starts with # or ; is a comment", "# a\n[s]\n; b\nuser = c\n  # d", { user: "c" }],
  ["a # or ; within a value belongs to it", "[s]\npass = a # b ; c", { pass: "a # b ; c" }],
  ["a percent sign stands for itself", "[s]\npass = 50%off %(user)s %%", { pass: "50%off %(user)s %%" }],
  ["a deeper line continues the value before", "[s]\nrole = a\n  b\n\tc\nuser = d", { role: "a\nb\nc", user: "d" }],
  ["a comment does not end a value", "[s]\nrole = a\n# comment\n  b", { role: "a\nb" }],
  ["keys that are equally indented are keys", "[s]\n  user = a\n  role = b\n", { user: "a", role: "b" }],
  ["a line deeper than an indented key continues it", "[s]\n  role = a\n    b\n  user = c", { role: "a\nb", user: "c" }],
  ["a byte order mark is nothing", "\uFEFF[s]\nuser = a", { user: "a" }],
  ["lines may end as on any system", "[s]\r\nuser = a\rrole = b\n", { user: "a", role: "b" }],
  ["the last of equal keys counts", "[s]\nuser = a\nuser = b", { user: "b" }],
  ["a section may come twice", "[s]\nuser = a\n[t]\n[s]\nrole = b", { user: "a", role: "b" }],
  ["names of JavaScript are names", "[s]\n__proto__ = a\nconstructor = b", { "--proto--": "a", constructor: "b" }],
])("%s", (_, text, expected) => {
  expect(Object.fromEntries(parseDotfile(text, "f").get("s") ?? [])).toEqual(expected);
});

test("sections are told apart, and their names are read as written", () => {
  const sections = [...parseDotfile("[defaults]\nuser=a\n[Authenticate]\nuser=b\n[get-roles]\n", "f")];
  expect(sections.map(([name, keys]) => [name, Object.fromEntries(keys)])).toEqual([
    ["defaults", { user: "a" }],
    ["Authenticate", { user: "b" }],
    ["get-roles", {}],
  ]);
});

test("a continuation does not reach over a section", async () => {
  expect(await failureOf(() => parseDotfile("[a]\nuser = a\n[b]\n  what is this", "/f"))).toEqual({
    name: "UsageError",
    code: "DOTFILE_INVALID",
    message: "/f line 4 is not readable",
    hint: "write KEY=VALUE there",
  });
});

test.each([
  ["[s]\nuser = a\nhunter2", 3, "write KEY=VALUE there"],
  ["[s]\r\n\r\n= hunter2", 3, "write KEY=VALUE there"],
  ["# a\npass = hunter2", 2, "write a section such as [defaults] before the first key there"],
  ["[s\npass = hunter2", 1, "write a section such as [defaults] before the first key there"],
])("%j names the file and the line that cannot be read, and shows nothing of it", async (text, line, hint) => {
  expect(await failureOf(() => parseDotfile(text, "/home/jdoe/.awsoktaprocessor"))).toEqual({
    name: "UsageError",
    code: "DOTFILE_INVALID",
    message: `/home/jdoe/.awsoktaprocessor line ${line} is not readable`,
    hint,
  });
});
