import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runWithoutTerminal } from "../support/process.ts";
import { installOurs } from "./install-ours.ts";
import { NPM } from "./npm.ts";

/** One install is for all: the projects are written below it, and Node and npm look for packages in the folders above. */
let folder: string;
let home: string;

const { devDependencies } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
const OTHERS = { "@types/node": devDependencies["@types/node"], typescript: devDependencies.typescript };

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "aop-new-plugin-"));
  home = path.join(folder, "home");
  mkdirSync(home);
  writeFileSync(path.join(home, ".awsoktaprocessor"), "this is the author's own, and nobody could read it");
  await installOurs(folder, OTHERS);
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.for(["factor", "format", "shell", "keychain"])(
  "a new %s of the installed program passes its tests, which leave its author's home alone",
  async (kind) => {
    const project = await create(kind);
    const { devDependencies: needed } = JSON.parse(readFileSync(path.join(project, "package.json"), "utf8"));
    expect(Object.keys(needed).filter((name) => readVersion(name) === undefined)).toEqual([]);
    expect(needed).toMatchObject(OTHERS);
    const { code, stdout, stderr } = await testProject(project);
    expect({ code, failed: /^(?:ℹ|#) fail (\d+)$/m.exec(stdout)?.[1] }, stdout + stderr).toEqual({ code: 0, failed: "0" });
    expect(stdout).toMatch(/^(?:✔|ok \d+ -) package\.json: a plugin is an oclif plugin/m);
    expect(readdirSync(home)).toEqual([".awsoktaprocessor"]);
  },
);

test("a mistake in a new plugin fails its tests", async () => {
  const project = await create("shell");
  const file = path.join(project, "src/shell.ts");
  const source = readFileSync(file, "utf8");
  writeFileSync(file, source.replace("return `'", "return `"));
  expect(readFileSync(file, "utf8")).not.toBe(source);
  expect((await testProject(project)).code).toBe(1);
});

/** The rc of Debian, by the name that is its alone: elsewhere `rc` may be the init system's. */
const RC = "rc.byron";
const isThere = spawnSync(RC, ["-c", "exit"]).error === undefined;

test.skipIf(!isThere)(`the lines of a new shell come through the real rc${isThere ? "" : " (not installed)"}`, async () => {
  const project = await create("shell");
  const { code, stdout, stderr } = await testProject(project, { TEST_SHELL: RC });
  expect(code, stdout + stderr).toBe(0);
  expect(stdout).toContain("a shell's own quoting brings every value through that it takes");
});

let created = 0;

/** @returns the project's folder */
async function create(kind: string): Promise<string> {
  const program = path.join(folder, "node_modules/aws-okta-processor/dist/run.cjs");
  const line = ["plugins", "create", `@acme/okta-${kind}-example`, "--kind", kind, "--directory", `${kind}-${++created}`];
  const { stdout, exitCode } = await runWithoutTerminal([process.execPath, program, ...line], surroundings());
  expect(exitCode).toBe(0);
  return stdout.trimEnd();
}

function testProject(cwd: string, more: Readonly<Record<string, string>> = {}) {
  const options = { cwd, env: { ...surroundings().env, ...more }, maxBuffer: 16_000_000 };
  return new Promise<{ readonly code: unknown; readonly stdout: string; readonly stderr: string }>((resolve) => {
    execFile(process.execPath, [NPM, "test"], options, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }));
  });
}

/** Of an author who uses the program: none of it may reach a plugin's tests. */
function surroundings() {
  const env = {
    PATH: [path.dirname(process.execPath), process.env["PATH"] ?? ""].join(path.delimiter),
    HOME: home,
    XDG_CACHE_HOME: path.join(folder, "cache"),
    npm_config_cache: path.join(folder, "cache"),
    npm_config_update_notifier: "false",
    AWS_OKTA_ORGANIZATION: "acme.invalid",
    AWS_OKTA_OUTPUT: "none",
    AWS_OKTA_FACTOR: "none",
  };
  return { env, cwd: folder };
}

function readVersion(name: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, "node_modules", name, "package.json"), "utf8")).version;
}
