// Every program that our shells write lines for, and how it is run without its start-up files, so that nothing of this machine takes part.
// What is not installed is skipped, by name.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface RealShell {
  /** As titles of tests and tables call it. */
  readonly name: string;
  /** The `--target-shell` whose lines it takes. */
  readonly shell: string;
  /** A script follows. */
  readonly command: readonly string[];
  /** Lines of sh that print its version, and fail where it is missing. */
  readonly version: string;
  /** @returns the script that takes outputs over, a line of `evaluate` for each, and then prints variables as `NAME=value` and a NUL */
  readonly script: (lines: readonly string[]) => string;
}

const NODE = `'${process.execPath}'`;
const READER = `'${fileURLToPath(new URL("readers/read.ts", import.meta.url))}'`;
const PYTHON_READER = `'${fileURLToPath(new URL("readers/python-dotenv.py", import.meta.url))}'`;
const SYSTEMD_READER = `'${fileURLToPath(new URL("readers/systemd.sh", import.meta.url))}'`;
const WHICH_SH = 'basename "$(readlink -f "$(command -v sh)")"';
const NODE_VERSION = `${NODE} --version`;

export const realShells: readonly RealShell[] = [
  aShell("bash", ["bash", "--norc", "--noprofile", "-c"], "bash --version"),
  aShell("sh", ["sh", "-c"], WHICH_SH),
  aShell("dash", ["dash", "-c"], versionOfPackage("dash")),
  aShell("ash", ["busybox", "ash", "-c"], "busybox ash -c 'busybox | head -n 1'"),
  aShell("zsh", ["zsh", "-f", "-c"], "zsh --version"),
  aShell("ksh", ["ksh", "-c"], "ksh -c 'echo $KSH_VERSION'"),
  aShell("mksh", ["mksh", "-c"], "mksh -c 'echo $KSH_VERSION'"),
  aShell("fish", ["fish", "--no-config", "-c"], "fish --version"),
  aShell("tcsh", ["tcsh", "-f", "-c"], "tcsh --version"),
  aShell("csh", ["csh", "-f", "-c"], versionOfPackage("csh")),
  aShell("nu", ["nu", "--no-config-file", "-c"], "nu --version"),
  aShell("elvish", ["elvish", "-norc", "-c"], "elvish -version"),
  aShell("xonsh", ["xonsh", "--no-rc", "-c"], "xonsh --version"),
  aShell("pwsh", ["pwsh", "-NoProfile", "-NonInteractive", "-Command"], "pwsh --version"),
  aFile("dotenv", "npm dotenv", `${NODE} ${READER} npm-dotenv .env`, `${NODE} -p 'require("dotenv/package.json").version'`),
  aFile("dotenv", "node util.parseEnv", `${NODE} ${READER} parse-env .env`, NODE_VERSION),
  aFile("dotenv", "node --env-file", `${NODE} --env-file=.env ${READER} environment .env`, NODE_VERSION),
  aFile(
    "dotenv",
    "python-dotenv",
    `/usr/bin/python3 ${PYTHON_READER} .env`,
    "/usr/bin/python3 -c 'import dotenv.version; print(dotenv.version.__version__)'",
  ),
  aFile("dotenv", "sh that reads .env", "(set -a; . ./.env; env -0)", WHICH_SH),
  aFile("env-file", "docker's published description", `${NODE} ${READER} docker aws.env`, "echo 'a reader of ours'"),
  aFile("env-file", "systemd", `sh ${SYSTEMD_READER} aws.env`, `sh ${SYSTEMD_READER} --version`),
  aWorkflow(["sh", "-e", "-c"], WHICH_SH),
  aWorkflow(["bash", "-e", "-c"], "bash --version"),
];

/** @throws Error where there is none of that name */
export function realShell(name: string): RealShell {
  const found = realShells.find((real) => real.name === name);
  if (found === undefined) throw new Error(`test/plugins/real-shells.ts has no ${name}`);
  return found;
}

const versions = new Map<string, string | undefined>();

/** @returns the first line of what it says of itself, or undefined where it is not installed */
export function versionOf({ version }: RealShell): string | undefined {
  if (!versions.has(version)) versions.set(version, askVersion(version));
  return versions.get(version);
}

export function isInstalled(real: RealShell): boolean {
  return versionOf(real) !== undefined;
}

/** "fish", or "fish (not installed)": a test that is skipped says why in its name. */
export function nameOf(real: RealShell): string {
  return isInstalled(real) ? real.name : `${real.name} (not installed)`;
}

function askVersion(script: string): string | undefined {
  const { status, stdout } = spawnSync("sh", ["-c", script], { encoding: "utf8", cwd: fileURLToPath(new URL(".", import.meta.url)) });
  return status === 0 ? stdout.trim().split("\n")[0] : undefined;
}

/** Some do not tell; Debian does. */
function versionOfPackage(name: string): string {
  return `command -v ${name} >/dev/null && { dpkg-query --show --showformat '\${Version}' ${name} 2>/dev/null || echo 'of unknown version'; }`;
}

/** What its children see is what it was given. */
function aShell(name: string, command: readonly string[], version: string): RealShell {
  return { name, shell: name, command, version, script: (lines) => [...lines, "env -0"].join("\n") };
}

/** Each output is a file of its own, which the reader reads and prints. */
function aFile(shell: string, name: string, read: string, version: string): RealShell {
  return { name, shell, command: ["sh", "-c"], version, script: (lines) => lines.flatMap((line) => [line, read]).join("\n") };
}

/** A step of a workflow, with what it prints set aside; the file is read as the runner's description says. */
function aWorkflow(command: readonly string[], version: string): RealShell {
  return {
    name: `step of a workflow in ${command[0] ?? ""}`,
    shell: "github-actions",
    command,
    version,
    script: (lines) =>
      ["GITHUB_ENV=github.env", ...lines.map((line) => `{ ${line}; } >> log`), `${NODE} ${READER} github github.env`].join("\n"),
  };
}
