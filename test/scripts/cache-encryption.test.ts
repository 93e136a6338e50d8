import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect } from "vitest";
import { askedOfKeychain, installKeychain, keychainOf, putIntoKeychain } from "../support/file-keychain.ts";
import { ORIGINAL_ANSWER, originalCredentials, sessionFile, sharedFile, writePrivately } from "../support/kept.ts";
import { PROGRAM, type Ran, words } from "../support/process.ts";
import { CONTROL_C } from "../support/pty.ts";
import { askPython, hasPython, withPython } from "../support/python.ts";
import { CREDENTIALS_JSON, DEVELOPER, READER } from "../support/sample.ts";
import { type Place, type Scene, test } from "../support/sandbox-home.ts";

const LINE = `authenticate --silent --role ${DEVELOPER}`;
const ENCRYPTED = { AWS_OKTA_CACHE_ENCRYPTION: "keychain" };
const KEY = "aws-okta-processor|key of the caches";
const SIGNED_IN = { stdout: expect.stringMatching(CREDENTIALS_JSON), stderr: "", exitCode: 0 };

type Enter = (scene?: Scene) => Promise<Place>;

/** A place with a keychain plugin whose introduction was read. */
async function enterWithKeychain(enter: Enter, scene: Scene = "no-mfa"): Promise<Place> {
  const place = await enter(scene);
  await installKeychain(place);
  await writePrivately(path.join(place.home, ".aws-okta-processor/cache/plugins.json"), '{"introduced":["acme-keychain 1.0.0"]}');
  return place;
}

/** Every file of the home but the keychain's own, by its path. */
async function filesOf({ home }: Place): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
  const kept = files.filter((file) => !file.startsWith(path.join(home, "keychain")) && !file.includes("node_modules"));
  return new Map(await Promise.all(kept.map(async (file) => [path.relative(home, file), await readFile(file, "utf8")] as const)));
}

async function ownEntries({ home }: Place): Promise<readonly string[]> {
  const folder = path.join(home, ".aws-okta-processor/cache/credentials");
  return (await readdir(folder)).filter((name) => name.endsWith(".json")).map((name) => path.join(folder, name));
}

const secretsIn = (stdout: string): readonly string[] => {
  const { SecretAccessKey, SessionToken } = JSON.parse(stdout) as Readonly<Record<string, string>>;
  return [SecretAccessKey ?? "", SessionToken ?? ""];
};

describe("with a keychain", () => {
  test("what is kept is encrypted, and answered again without a request", async ({ enter }) => {
    const place = await enterWithKeychain(enter);
    const first = await place.run(LINE, ENCRYPTED);
    expect(first).toEqual(SIGNED_IN);
    const calls = place.sandbox.count();
    expect(await place.run(LINE, ENCRYPTED)).toEqual(first);
    expect(await place.run(`authenticate --silent --cache-encryption KEYCHAIN --role ${DEVELOPER}`)).toEqual(first);
    expect(place.sandbox.count()).toBe(calls);
    const files = await filesOf(place);
    const [key = ""] = Object.values(keychainOf(place));
    const sessions = place.sandbox.calls.flatMap(({ path: asked }) => /sid=(\w+)/.exec(asked)?.[1] ?? []);
    for (const secret of [...secretsIn(first.stdout), key, "correct horse", ...sessions])
      expect([...files].filter(([, content]) => content.includes(secret)).map(([file]) => file)).toEqual([]);
    const session = path.relative(place.home, sessionFile(place));
    expect(files.get(session)).toMatch(
      /^\{"expiresAt":"1970-01-01T00:00:00Z","aws-okta-processor":\{"version":1,"user_name":"jdoe",.*"sealed":"/,
    );
    expect(await readdir(place.home)).not.toContain(".aws");
    for (const file of [sessionFile(place), ...(await ownEntries(place))]) expect((await stat(file)).mode & 0o777, file).toBe(0o600);
    expect(Object.keys(keychainOf(place))).toEqual([KEY]);
  });

  test("a kept session is used, and prolonged", async ({ enter }) => {
    const place = await enterWithKeychain(enter);
    await place.run(LINE, ENCRYPTED);
    expect(await place.run(`authenticate --silent --role ${READER}`, { ...ENCRYPTED, AWS_OKTA_PASS: undefined })).toEqual(SIGNED_IN);
    expect(place.sandbox.count("POST /api/v1/authn")).toBe(1);
  });

  test("a session is ended by logout, which opens it", async ({ enter }) => {
    const place = await enterWithKeychain(enter);
    await place.run(LINE, ENCRYPTED);
    const { stderr, exitCode } = await place.run("logout", ENCRYPTED);
    expect([stderr, exitCode]).toEqual([expect.stringContaining("Ended the Okta session of jdoe"), 0]);
    expect(place.sandbox.count("DELETE /api/v1/sessions/me")).toBe(1);
  });

  test("a session that cannot be opened is told not to have been ended", async ({ enter }) => {
    const place = await enterWithKeychain(enter);
    await place.run(LINE, ENCRYPTED);
    const { stderr, exitCode } = await place.run("logout --silent");
    const told = "the Okta session of jdoe was not ended: it is encrypted, and the key for it was not to be had";
    expect([stderr, exitCode]).toEqual([expect.stringContaining(`aws-okta-processor: ${told}\n`), 4]);
    expect([place.sandbox.count("DELETE /api/v1/sessions/me"), await ownEntries(place)]).toEqual([0, []]);
  });

  test("two entries in each other's place are none, and neither is one that was changed", async ({ enter }) => {
    const place = await enterWithKeychain(enter);
    const lines = [DEVELOPER, READER].map((role) => `authenticate --silent --role ${role}`);
    const first = [];
    for (const line of lines) first.push((await place.run(line, ENCRYPTED)).stdout);
    const [one = "", other = ""] = await ownEntries(place);
    await rename(one, `${one}.aside`);
    await rename(other, one);
    await rename(`${one}.aside`, other);
    const anew = [];
    for (const line of lines) anew.push((await place.run(line, ENCRYPTED)).stdout);
    expect([...anew, ...first].every((answer) => CREDENTIALS_JSON.test(answer))).toBe(true);
    expect(new Set([...anew, ...first]).size).toBe(4);
    const content = await readFile(one, "utf8");
    for (const spoilt of [
      content.slice(0, -20),
      content.replace(/(?<="sealed":")./, (first) => (first === "0" ? "1" : "0")),
      content.replace(/.{9}"\}\}$/, 'AAAAAAAA="}}'),
      "{}",
    ]) {
      await writeFile(one, spoilt);
      const before = place.sandbox.count("sts AssumeRoleWithSAML");
      for (const line of lines) expect(await place.run(line, ENCRYPTED), spoilt).toEqual({ ...SIGNED_IN, stderr: expect.any(String) });
      expect(place.sandbox.count("sts AssumeRoleWithSAML") - before, spoilt).toBe(1);
    }
  });

  test("what was kept plain is not served, and removed with a word", async ({ enter }) => {
    const place = await enterWithKeychain(enter);
    const plain = await place.run(LINE);
    const cli = path.join(place.home, ".aws/boto/cache/0123456789abcdef0123456789abcdef01234567.json");
    await writePrivately(cli, originalCredentials());
    const anew = await place.run(LINE, ENCRYPTED);
    expect(anew).toEqual({ ...SIGNED_IN, stderr: "warning: 3 files of the caches, not encrypted, were removed\n" });
    expect(anew.stdout).not.toBe(plain.stdout);
    const files = await filesOf(place);
    for (const secret of secretsIn(plain.stdout)) expect([...files.values()].filter((content) => content.includes(secret))).toEqual([]);
    expect(files.get(path.relative(place.home, cli))).toBe(originalCredentials());
    expect(await place.run(LINE, ENCRYPTED)).toEqual({ ...anew, stderr: "" });
  });

  test("the Python tool's credentials are not served", async ({ enter }) => {
    const place = await enterWithKeychain(enter);
    await writePrivately(sharedFile(place), originalCredentials());
    const { stdout } = await place.run(LINE, ENCRYPTED);
    expect([CREDENTIALS_JSON.test(stdout), stdout === ORIGINAL_ANSWER]).toEqual([true, false]);
    expect(await readdir(path.dirname(sharedFile(place)))).toEqual([]);
  });

  test("without the option again, what is encrypted is replaced", async ({ enter }) => {
    const place = await enterWithKeychain(enter);
    const sealed = await place.run(LINE, ENCRYPTED);
    const plain = await place.run(LINE);
    expect(plain).toEqual(SIGNED_IN);
    expect(plain.stdout).not.toBe(sealed.stdout);
    expect(await place.run(LINE)).toEqual(plain);
    expect(await place.run(`authenticate --silent --cache-encryption none --role ${DEVELOPER}`, ENCRYPTED)).toEqual(plain);
    expect([...(await filesOf(place)).values()].filter((content) => content.includes("sealed"))).toEqual([]);
  });

  test("under another key nothing can be read, and all is fetched anew", async ({ enter }) => {
    const place = await enterWithKeychain(enter);
    const first = await place.run(LINE, ENCRYPTED);
    for (const key of [Buffer.alloc(32, 1).toString("base64"), "no key", ""]) {
      putIntoKeychain(place, KEY, key);
      const anew = await place.run(LINE, ENCRYPTED);
      expect(anew, key).toEqual(SIGNED_IN);
      expect(anew.stdout).not.toBe(first.stdout);
      expect(await place.run(LINE, ENCRYPTED), key).toEqual(anew);
    }
  });

  test("ten at once make one key and need one sign-in", async ({ enter }) => {
    const place = await enterWithKeychain(enter);
    const all = await Promise.all(Array.from({ length: 10 }, () => start(place, LINE)));
    expect(new Set(all.map(({ exitCode, stderr }) => `${exitCode} ${stderr}`))).toEqual(new Set(["0 "]));
    expect([CREDENTIALS_JSON.test(all[0]?.stdout ?? ""), new Set(all.map(({ stdout }) => stdout)).size]).toEqual([true, 1]);
    expect(["POST /api/v1/authn", "sts AssumeRoleWithSAML"].map((call) => place.sandbox.count(call))).toEqual([1, 1]);
    expect(askedOfKeychain(place).filter((asked) => asked.startsWith("set"))).toHaveLength(1);
  });

  test("neither key nor password is in what DEBUG shows", async ({ enter }) => {
    const place = await enterWithKeychain(enter);
    const { stderr } = await place.run(LINE, { ...ENCRYPTED, DEBUG: "*" });
    expect(stderr.length).toBeGreaterThan(100);
    const [key = ""] = Object.values(keychainOf(place));
    expect([stderr.includes(key), stderr.includes("correct horse")]).toEqual([false, false]);
  });

  test.skipIf(!hasPython)(withPython("the Python tool finds nothing, and does not stumble"), async ({ enter }) => {
    const place = await enterWithKeychain(enter);
    await place.run(LINE, ENCRYPTED);
    const reader = new URL("../cache/original-reader.py", import.meta.url);
    // It would not look below a folder that its name has where there is no TLS.
    const organization = "acme.okta.com";
    await rename(sessionFile(place), path.join(path.dirname(sessionFile(place)), `jdoe-${organization}-session.json`));
    const given = [{ organization, user: "jdoe", key: null }];
    expect(askPython(reader, { home: place.home, now: new Date().toISOString(), given })).toEqual([{ credentials: null, session: null }]);
  });
});

describe("without a keychain that can be used", () => {
  const locked = "the keychain of acme-keychain cannot be used: it is locked";
  const absent = 'there is no keychain "keychain" (AWS_OKTA_CACHE_ENCRYPTION)';

  test.for([
    ["locked", locked],
    ["forgetful", "the keychain of acme-keychain cannot be used: it did not keep what it was given"],
    ["odd", "the keychain of acme-keychain cannot be used: it gave number in place of text"],
    ["loud", "the keychain of acme-keychain cannot be used: acme-keychain wrote to standard output, which is for the answer alone"],
    ["full", "the keychain of acme-keychain cannot be used: no room for [secret]"],
  ])("nothing is kept where it is %s, and what was kept plain is removed", async ([mood, reason], { enter }) => {
    const place = await enterWithKeychain(enter);
    await place.run(LINE);
    const removed = "warning: 3 files of the caches, not encrypted, were removed\n";
    const ran = await place.run(LINE, { ...ENCRYPTED, TEST_KEYCHAIN: mood });
    expect(ran).toEqual({ ...SIGNED_IN, stderr: `warning: nothing is kept: ${reason}\n${removed}` });
    expect(await ownEntries(place)).toEqual([]);
    expect((await filesOf(place)).get(path.relative(place.home, sessionFile(place)))).toBeUndefined();
  });

  test("what is kept encrypted stays there for when it can be", async ({ enter }) => {
    const place = await enterWithKeychain(enter);
    const first = await place.run(LINE, ENCRYPTED);
    expect(await place.run(LINE, { ...ENCRYPTED, TEST_KEYCHAIN: "locked" })).toMatchObject({ exitCode: 0 });
    expect(await place.run(LINE, ENCRYPTED)).toEqual(first);
  });

  test("plain is what was asked for with --cache-fallback plain", async ({ enter }) => {
    const place = await enterWithKeychain(enter);
    const line = `${LINE} --cache-fallback plain`;
    const first = await place.run(line, { ...ENCRYPTED, TEST_KEYCHAIN: "locked" });
    expect(first).toEqual({ ...SIGNED_IN, stderr: `warning: what is kept is not encrypted: ${locked}\n` });
    expect(await place.run(line, { ...ENCRYPTED, TEST_KEYCHAIN: "locked" })).toEqual(first);
    expect(await place.run(LINE)).toEqual({ ...first, stderr: "" });
  });

  test("it fails where that was asked for, before anything is sent", async ({ enter }) => {
    const place = await enterWithKeychain(enter);
    const change = { ...ENCRYPTED, AWS_OKTA_CACHE_FALLBACK: "fail", TEST_KEYCHAIN: "locked" };
    expect(await place.run(LINE, change)).toEqual({
      stdout: "",
      stderr: `aws-okta-processor: ${locked}\nsee that it runs and is unlocked\n`,
      exitCode: 2,
    });
    expect(place.sandbox.count()).toBe(0);
  });

  test("a plugin that is not installed is no keychain either", async ({ enter }) => {
    const place = await enter("no-mfa");
    expect(await place.run(LINE, ENCRYPTED)).toEqual({ ...SIGNED_IN, stderr: `warning: nothing is kept: ${absent}\n` });
    expect(await place.run(LINE, { ...ENCRYPTED, AWS_OKTA_CACHE_FALLBACK: "fail" })).toEqual({
      stdout: "",
      stderr: `aws-okta-processor: ${absent}\nnone comes with the program: aws-okta-processor plugins install @aws-okta-processor/keychain-os\n`,
      exitCode: 2,
    });
  });

  test("Ctrl-C ends the waiting for one that does not answer, which is told", async ({ enter }) => {
    const place = await enterWithKeychain(enter);
    const { see, type, end } = await place.sit(`authenticate --role ${DEVELOPER}`, { ...ENCRYPTED, TEST_KEYCHAIN: "silent" });
    await see("waiting for the keychain of acme-keychain");
    type(CONTROL_C);
    expect(await end()).toMatchObject({ stdout: "", stderr: "aws-okta-processor: cancelled\n", exitCode: 130 });
    expect(place.sandbox.count()).toBe(0);
  });
});

describe("a dotfile", () => {
  const dotfile = "[defaults]\ncache-encryption = keychain\n";

  test("at home may ask for it, and an empty variable hides that", async ({ enter }) => {
    const place = await enterWithKeychain(enter);
    await writeFile(path.join(place.home, ".awsoktaprocessor"), dotfile);
    expect(await place.run(LINE)).toEqual(SIGNED_IN);
    expect(Object.keys(keychainOf(place))).toEqual([KEY]);
    expect(await place.run(LINE, { AWS_OKTA_CACHE_ENCRYPTION: "" })).toEqual(SIGNED_IN);
    expect(await readdir(path.dirname(sharedFile(place)))).toEqual([path.basename(sharedFile(place))]);
  });

  test.for(["cache-encryption = none", "cache-fallback = plain", "keychain = pass"])(
    "in the working directory may not set %s",
    async (pair, { enter }) => {
      const place = await enterWithKeychain(enter);
      await mkdir(place.cwd, { recursive: true });
      const file = path.join(place.cwd, ".awsoktaprocessor");
      await writeFile(file, `[defaults]\n${pair}\n`);
      const name = pair.split(" ")[0];
      expect(await place.perform(LINE)).toEqual({
        stdout: "",
        stderr: `aws-okta-processor: ${name} may be set only by a flag, a variable or your own dotfile (${name} in [defaults] of ${file})\n`,
        exitCode: 2,
      });
    },
  );

  test("a choice that there is not is an error", async ({ enter }) => {
    const place = await enter("no-mfa");
    expect(await place.perform(`${LINE} --cache-fallback maybe`)).toEqual({
      stdout: "",
      stderr: 'aws-okta-processor: cache-fallback must be nothing or plain or fail, got "maybe" (--cache-fallback)\n',
      exitCode: 2,
    });
  });
});

async function start({ env, cwd }: Place, line: string): Promise<Ran> {
  const child = spawn(process.execPath, [PROGRAM, ...words(line)], {
    env: { ...env, ...ENCRYPTED },
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr]: [string[], string[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk.toString()));
  const [exitCode] = (await once(child, "close")) as [number | null];
  return { stdout: stdout.join(""), stderr: stderr.join(""), exitCode };
}
