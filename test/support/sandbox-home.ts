import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Sandbox, type SandboxOptions, type Scenario, scenarios, startSandbox } from "@aws-okta-processor/sandbox";
import { test as base } from "vitest";
import { perform } from "./perform.ts";
import { type CommandLine, PROGRAM, type Ran, runWithoutTerminal, words } from "./process.ts";
import { type Sitting, type SittingOptions, sitDown } from "./pty.ts";

/** Compiled code is kept from run to run, as on a person's machine. */
const COMPILED = fileURLToPath(new URL("../../node_modules/.cache/test-program", import.meta.url));

type Variables = Readonly<Record<string, string | undefined>>;

/** An empty home on a machine that knows one sandbox, and Jane who signs in from there. */
export interface Place {
  readonly sandbox: Sandbox;
  readonly home: string;
  /** An empty folder in it, where commands are run. */
  readonly cwd: string;
  /** Points at the sandbox, and has Jane's user name and password. */
  readonly env: Readonly<Record<string, string>>;
  /** The program without a terminal. @param change variables to set, or with undefined to remove */
  readonly run: (line: CommandLine, change?: Variables) => Promise<Ran>;
  /** The same in this process, where neither the process nor how it starts is the point. */
  readonly perform: (line: CommandLine, change?: Variables) => Promise<Ran>;
  /** The program with somebody at its terminal. */
  readonly sit: (line: CommandLine, change?: Variables, way?: SittingOptions["way"]) => Promise<Sitting>;
  /** Any command with somebody at its terminal. */
  readonly sitAt: (command: readonly string[], change?: Variables, way?: SittingOptions["way"]) => Promise<Sitting>;
}

/** A scenario of the sandbox, or one of a test's own. */
export type Scene = keyof typeof scenarios | Scenario;

type Enter = (scene?: Scene, options?: Pick<SandboxOptions, "tls" | "latencyMs">) => Promise<Place>;

/** Vitest's `test` with `enter`, what was entered is tidied up. */
export const test = base.extend<{ readonly enter: Enter }>({
  enter: async ({ onTestFinished }, use) => {
    await use(async (scene = "default", options = {}) => {
      const sandbox = await startSandbox({ ...options, scenario: typeof scene === "string" ? scenarios[scene] : scene });
      const home = await mkdtemp(path.join(tmpdir(), "aop-home-"));
      const place = await settle(sandbox, home);
      onTestFinished(async () => {
        for (const { hangUp } of place.sittings) hangUp();
        await sandbox.close();
        await rm(home, { recursive: true, maxRetries: 3 });
      });
      return place;
    });
  },
});

async function settle(sandbox: Sandbox, home: string): Promise<Place & { readonly sittings: readonly Sitting[] }> {
  const cwd = path.join(home, "work");
  await mkdir(cwd);
  const env = {
    ...sandbox.environment,
    PATH: pathWithNode(),
    HOME: home,
    XDG_CACHE_HOME: COMPILED,
    AWS_OKTA_USER: "jdoe",
    AWS_OKTA_PASS: "correct horse",
  };
  const sittings: Sitting[] = [];
  const program = (line: CommandLine) => [process.execPath, PROGRAM, ...words(line)];
  const sitAt: Place["sitAt"] = async (command, change, way = "in a shell") => {
    const sitting = await sitDown(command, { env: withChange(env, change), cwd, folder: home, way });
    sittings.push(sitting);
    return sitting;
  };
  return {
    sandbox,
    home,
    cwd,
    env,
    run: (line, change) => runWithoutTerminal(program(line), { env: withChange(env, change), cwd }),
    perform: (line, change) => perform(line, { env: withChange(env, change), cwd }),
    sit: (line, change, way) => sitAt(program(line), change, way),
    sitAt,
    sittings,
  };
}

/** The Node that runs the tests first, for whoever starts the program by its own name. */
function pathWithNode(): string {
  return [path.dirname(process.execPath), process.env["PATH"] ?? ""].join(path.delimiter);
}

function withChange(env: Place["env"], change: Variables = {}): Place["env"] {
  const pairs = Object.entries({ ...env, ...change }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return Object.fromEntries(pairs);
}
