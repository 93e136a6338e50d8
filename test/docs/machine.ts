import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Sandbox, scenarios } from "@aws-okta-processor/sandbox";
import { PROGRAM } from "../support/process.ts";
import { type Block, ROOT } from "./markdown.ts";

/** Where a page's commands are run: an empty home, and a folder in it that they start in. */
export interface Machine {
  readonly home: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Other texts in place of the page's, and back again in what is printed: `acme.okta.com` is the sandbox here. */
  readonly names: readonly (readonly [page: string, here: string])[];
}

/** The AWS CLI of this machine, if there is one. */
export const AWS = findAws();

/** Compiled code is kept from run to run, as on a person's machine. */
const COMPILED = path.join(ROOT, "node_modules/.cache/test-program");

const PASSWORD = "correct horse";
const ORGANIZATION = "acme.okta.com";
const APPLICATION = "https://acme.okta.com/home/amazon_aws/0oa1example/272";
const SANDBOX_PORTS = ["8400", "8401", "8402"];

/** A machine of somebody who answers with jdoe's password and a push, and to whom acme.okta.com is the sandbox. */
export async function createMachine(sandbox: Sandbox): Promise<Machine> {
  const home = mkdtempSync(path.join(tmpdir(), "aop-docs-"));
  const folder = path.join(home, "work");
  mkdirSync(folder);
  symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  // The program itself is not among them; a package in the folder looks for it in those above.
  mkdirSync(path.join(home, "node_modules"));
  symlinkSync(ROOT, path.join(home, "node_modules/aws-okta-processor"));
  const { AWS_OKTA_ORGANIZATION: organization = "", ...environment } = sandbox.environment;
  const port = await freePort();
  return {
    home,
    folder,
    env: {
      ...environment,
      ...{ AWS_DEFAULT_REGION: "us-east-1", AWS_EC2_METADATA_DISABLED: "true" },
      npm_config_update_notifier: "false",
      ...{ AWS_OKTA_PASS: PASSWORD, AWS_OKTA_FACTOR: "push:okta" },
      PATH: [createCommands(home, sandbox), path.dirname(process.execPath), process.env["PATH"]].join(path.delimiter),
      HOME: home,
      XDG_CACHE_HOME: COMPILED,
      LC_ALL: "C.UTF-8",
    },
    names: [
      [APPLICATION, sandbox.applicationUrl()],
      [ORGANIZATION, organization],
      ...SANDBOX_PORTS.map((name, index) => [name, String(port + index)] as const),
    ],
  };
}

export function removeMachine({ home }: Machine): void {
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}

/** The same of somebody who has nothing but what the page says: no password in a variable, no factor named there. */
export function withoutAnswers(machine: Machine): Machine {
  const { AWS_OKTA_PASS: _, AWS_OKTA_FACTOR: __, ...env } = machine.env;
  return { ...machine, env };
}

/** Writes the file that a block is, if it names one that is there from the beginning. */
export function writeFileOf(block: Block, machine: Machine): void {
  if (block.file === undefined || block.isEdit) return;
  const target = placeOf(block, machine);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, textOf(block, machine));
}

/** Lines of bash that write the file that a block is, wherever they are run. */
export function editingOf(block: Block, machine: Machine): string {
  const target = placeOf(block, machine);
  return `mkdir -p '${path.dirname(target)}' && cat >'${target}' <<'__FILE'\n${textOf(block, machine)}__FILE`;
}

function placeOf({ file = "" }: Block, { home, folder }: Machine): string {
  return file.startsWith("~/") ? path.join(home, file.slice(2)) : path.join(folder, file);
}

function textOf({ lines }: Block, machine: Machine): string {
  return `${toHere(lines.join("\n"), machine)}\n`;
}

export function toHere(text: string, { names }: Machine): string {
  return names.reduce((before, [page, here]) => before.replaceAll(page, here), text);
}

export function toPage(text: string, { names }: Machine): string {
  return names.reduceRight((before, [page, here]) => before.replaceAll(here, page), text);
}

/** A folder with the commands that pages call, first in PATH. Debian's AWS CLI does not know the variable that points elsewhere. */
function createCommands(home: string, { stsUrl }: Sandbox): string {
  const bin = path.join(home, ".bin");
  mkdirSync(bin);
  symlinkSync(PROGRAM, path.join(bin, "aws-okta-processor"));
  writeCommand(path.join(bin, "pass"), passwordManager());
  if (AWS === undefined) return bin;
  writeCommand(path.join(bin, "aws"), `exec ${AWS} --endpoint-url ${stsUrl} "$@"`);
  return bin;
}

function writeCommand(file: string, script: string): void {
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** Knows jdoe's password and makes her codes, as pass and pass-otp do. */
function passwordManager(): string {
  const [jane] = scenarios["totp-only"].users;
  const [secret = ""] = jane?.factors.flatMap((factor) => ("secret" in factor ? [factor.secret] : [])) ?? [];
  const program = `import { totpCode } from "@aws-okta-processor/sandbox"; console.log(totpCode("${secret}", new Date()))`;
  return `case $1 in show) echo '${PASSWORD}' ;; otp) exec node --input-type=module --eval '${program}' ;; *) exit 1 ;; esac`;
}

/** @returns the first of as many in a row as a sandbox takes, all free, and none that the system gives to others */
async function freePort(): Promise<number> {
  const first = 15_000 + Math.floor(Math.random() * 5_000);
  const free = await Promise.all(Array.from({ length: 4 }, (_, index) => isFree(first + index)));
  return free.every(Boolean) ? first : freePort();
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listens = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => resolve(true));
  });
  if (listens) await new Promise((resolve) => server.close(resolve));
  return listens;
}

function findAws(): string | undefined {
  try {
    return execFileSync("sh", ["-c", "aws --version >/dev/null 2>&1 && command -v aws"], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}
