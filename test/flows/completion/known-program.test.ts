import { expect, test } from "vitest";
import { HELP, type Installed, parseCommand } from "../../../src/flows/completion/known-program.ts";

const FACTORS = [{ value: "push:okta", help: "factor-push" }];
const installed: Installed = (kind) => (kind === "factors" ? FACTORS : []);

test("a command's manifest says what it takes", () => {
  const flags = {
    mode: { type: "option", char: "m", summary: "how", options: ["fast", "slow", 3] },
    old: { type: "boolean", hidden: true, description: "was there\nonce" },
  };
  const manifest = { id: "x:y", description: "does it\nin full", flags, args: { a: { options: ["one"] }, b: {} } };
  expect(parseCommand(manifest, installed)).toEqual({
    id: "x:y",
    help: "does it",
    hidden: false,
    flags: [
      {
        name: "mode",
        char: "m",
        help: "how",
        hidden: false,
        takesValue: true,
        values: [
          { value: "fast", help: "" },
          { value: "slow", help: "" },
        ],
      },
      { name: "old", char: undefined, help: "was there", hidden: true, takesValue: false, values: [] },
      HELP,
    ],
    args: [[{ value: "one", help: "" }], []],
  });
});

test("an option of ours has the sentence and the values of its row", () => {
  const { flags } = parseCommand({ id: "authenticate", flags: { factor: { type: "option", description: "long" } } }, installed);
  expect(flags[0]).toMatchObject({ help: expect.stringMatching(/^MFA factor/), values: FACTORS });
  const { flags: same } = parseCommand({ id: "theirs", flags: { factor: { type: "option", description: "long" } } }, installed);
  expect(same[0]).toMatchObject({ help: "long", values: [] });
});

test("a help flag of its own is not doubled", () => {
  expect(parseCommand({ id: "x", flags: { help: { type: "boolean", summary: "its own" } } }, installed).flags).toMatchObject([
    { name: "help", help: "its own" },
  ]);
});

test.each([null, 3, "x", {}, { id: 7 }, { id: "x", flags: [1], args: "no" }, { id: "x", flags: { a: null }, args: { b: 1 } }])(
  "a manifest of any shape is a command that takes what could be read: %j",
  (manifest) => {
    const command = parseCommand(manifest, installed);
    expect(command.flags.map(({ name }) => name)).toContain("help");
  },
);
