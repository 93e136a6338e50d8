import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expandFlags } from "../../src/options/expand-flags.ts";
import { hideSecrets } from "../../src/options/hide-secrets.ts";
import { COMMANDS, holdsIn, STANDS_ALONE } from "../../src/options/option-row.ts";
import { OPTIONS, optionsOf } from "../../src/options/table.ts";

/** `authenticate` before and after, without the word itself. */
const expand = (line: string) =>
  expandFlags(["authenticate", ...line.split(" ")])
    .slice(1)
    .join(" ");

describe("a shortened flag is written out", () => {
  test.each([
    ["--env --us x --org y --app z --rol r", "--environment --user x --organization y --application z --role r"],
    ["--e", "--environment"],
    ["--us x", "--user x"],
    ["--u x", "--user x"],
    ["--o y", "--organization y"],
    ["--f push:okta", "--factor push:okta"],
    ["--d 900", "--duration 900"],
    ["--k one", "--key one"],
    ["--se arn", "--secondary-role arn"],
    ["--sil", "--silent"],
    ["--sig https://x", "--sign-in-url https://x"],
    ["--reg eu-west-1", "--region eu-west-1"],
    ["--ac acme-*", "--account-alias acme-*"],
    ["--no-o", "--no-okta-cache"],
    ["--no-a", "--no-aws-cache"],
    ["--targ fish", "--target-shell fish"],
  ])("%s", (short, long) => {
    expect(expand(short)).toBe(long);
  });

  test.each([
    ["--us=x", "--user=x"],
    ["--us=", "--user="],
    ["--us==x", "--user==x"],
    ["--us=--env", "--user=--env"],
    ["--us=a=b", "--user=a=b"],
    ["--rol=r --env", "--role=r --environment"],
  ])("with its value behind an equals sign: %s", (short, long) => {
    expect(expand(short)).toBe(long);
  });

  test("and the lines of its value stay as they are", () => {
    expect(expandFlags(["authenticate", "--ke=a\n--env=b\n"])).toEqual(["authenticate", "--key=a\n--env=b\n"]);
  });

  test("in get-roles, whose own flags are beside those", () => {
    expect(expandFlags(["get-roles", "--us", "x", "--output-", "{role}", "--e"])).toEqual([
      "get-roles",
      "--user",
      "x",
      "--output-format",
      "{role}",
      "--environment",
    ]);
  });
});

describe("what is no shortened flag stays as it is", () => {
  test.each([
    ["letters, alone and stacked", "-e -es -s"],
    ["letters with their values", "-u jdoe -ujdoe -esu jdoe"],
    ["whole flags", "--environment --user jdoe --role=r"],
    ["flags that nobody knows", "--nope --environments --user-name x"],
    ["flags of oclif", "--help --version"],
    ["a single dash", "-env -"],
    ["values that look like flags", "--user --env"],
    ["values that look like flags, behind a shortened flag's letter", "-k --env"],
    ["what stands behind two dashes", "-- --env --us x"],
  ])("%s", (_, line) => {
    expect(expand(line)).toBe(line);
  });

  test.each([
    ["authenticate", "--s", ["silent", "secondary-role", "sign-in-url"]],
    ["authenticate", "--si", ["silent", "sign-in-url"]],
    ["authenticate", "--r", ["role", "region"]],
    ["authenticate", "--a", ["application", "account-alias"]],
    ["authenticate", "--no", ["no-okta-cache", "no-aws-cache"]],
    ["get-roles", "--o", ["organization", "output", "output-format"]],
    ["get-roles", "--out", ["output", "output-format"]],
  ] as const)("%s %s, which may mean several", (command, flag, meant) => {
    const fits = optionsOf(command).filter(({ name, added }) => !holdsIn(command, added) && `--${name}`.startsWith(flag));
    expect(new Set(fits.map(({ name }) => name))).toEqual(new Set(meant));
    expect(expandFlags([command, flag, "x"])).toEqual([command, flag, "x"]);
  });

  test("a value behind a shortened flag, whatever it looks like", () => {
    expect(expand("--us --env --rol -- --se --us")).toBe("--user --env --role -- --se --us");
  });

  test("a value behind a whole flag that is the beginning of another", () => {
    expect(expandFlags(["get-roles", "--output", "--us"])).toEqual(["get-roles", "--output", "--us"]);
  });

  test("the words of another command, and of none", () => {
    for (const argv of [["login", "--env"], ["plugins", "install", "--us"], ["--env", "authenticate"], []])
      expect(expandFlags(argv)).toEqual(argv);
  });
});

test("what the original did not have takes no shortened flag away, and is not shortened", () => {
  expect(expandFlags(["get-roles", "--rol", "r", "--ap", "z"])).toEqual(["get-roles", "--role", "r", "--application", "z"]);
  expect(expandFlags(["get-roles", "--all", "--role-suffix", "/"])).toEqual(["get-roles", "--all", "--role-suffix", "/"]);
  expect(expandFlags(["get-roles", "--all-applications"])).toEqual(["get-roles", "--all-applications"]);
});

test("nor do options that were added beside factor and pass", () => {
  expect(expand("--f push:okta --fact push:okta --p x --pas x")).toBe("--factor push:okta --factor push:okta --pass x --pass x");
  expect(expand("--factor-code-com x --pass-st --password-c x --rem")).toBe("--factor-code-com x --pass-st --password-c x --rem");
});

test("an output of authenticate takes no shortened flag away from what the original had there", () => {
  expect(expand("--o acme --output x --out x")).toBe("--organization acme --output x --out x");
});

test.each([
  ["at the end", ["--write"], [`--write=${STANDS_ALONE}`]],
  ["before a flag", ["--write", "--yes"], [`--write=${STANDS_ALONE}`, "--yes"]],
  ["before two dashes", ["--write", "--", "x"], [`--write=${STANDS_ALONE}`, "--", "x"]],
  ["with a value", ["--write", "file", "--yes"], ["--write", "file", "--yes"]],
  ["with a value that is an empty word", ["--write", ""], ["--write", ""]],
  ["with a value behind its sign", ["--write=file", "x"], ["--write=file", "x"]],
])("a flag that may stand alone has a value of its own where it does: %s", (_, given, expanded) => {
  expect(expandFlags(["get-roles", ...given])).toEqual(["get-roles", ...expanded]);
});

test.each([["--pas", "hunter2"], ["--pa=hunter2"], ["--p", "hunter2"]])("a password behind a shortened flag is hidden: %s", (...given) => {
  expect(hideSecrets(expandFlags(["authenticate", ...given]))).toEqual({
    argv: ["authenticate", "--pass", "[secret]"],
    secrets: { pass: "hunter2" },
  });
});

test("a command line without shortened flags is itself", () => {
  const rows = OPTIONS.filter(({ valueOptional }) => valueOptional !== true);
  const word = fc.constantFrom(...rows.flatMap(({ name, char }) => [`--${name}`, `--${name}=x`, `-${char ?? "x"}`]), "x", "--", "-", "");
  fc.assert(
    fc.property(fc.constantFrom(...COMMANDS), fc.array(word), (command, rest) => {
      expect(expandFlags([command, ...rest])).toEqual([command, ...rest]);
    }),
  );
});
