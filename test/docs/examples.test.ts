import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Sandbox, startSandbox } from "@aws-okta-processor/sandbox";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { isInstalled } from "../plugins/real-shell.ts";
import { PROGRAM } from "../support/process.ts";
import { pushed, withFactors } from "../support/scenario.ts";
import { type Block, pages, type Section } from "./markdown.ts";
import {
  type Example,
  examplesOf,
  linkCommands,
  type Machine,
  matches,
  type Played,
  play,
  runScript,
  toHere,
  writeFileOf,
} from "./session.ts";

/** Shown to people and not run here, each for its reason. */
const NOT_RUN: Readonly<Record<string, string>> = {
  "npm ci && npm run try": "a clean checkout runs it in CI; scripts/try.js is run by try.test.ts",
  "npm ci && npm test": "is running now",
  "npm install --global aws-okta-processor":
    "comes from a registry, and would change this machine; a packed install is tested by test/packages",
  "aws-okta-processor plugins install NAME": "comes from a registry",
  "npm install --save-dev typescript @aws-okta-processor/contract": "comes from a registry; the checkout's own are used",
};

/** What a page calls them. */
const ORGANIZATION = "acme.okta.com";
const APPLICATION = "https://acme.okta.com/home/amazon_aws/0oa1example/272";
const SANDBOX_PORTS = ["8400", "8401", "8402"];

/** Where a shell's lines are used, the variables must be there after it. */
const SHELLS: Readonly<Record<string, { readonly command: readonly string[]; readonly proof: string }>> = {
  fish: { command: ["fish", "--no-config", "-c"], proof: 'echo "token $AWS_SESSION_TOKEN"' },
  powershell: { command: ["pwsh", "-NoProfile", "-Command"], proof: 'Write-Output "token $env:AWS_SESSION_TOKEN"' },
};

/** Read, checked or run by other tests: plugins.test.ts, sandbox.test.ts. Text is no example. */
const ELSEWHERE = ["text", "ts", "js", "json", "ini"];

/** The AWS CLI of this machine, if there is one. */
const AWS = findAws();

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ tls: true, scenario: withFactors("default", pushed("SUCCESS")) });
});

afterAll(() => sandbox.close());

for (const { file, sections } of pages) describe(file, () => sections.forEach(testSection));

test("every example that is not run is on a page", () => {
  const commands = pages.flatMap(({ sections }) => sections.flatMap(examplesOfSection)).map(({ command }) => command);
  expect(Object.keys(NOT_RUN).filter((command) => !commands.includes(command))).toEqual([]);
});

test("no block is of a kind that no test knows", () => {
  const blocks = pages.flatMap(({ sections }) => sections.flatMap((section) => section.blocks));
  const known = ["console", ...Object.keys(SHELLS), ...ELSEWHERE];
  expect(blocks.filter(({ language }) => !known.includes(language)).map(({ place, language }) => `${place} ${language}`)).toEqual([]);
});

function testSection(section: Section): void {
  const examples = examplesOfSection(section).filter(({ command }) => NOT_RUN[command] === undefined);
  const needsAws = examples.some(({ command }) => command.startsWith("aws "));
  const isMissing = needsAws && AWS === undefined;
  const name = section.title === "" ? "before the first heading" : section.title;
  if (examples.length > 0) {
    test.skipIf(isMissing)(
      `the examples under "${name}" print what the page says${isMissing ? " (aws is not installed)" : ""}`,
      async () => {
        const machine = await createMachine();
        for (const block of section.blocks) writeFileOf(block, machine);
        for (const played of await play(examples, machine)) expectAsWritten(played, examples);
      },
    );
  }
  for (const block of section.blocks) if (SHELLS[block.language] !== undefined) testShell(block);
}

/** A command may fail only where the page shows its exit code next. */
function expectAsWritten({ place, command, expected, printed, exitCode }: Played, examples: readonly Example[]): void {
  const next = examples[examples.findIndex((example) => example.place === place && example.command === command) + 1];
  if (!matches(expected, printed)) expect.soft(printed.join("\n"), `${place}: ${command}`).toBe(expected.join("\n"));
  if (next?.command !== "echo $?") expect.soft(exitCode, `exit code of ${place}: ${command}\n${printed.join("\n")}`).toBe(0);
}

function testShell({ place, language, lines }: Block): void {
  const { command, proof } = SHELLS[language] ?? { command: [], proof: "" };
  const [shell = ""] = command;
  const isMissing = !isInstalled(shell);
  test.skipIf(isMissing)(
    `the lines of ${place} set ${language}'s variables${isMissing ? ` (${shell} is not installed)` : ""}`,
    async () => {
      const machine = await createMachine();
      const printed = await runScript(command, toHere([...lines, proof].join("\n"), machine), machine);
      expect(printed).toMatch(/^token \S{100,}$/m);
    },
  );
}

function examplesOfSection({ blocks }: Section): readonly Example[] {
  return blocks.filter(({ language }) => language === "console").flatMap(examplesOf);
}

/** An empty home of somebody who answers with jdoe's password and a push, on a machine where acme.okta.com is the sandbox. */
async function createMachine(): Promise<Machine> {
  const home = mkdtempSync(path.join(tmpdir(), "aop-docs-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  const bin = path.join(home, ".bin");
  // Debian's AWS CLI does not know the variable that points elsewhere.
  const aws = `#!/bin/sh\nexec ${AWS} --endpoint-url ${sandbox.stsUrl} "$@"\n`;
  linkCommands(bin, { "aws-okta-processor": PROGRAM, ...(AWS === undefined ? {} : { aws }) });
  const { AWS_OKTA_ORGANIZATION: organization = "", ...environment } = sandbox.environment;
  const ports = await freePorts();
  return {
    home,
    env: {
      ...environment,
      ...{ AWS_DEFAULT_REGION: "us-east-1", AWS_EC2_METADATA_DISABLED: "true" },
      ...{ AWS_OKTA_PASS: "correct horse", AWS_OKTA_FACTOR: "push:okta" },
      PATH: [bin, path.dirname(process.execPath), process.env["PATH"]].join(path.delimiter),
      HOME: home,
      LC_ALL: "C.UTF-8",
    },
    names: [
      [APPLICATION, sandbox.applicationUrl()],
      [ORGANIZATION, organization],
      ...SANDBOX_PORTS.map((port, index) => [port, String(ports + index)] as const),
    ],
  };
}

/** @returns the first of three in a row that nobody listens on */
async function freePorts(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as { readonly port: number }).port));
  });
  await new Promise((resolve) => server.close(resolve));
  return port < 65_000 ? port : freePorts();
}

function findAws(): string | undefined {
  try {
    return execFileSync("sh", ["-c", "aws --version >/dev/null 2>&1 && command -v aws"], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}
