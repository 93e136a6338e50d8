import { writeFileSync } from "node:fs";
import path from "node:path";
import { type Sandbox, scenarios, startSandbox } from "@aws-okta-processor/sandbox";
import { afterAll, test as base, beforeAll, describe } from "vitest";
import { isInstalled, nameOf, realShell } from "../plugins/real-shells.ts";
import { pushed, withFactors } from "../support/scenario.ts";
import { AWS, createMachine, type Machine, removeMachine, toHere, withoutAnswers, writeFileOf } from "./machine.ts";
import { type Block, type Page, pages, type Section } from "./markdown.ts";
import { type Example, examplesOf, matches, play, run } from "./session.ts";

/** Shown to people and not run here, each for its reason. */
const NOT_RUN: Readonly<Record<string, string>> = {
  "npm ci && npm run try": "needs a clean checkout, where CI runs it; scripts/try.js is run by test/docs/scripts.test.ts",
  "npm ci && npm test": "is running now",
  "npm install --global aws-okta-processor": "comes from a registry and changes the machine; test/packaging installs the packed package",
  "aws-okta-processor plugins install NAME": "comes from a registry",
  "aws-okta-processor plugins install @acme/okta-format-markdown": "comes from a registry",
  "aws-okta-processor plugins install @aws-okta-processor/keychain-os": "comes from a registry",
  "npm install": "comes from a registry; the checkout's own are used",
  "npm publish --provenance --access public": "goes to a registry",
  "npm install --save-dev typescript @aws-okta-processor/contract": "comes from a registry; the checkout's own are used",
  "npm run bench": "takes minutes; the quick one is run by CI, and a part of it by test/scripts/bench.test.ts",
  "npm run bench -- --quick": "CI runs it",
  'npm run bench -- --only cached --against "node /path/to/an/older/checkout/bin/run.js"': "there is no older checkout here",
  "npm run bench -- --record": "changes committed files",
  "node scripts/node24.cjs node test/bench/profile.ts profiles/get-roles.cpuprofile": "is for a checkout",
};

/** Blocks that are run by a shell other than bash; the variables must be there after it, and this line says so. */
const SHELLS: Readonly<Record<string, string>> = {
  fish: 'echo "token $AWS_SESSION_TOKEN"',
  tcsh: 'echo "token $AWS_SESSION_TOKEN"',
  nu: "print $'token ($env.AWS_SESSION_TOKEN)'",
  elvish: "echo token $E:AWS_SESSION_TOKEN",
  xonsh: "print('token', $AWS_SESSION_TOKEN)",
};

/** Sessions have many commands, each a process, and wait for pushes; they share two cores with the rest of the suite. */
const PATIENCE_MS = 120_000;

let sandbox: Sandbox;

beforeAll(async () => {
  const codes = scenarios["totp-only"].users[0]?.factors ?? [];
  sandbox = await startSandbox({ tls: true, scenario: withFactors("default", pushed("SUCCESS"), ...codes) });
});

afterAll(() => sandbox.close());

const test = base.extend<{ readonly machine: Machine }>({
  machine: async ({ onTestFinished }, use) => {
    const machine = await createMachine(sandbox);
    onTestFinished(() => removeMachine(machine));
    await use(machine);
  },
});

for (const { file, sections } of pages.filter(hasExamples)) {
  describe.concurrent(file, { timeout: PATIENCE_MS }, () => sections.forEach(testSection));
}

test("every block is a session, a shell's lines, a program, a file that a session uses, or plain text", ({ expect }) => {
  const blocks = pages.flatMap(({ sections }) => sections.flatMap((section) => section.blocks));
  const unused = blocks.filter(
    ({ language, file }) => !["console", "js", "text", ...Object.keys(SHELLS)].includes(language) && file === undefined,
  );
  expect(unused.map(({ place, language }) => `${place} ${language}`)).toEqual([]);
});

test("every file of a page is used by a session in the same section", ({ expect }) => {
  const lonely = pages.flatMap(({ sections }) => sections.filter(({ blocks }) => !blocks.some(({ language }) => language === "console")));
  expect(lonely.flatMap(({ blocks }) => blocks.filter(({ file }) => file !== undefined)).map(({ place }) => place)).toEqual([]);
});

test("every example that is said not to be run is on a page", ({ expect }) => {
  const commands = pages.flatMap(({ sections }) => sections.flatMap(examplesOfSection)).map(({ command }) => command);
  expect(Object.keys(NOT_RUN).filter((command) => !commands.includes(command))).toEqual([]);
});

function hasExamples({ sections }: Page): boolean {
  const run = ["js", ...Object.keys(SHELLS)];
  return sections.some((section) => toRun(section).length > 0 || section.blocks.some(({ language }) => run.includes(language)));
}

function toRun(section: Section): readonly Example[] {
  return examplesOfSection(section).filter(isRun);
}

function isRun({ command }: Example): boolean {
  return NOT_RUN[command] === undefined;
}

/** Commands, and the files that are edited between them. */
function partsOf(blocks: readonly Block[]): readonly (Example | Block)[] {
  return blocks.flatMap<Example | Block>((block) => {
    if (block.isEdit) return [block];
    return block.language === "console" ? examplesOf(block).filter(isRun) : [];
  });
}

function testSection(section: Section): void {
  const examples = toRun(section);
  if (examples.length > 0) testSession(section, examples);
  for (const block of section.blocks) {
    if (SHELLS[block.language] !== undefined) testShell(block);
    if (block.language === "js" && block.file === undefined) testProgram(block);
  }
}

/** A command may fail only where the page shows its exit code next. */
function testSession({ title, blocks }: Section, examples: readonly Example[]): void {
  const isMissing = AWS === undefined && examples.some(({ command }) => command.startsWith("aws "));
  const name = `the examples ${title === "" ? "at the top" : `of "${title}"`} print what the page says`;
  test.skipIf(isMissing)(`${name}${isMissing ? " (aws is not installed)" : ""}`, async ({ expect, machine }) => {
    for (const block of blocks) writeFileOf(block, machine);
    const isAnswered = blocks.some(({ file, lines }) => file !== undefined && lines.some((line) => line.startsWith("password-command")));
    const played = await play(partsOf(blocks), isAnswered ? withoutAnswers(machine) : machine);
    for (const [index, { place, command, expected, printed, exitCode }] of played.entries()) {
      if (!matches(expected, printed)) expect.soft(printed.join("\n"), `${place}: ${command}`).toBe(expected.join("\n"));
      if (examples[index + 1]?.command === "echo $?") continue;
      expect.soft(exitCode, `exit code of ${place}: ${command}\n${printed.join("\n")}`).toBe(0);
    }
  });
}

function testShell({ place, language, lines }: Block): void {
  const shell = realShell(language);
  test.skipIf(!isInstalled(shell))(`the lines at ${place} set variables: ${nameOf(shell)}`, async ({ expect, machine }) => {
    const { output } = await run([...shell.command, toHere([...lines, SHELLS[language]].join("\n"), machine)], machine);
    expect(output).toMatch(/^token \S{100,}$/m);
  });
}

function testProgram({ place, lines }: Block): void {
  test(`the program at ${place} runs`, async ({ expect, machine }) => {
    writeFileSync(path.join(machine.folder, "program.mjs"), lines.join("\n"));
    expect(await run(["node", "program.mjs"], machine)).toEqual({ output: "", exitCode: 0 });
  });
}

function examplesOfSection({ blocks }: Section): readonly Example[] {
  return blocks.filter(({ language }) => language === "console").flatMap(examplesOf);
}
