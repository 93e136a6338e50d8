import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { credentialFiles, formatCredentials } from "../../src/cache/credentials.ts";
import { wantedCredentials } from "../../src/flows/wanted-credentials.ts";
import { readLinuxProcess } from "../../src/linux-process.ts";
import { resolveOptions } from "../../src/options/resolve.ts";
import { findAnswer } from "../../src/warm/warm.ts";
import { useFolder } from "../support/folder.ts";
import { filesIn, fullAnswer, keptOf, now, roles, scene, setUp, tryTo } from "./scenes.ts";

test("the warm path says what the full program would print, byte for byte, or nothing, and neither touches a file", async () => {
  const folder = useFolder();
  let answers = 0;
  await fc.assert(
    fc.asyncProperty(scene, async (given) => {
      const world = setUp(folder, given);
      const before = filesIn(folder.path);
      const warm = tryTo(() =>
        findAnswer({ argv: world.argv, env: world.outside.env, platform: "linux", cwd: () => world.outside.cwd, ppid: 0 }, now),
      );
      if (warm !== undefined) answers++;
      expect(warm).toBe(await fullAnswer(world));
      expect(filesIn(folder.path)).toEqual(before);
    }),
    { numRuns: 2000 },
  );
  expect(answers).toBeGreaterThan(200);
});

const credentials = keptOf(roles[0] ?? "", 3600);

interface Machine {
  readonly platform?: NodeJS.Platform;
  readonly env?: Readonly<Record<string, string>>;
  readonly home?: boolean;
  readonly ppid?: number;
}

/** What is answered where credentials are kept for someone who gives no option. */
function warm(argv: readonly string[], { platform = "linux", env = {}, home = true, ppid = 0 }: Machine = {}): string | undefined {
  const folder = useFolder();
  const options = resolveOptions("authenticate", {}, { env, cwd: folder.path, home: folder.path, platform });
  const wanted = wantedCredentials(options);
  folder.write(path.relative(folder.path, credentialFiles(folder.path, wanted).own), formatCredentials(credentials, wanted));
  const name = platform === "win32" ? "USERPROFILE" : "HOME";
  const variables = { ...env, ...(home ? { [name]: folder.path } : {}) };
  return findAnswer({ argv: ["node", "run.js", ...argv], env: variables, platform, cwd: () => folder.path, ppid }, now);
}

test("what is kept is printed as credential_process wants it", () => {
  expect(warm(["authenticate"])).toBe(
    `{"AccessKeyId": "${credentials.credentials.accessKeyId}", "SecretAccessKey": "it's", "SessionToken": "to\\\\ken=", "Expiration": "2030-01-01T01:00:00Z", "Version": 1}\n`,
  );
});

test("or as lines for a shell", () => {
  const { accessKeyId } = credentials.credentials;
  expect([warm(["authenticate", "-e"]), warm(["authenticate", "-e"], { platform: "win32" })]).toEqual([
    `export AWS_ACCESS_KEY_ID='${accessKeyId}' && export AWS_SECRET_ACCESS_KEY='it'\\''s' && export AWS_SESSION_TOKEN='to\\ken=' && export AWS_CREDENTIAL_EXPIRATION='2030-01-01T01:00:00Z'\n`,
    `$env:AWS_ACCESS_KEY_ID='${accessKeyId}'; $env:AWS_SECRET_ACCESS_KEY='it''s'; $env:AWS_SESSION_TOKEN='to\\ken='; $env:AWS_CREDENTIAL_EXPIRATION='2030-01-01T01:00:00Z'\n`,
  ]);
});

test("what removes the variables needs no credentials, and no home that has any", () => {
  const lines = "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_CREDENTIAL_EXPIRATION\n";
  expect([warm(["authenticate", "--unset"]), warm(["authenticate", "--unset", "--user", "nobody"])]).toEqual([lines, lines]);
});

test("auto is the program that calls, where that is a bundled shell and cheap to learn", async () => {
  const shell = spawn("bash", ["-c", "read -r _"], { stdio: ["pipe", "ignore", "ignore"] });
  await once(shell, "spawn");
  // The name is node's until the shell takes its place.
  while (readLinuxProcess(shell.pid ?? 0)?.names[1] !== "bash") await setTimeout(5);
  const { pid: ppid = 0 } = shell;
  const auto = ["authenticate", "-e", "--target-shell", "auto"];
  const seen = [warm(auto, { ppid }), warm(auto, { ppid, platform: "darwin" }), warm(auto, { ppid: process.pid }), warm(auto)];
  shell.kill();
  expect(seen).toEqual([warm(["authenticate", "-e"]), undefined, undefined, undefined]);
});

test.each([
  ["--factor-code-command", "false"],
  ["--factor-code-command=false"],
  ["--password-command", "false"],
  ["--pass-stdin"],
  ["--remember-device"],
  ["--pass", "hunter2"],
])("how one would sign in makes no difference to it: %s", (...given) => {
  expect(warm(["authenticate", ...given])).toBe(warm(["authenticate"]));
});

test.each([
  ["--factor-code", "123456"],
  ["--pass", "hunter2", "--pass-stdin"],
])("what is refused is left to the full program: %s", (...given) => {
  expect(tryTo(() => warm(["authenticate", ...given]))).toBe(undefined);
});

test("where a linked package may stand in for a bundled one, it answers nothing", () => {
  const folder = useFolder({ "aws-okta-processor/package.json": '{"oclif":{"plugins":[{"name":"acme","type":"link"}]}}' });
  expect(warm(["authenticate"], { env: { XDG_DATA_HOME: folder.path } })).toBe(undefined);
});

test.each([
  ["another command", ["get-roles"], {}],
  ["no command", [], {}],
  ["help", ["authenticate", "--help"], {}],
  ["no home", ["authenticate"], { home: false }],
  ["an empty home", ["authenticate"], { env: { HOME: "" }, home: false }],
  ["--no-aws-cache", ["authenticate", "--no-aws-cache"], {}],
  ["a shell that is not bundled", ["authenticate", "-e", "--target-shell", "nosh"], {}],
  ["another role", ["authenticate", "--role", "arn:aws:iam::1:role/Other"], {}],
])("with %s it answers nothing", (_, argv, given) => {
  expect(warm(argv, given)).toBe(undefined);
});
