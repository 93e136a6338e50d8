import { parse } from "@oclif/core/parser";
import fc from "fast-check";
import { expect, test } from "vitest";
import { flagsOf } from "../../src/commands/flags.ts";
import { expandFlags } from "../../src/options/expand-flags.ts";
import { hideSecrets } from "../../src/options/hide-secrets.ts";
import { optionsOf } from "../../src/options/table.ts";
import { readPlainFlags } from "../../src/warm/plain-flags.ts";

/** As the full program reads a command line: main writes flags out and hides secrets, oclif parses, the command puts secrets back. */
async function readFully(typed: readonly string[]): Promise<unknown> {
  const { argv, secrets } = hideSecrets(expandFlags(typed));
  const { flags } = await parse(argv.slice(1), { flags: flagsOf("authenticate"), strict: true });
  return { ...flags, ...secrets };
}

const flag = fc.constantFrom(
  ...optionsOf("authenticate").flatMap(({ name, char }) => [
    `--${name}`,
    `--${name}=`,
    `--${name}=v`,
    ...(char === undefined ? [] : [`-${char}`]),
  ]),
);
const odd = fc.constantFrom("-es", "-ujdoe", "-u=jdoe", "-", "--", "--env", "--nope", "---user", "-1", "--User", "--user =x", "");
const value = fc.constantFrom("jdoe", "900", "a=b", "get-roles", "ü", " ", "x y", "#", "authenticate");
const withValue = fc.tuple(flag, value).map(([name, text]) => [name, text]);
const commandLine = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: withValue },
      { weight: 4, arbitrary: flag.map((name) => [name]) },
      fc.oneof(odd, value).map((text) => [text]),
    ),
    {
      maxLength: 5,
    },
  )
  .map((parts) => ["authenticate", ...parts.flat()]);

test("what the cached answer reads of a command line is what the full program reads", async () => {
  let plain = 0;
  await fc.assert(
    fc.asyncProperty(commandLine, async (argv) => {
      const flags = readPlainFlags(argv);
      if (flags === undefined) return;
      plain++;
      expect(flags).toEqual(await readFully(argv));
    }),
    { numRuns: 3000 },
  );
  expect(plain).toBeGreaterThan(300);
});

test("another command is left to the full program", () => {
  fc.assert(
    fc.property(fc.string(), fc.array(value), (command, rest) => {
      fc.pre(command !== "authenticate");
      expect(readPlainFlags([command, ...rest])).toBe(undefined);
    }),
  );
});
