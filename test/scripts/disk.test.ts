import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect } from "vitest";
import { inSeconds, originalCredentials, sessionFile, sharedFile, writePrivately } from "../support/kept.ts";
import { PROGRAM, type Ran, runWithoutTerminal, words } from "../support/process.ts";
import { CREDENTIALS_JSON, DEVELOPER, READER } from "../support/sample.ts";
import { type Place, test } from "../support/sandbox-home.ts";

const SIGN_IN = `authenticate --silent --role ${DEVELOPER}`;
const isRoot = process.getuid?.() === 0;
/** Root writes anywhere, so that it has to become somebody. */
const SOMEBODY = 54_321;
const WARNING = /^warning: cannot write \S+-session\.json: (\w+), [a-z ]+\n$/u;

const answered = { stdout: expect.stringMatching(CREDENTIALS_JSON), exitCode: 0 };

/** The program as an ordinary user, whose the home is. */
function runAsSomebody(place: Place, line: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const command = [process.execPath, PROGRAM, ...words(line)];
  return runWithoutTerminal(command, { env: { ...place.env, ...env }, cwd: "/", uid: isRoot ? SOMEBODY : undefined });
}

function giveHome(place: Place): void {
  if (isRoot) for (const entry of [place.home, place.cwd]) chownSync(entry, SOMEBODY, SOMEBODY);
}

/** The program by a shell, which may redirect and limit it. */
function runInShell({ env, cwd }: Place, script: string, line = SIGN_IN): Promise<Ran> {
  return runWithoutTerminal(["sh", "-c", script, "sh", process.execPath, PROGRAM, ...words(line)], { env, cwd });
}

const ownFolder = (place: Place) => path.join(place.home, ".aws-okta-processor/cache/credentials");

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** All that is in the folders of caches, by its place in the home. */
function kept(place: Place): readonly string[] {
  return [".aws-okta-processor", ".aws"].flatMap((name) => filesIn(path.join(place.home, name)));
}

const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

describe("a disk that takes nothing", () => {
  test.runIf(process.getuid !== undefined)("a home that cannot be written to costs one warning", async ({ enter }) => {
    const place = await enter("no-mfa");
    giveHome(place);
    chmodSync(place.home, 0o555);
    const ran = await runAsSomebody(place, SIGN_IN);
    expect(ran).toMatchObject(answered);
    expect(WARNING.exec(ran.stderr)?.[1]).toBe("EACCES");
    expect(readdirSync(place.home)).toEqual(["work"]);
  });

  test.runIf(isRoot)("nothing is kept in a folder of another user that is open to others", async ({ enter }) => {
    const place = await enter("no-mfa");
    giveHome(place);
    for (const folder of [path.dirname(sessionFile(place)), ownFolder(place), path.dirname(sharedFile(place))]) {
      mkdirSync(folder, { recursive: true });
      chmodSync(folder, 0o777);
    }
    const ran = await runAsSomebody(place, SIGN_IN);
    expect(ran).toMatchObject(answered);
    expect(WARNING.exec(ran.stderr)?.[1]).toBe("EPERM");
    expect(kept(place).filter((file) => !file.endsWith(".lock"))).toEqual([]);
  });

  test.concurrent("a limit on the size of files costs one warning, and leaves nothing half", async ({ enter }) => {
    const place = await enter("no-mfa");
    const ran = await runInShell(place, 'ulimit -f 0; exec "$@"');
    expect(ran).toMatchObject(answered);
    expect(WARNING.exec(ran.stderr)?.[1]).toBe("EFBIG");
    expect(kept(place)).toEqual([]);
  });

  test.runIf(canMount())("a full disk costs one warning, keeps what was there, and leaves nothing half", async ({ enter }) => {
    const place = await enter("no-mfa");
    const script = `
      umask 077; session=$1; shift
      mount -t tmpfs -o size=64k,mode=700 tmpfs "$HOME" && mkdir -p "\${session%/*}" && cd / || exit 99
      printf before > "$session"; head -c 1000000 /dev/zero > "$HOME/filled" 2> /dev/null
      "$@"; code=$?
      find "$HOME" -type f -path '*aws*' -exec sh -c 'cat "$1"; echo " in $1"' sh {} \\; >&2
      exit $code`;
    const command = ["unshare", "-rm", "sh", "-c", script, "sh", sessionFile(place), process.execPath, PROGRAM, ...words(SIGN_IN)];
    const ran = await runWithoutTerminal(command, { env: place.env, cwd: place.cwd });
    expect(ran).toMatchObject(answered);
    expect(ran.stderr).toBe(
      `warning: cannot write ${sessionFile(place)}: ENOSPC, no space left on device\nbefore in ${sessionFile(place)}\n`,
    );
  });
});

/** What a file system of one's own, to fill it, needs: Linux that lets a user have namespaces. */
function canMount(): boolean {
  return spawnSync("unshare", ["-rm", "sh", "-c", "mount -t tmpfs tmpfs /mnt"]).status === 0;
}

describe("standard streams", () => {
  const refusal = "aws-okta-processor: standard output cannot be written: ENOSPC\n";

  test.runIf(existsSync("/dev/full")).for([SIGN_IN, "get-roles", "--help", "config show", "extensions", "--version"])(
    "%s on a full disk is one error, and no bug",
    async (line, { enter }) => {
      const place = await enter("no-mfa");
      const ran = await runInShell(place, 'exec "$@" > /dev/full', line);
      expect(ran).toMatchObject({ stderr: expect.stringContaining(refusal), exitCode: 2 });
      expect(ran.stderr.split("\n").filter((text) => text.startsWith("aws-okta-processor:"))).toHaveLength(1);
    },
  );

  test.runIf(existsSync("/dev/full"))("so is a kept answer, and what was kept stays", async ({ enter }) => {
    const place = await enter("no-mfa");
    const first = await place.run(SIGN_IN);
    expect(await runInShell(place, 'exec "$@" > /dev/full')).toMatchObject({ stderr: expect.stringContaining(refusal), exitCode: 2 });
    expect(await place.run(SIGN_IN)).toEqual(first);
  });

  test.runIf(existsSync("/dev/full"))(
    "a warning that cannot be told costs no answer, and an error keeps its exit code",
    async ({ enter }) => {
      const place = await enter("no-mfa");
      await writePrivately(path.join(place.home, ".aws"), "in the way");
      expect(await runInShell(place, 'exec "$@" 2> /dev/full')).toEqual({ ...answered, stderr: "" });
      expect(await runInShell(place, 'exec "$@" 2> /dev/full', "authenticate --nothing")).toEqual({ stdout: "", stderr: "", exitCode: 2 });
    },
  );

  test.concurrent.for([SIGN_IN, "--help"])("%s for a reader that has gone is no failure", async (line, { enter }) => {
    const place = await enter("no-mfa");
    const script = '{ "$@"; echo "exit $?" >&2; } | true';
    expect((await runInShell(place, script, line)).stderr).toBe("exit 0\n");
  });
});

/** A terabyte that takes no space. */
function writeHuge(file: string): void {
  writeFileSync(file, "", { mode: 0o600 });
  truncateSync(file, 1e12);
}

describe("in the place of a kept file", () => {
  const session = originalCredentials(inSeconds(3600));

  /** Each puts something there. */
  const INTRUDERS: Readonly<Record<string, (file: string, place: Place) => void>> = {
    "a link that leads nowhere": (file) => symlinkSync("nowhere", file),
    "a link to itself": (file) => symlinkSync(path.basename(file), file),
    "a link to a device without end": (file) => symlinkSync("/dev/zero", file),
    "a link to a file of somebody's": (file, { home }) => {
      writeFileSync(path.join(home, "precious"), "precious", { mode: 0o600 });
      symlinkSync(path.join(home, "precious"), file);
    },
    "a pipe that nobody writes to": (file) => spawnSync("mkfifo", ["-m", "600", file]),
    "a file of a terabyte": (file) => writeHuge(file),
    "credentials that are not JSON any more": (file) => writeFileSync(file, session.slice(0, 60), { mode: 0o600 }),
  };

  test.concurrent.for(Object.keys(INTRUDERS))("%s is no answer, is replaced and never written into", async (name, { enter }) => {
    const place = await enter("no-mfa");
    await place.run(SIGN_IN);
    const files = kept(place);
    expect(files).toHaveLength(4);
    for (const file of files) {
      rmSync(file);
      INTRUDERS[name]?.(file, place);
    }
    const again = await place.run(SIGN_IN);
    expect(again).toEqual({ ...answered, stderr: "" });
    for (const file of files) expect([lstatSync(file).isFile(), modeOf(file), lstatSync(file).size < 10_000]).toEqual([true, "600", true]);
    expect(kept(place).toSorted()).toEqual(files.toSorted());
    const precious = path.join(place.home, "precious");
    if (existsSync(precious)) expect([readFileSync(precious, "utf8"), modeOf(precious)]).toEqual(["precious", "600"]);
    expect(await place.run(SIGN_IN)).toEqual(again);
  });

  test.concurrent("a folder costs one warning", async ({ enter }) => {
    const place = await enter("no-mfa");
    mkdirSync(path.join(sessionFile(place), "inside"), { recursive: true, mode: 0o700 });
    const { stderr, ...ran } = await place.run(SIGN_IN);
    expect(ran).toMatchObject(answered);
    expect(stderr).toMatch(/^warning: cannot write \S+-session\.json: (?:EISDIR|ENOTEMPTY|EEXIST), [a-z ]+\n$/u);
  });

  test.runIf(isRoot)("credentials that another user has put there are not believed", async ({ enter }) => {
    const place = await enter("no-mfa");
    giveHome(place);
    const folder = path.dirname(sharedFile(place));
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const made of [path.join(place.home, ".aws"), path.dirname(folder), folder]) chownSync(made, SOMEBODY, SOMEBODY);
    writeFileSync(sharedFile(place), originalCredentials(), { mode: 0o644 });
    const ran = await runAsSomebody(place, SIGN_IN);
    expect(ran).toEqual({ ...answered, stderr: "" });
    expect(ran.stdout).not.toContain("ASIAORIGINAL");
    expect(statSync(sharedFile(place)).uid).toBe(SOMEBODY);
  });
});

test.runIf(isRoot)("what root writes into a person's caches is that person's", async ({ enter }) => {
  const place = await enter("no-mfa");
  giveHome(place);
  const first = await runAsSomebody(place, SIGN_IN);
  await place.run(`${SIGN_IN} --no-aws-cache --no-okta-cache`);
  expect(kept(place).map((file) => statSync(file).uid)).toEqual([SOMEBODY, SOMEBODY, SOMEBODY, SOMEBODY]);
  const calls = place.sandbox.count();
  const second = await runAsSomebody(place, SIGN_IN);
  expect(second).toEqual({ ...answered, stderr: "" });
  expect([second.stdout === first.stdout, place.sandbox.count()]).toEqual([false, calls]);
});

describe("folders", () => {
  test.concurrent("that are links to other places are followed, and closed there", async ({ enter }) => {
    const place = await enter("no-mfa");
    for (const name of [".aws", ".aws-okta-processor"]) {
      mkdirSync(path.join(place.home, `dotfiles/${name}`), { recursive: true, mode: 0o755 });
      symlinkSync(`dotfiles/${name}`, path.join(place.home, name));
    }
    mkdirSync(path.join(place.home, "elsewhere"), { mode: 0o755 });
    symlinkSync("../../elsewhere", path.join(place.home, "dotfiles/.aws-okta-processor/cache"));
    const ran = await place.run(SIGN_IN);
    expect(ran).toEqual({
      ...answered,
      stderr: `warning: ${path.dirname(sessionFile(place))} was open to other users (mode 755) and is not any more\n`,
    });
    expect([modeOf(path.join(place.home, "elsewhere")), filesIn(path.join(place.home, "elsewhere")).length]).toEqual(["700", 3]);
    expect(await place.run(SIGN_IN)).toEqual({ ...ran, stderr: "" });
  });

  // The turn of an authenticate is taken, and its folder made, before the umask can be looked at.
  const CASES = [
    ["0000", SIGN_IN],
    ["0022", SIGN_IN],
    ["0777", "get-roles"],
    ["0277", "get-roles"],
  ] as const;

  test.concurrent.for(CASES)("are 700 and files 600, whatever the umask, %s", async ([umask, line], { enter }) => {
    const place = await enter("no-mfa");
    giveHome(place);
    const uid = isRoot ? SOMEBODY : undefined;
    const command = ["sh", "-c", `umask ${umask}; exec "$@"`, "sh", process.execPath, PROGRAM, ...words(line)];
    expect(await runWithoutTerminal(command, { env: place.env, cwd: "/", uid })).toMatchObject({ stderr: "", exitCode: 0 });
    const made = readdirSync(place.home, { recursive: true, encoding: "utf8" }).filter((name) => name !== "work");
    expect(made.length).toBeGreaterThan(3);
    for (const name of made) expect(modeOf(path.join(place.home, name)), name).toBe(name.endsWith(".json") ? "600" : "700");
  });
});

test.concurrent("kept credentials that are open to others are closed before they are served, and that is told once", async ({ enter }) => {
  const place = await enter("no-mfa");
  const first = await place.run(SIGN_IN);
  const [own = ""] = filesIn(ownFolder(place));
  for (const file of [own, sharedFile(place)]) chmodSync(file, 0o640);
  const calls = place.sandbox.count();
  const warning = (file: string) => `warning: ${file} was open to other users (mode 640) and is not any more
`;
  expect(await place.run(SIGN_IN)).toEqual({ ...first, stderr: `${warning(own)}${warning(sharedFile(place))}` });
  expect(await place.run(SIGN_IN)).toEqual({ ...first, stderr: "" });
  expect([modeOf(own), place.sandbox.count()]).toEqual(["600", calls]);
});

describe("a home", () => {
  test.concurrent.for(["with spaces and 'quotes'", "with\nlines\u001b[31m", "ünïcode"])("%j is one as any", async (name, { enter }) => {
    const place = await enter("no-mfa");
    const home = path.join(place.home, name);
    mkdirSync(home);
    const first = await place.run(SIGN_IN, { HOME: home });
    expect(first).toEqual({ ...answered, stderr: "" });
    expect(await place.run(SIGN_IN, { HOME: home })).toEqual(first);
    chmodSync(path.join(home, ".aws/boto/cache"), 0o755);
    const { stderr } = await place.run(`${SIGN_IN} --no-aws-cache`, { HOME: home });
    expect(stderr.split("\n").length, stderr).toBe(2);
    expect(stderr).not.toContain("\u001b");
  });

  test.concurrent("that is relative is one of the working directory, with the short cut and without", async ({ enter }) => {
    const place = await enter("no-mfa");
    const first = await place.run(SIGN_IN, { HOME: "." });
    expect(first).toEqual({ ...answered, stderr: "" });
    expect(await place.run(SIGN_IN, { HOME: "." })).toEqual(first);
    expect(readdirSync(place.cwd).toSorted()).toEqual([".aws", ".aws-okta-processor"]);
  });

  test.runIf(isRoot)("is not needed, nor an account", async ({ enter }) => {
    const place = await enter("no-mfa");
    const { HOME: _, XDG_CACHE_HOME: __, ...env } = place.env;
    const command = (line: string) => [process.execPath, PROGRAM, ...words(line)];
    const run = (line: string) => runWithoutTerminal(command(line), { env, cwd: "/", uid: SOMEBODY });
    expect(await run(SIGN_IN)).toEqual({ ...answered, stderr: "" });
    expect(await run("extensions")).toMatchObject({ stderr: "", exitCode: 0 });
    expect(await run("plugins uninstall nothing")).toEqual({
      stdout: "",
      stderr: "aws-okta-processor: there is no home to keep plugins in\nset HOME\n",
      exitCode: 2,
    });
    expect(await run("nothing")).toMatchObject({ stderr: expect.stringContaining("command nothing not found"), exitCode: 2 });
    expect(await run("get-roles --output profiles --write")).toMatchObject({
      stderr: expect.stringContaining("there is no home directory, and no AWS_CONFIG_FILE"),
      exitCode: 2,
    });
  });
});

describe("in the place of a dotfile in the working directory", () => {
  test.concurrent("a pipe is refused, and not waited for", async ({ enter }) => {
    const place = await enter("no-mfa");
    spawnSync("mkfifo", [path.join(place.cwd, ".awsoktaprocessor")]);
    const stderr = `aws-okta-processor: cannot read ${place.cwd}/.awsoktaprocessor: it is a pipe\n`;
    expect(await place.run(SIGN_IN)).toEqual({ stdout: "", stderr, exitCode: 2 });
  });

  test.concurrent("what is too big is refused, and not read", async ({ enter }) => {
    const place = await enter("no-mfa");
    writeHuge(path.join(place.cwd, ".awsoktaprocessor"));
    const stderr = `aws-okta-processor: cannot read ${place.cwd}/.awsoktaprocessor: it is too big\n`;
    expect(await place.run(SIGN_IN)).toEqual({ stdout: "", stderr, exitCode: 2 });
  });

  test.concurrent.for(["/dev/null", "/dev/zero"])("a link to %s says nothing", async (device, { enter }) => {
    const place = await enter("no-mfa");
    symlinkSync(device, path.join(place.cwd, ".awsoktaprocessor"));
    expect(await place.run(SIGN_IN)).toEqual({ ...answered, stderr: "" });
  });
});

describe("what is of no use any more", () => {
  const twoDaysAgo = new Date(Date.now() - 172_800_000);

  test("is pruned while the far end is waited for, a thousand files too, and costs nothing where the answer is kept", async ({ enter }) => {
    const place = await enter("no-mfa", { latencyMs: 100 });
    const stale = JSON.stringify({ Credentials: { Expiration: "2020-01-01T00:00:00Z" }, "aws-okta-processor": { version: 1 } });
    const files = Array.from({ length: 1000 }, (_, number) => path.join(ownFolder(place), `${number.toString(16).padStart(40, "0")}.json`));
    for (const file of files) {
      await writePrivately(file, stale);
      utimesSync(file, twoDaysAgo, twoDaysAgo);
    }
    const botocores = path.join(path.dirname(sharedFile(place)), `${"b".repeat(40)}.json`);
    await writePrivately(botocores, JSON.stringify({ Credentials: { Expiration: "2020-01-01T00:00:00Z" } }));
    utimesSync(botocores, twoDaysAgo, twoDaysAgo);
    const left = () => files.filter((file) => existsSync(file)).length;
    for (let run = 0; run < 10 && left() > 0; run++) {
      expect(await place.run(`${SIGN_IN} --no-aws-cache`)).toEqual({ ...answered, stderr: "" });
    }
    expect([left(), existsSync(botocores), filesIn(ownFolder(place)).length]).toEqual([0, true, 1]);
  });

  test.runIf(process.platform === "linux")("is the lock of a holder that was killed, and not of one that lives", async ({ enter }) => {
    const place = await enter("no-mfa", { latencyMs: 300 });
    const child = spawn(process.execPath, [PROGRAM, ...words(SIGN_IN)], { env: place.env, cwd: place.cwd, stdio: "ignore" });
    const over = new Promise((resolve) => child.once("close", resolve));
    const lock = await waitForLock(ownFolder(place));
    child.kill("SIGKILL");
    await over;
    lutimesSync(lock, twoDaysAgo, twoDaysAgo);
    const living = path.join(ownFolder(place), `${"c".repeat(40)}.json.lock`);
    const [pid, ...rest] = readlinkSync(lock).split(",");
    const start = readFileSync("/proc/self/stat", "utf8").split(") ").at(-1)?.split(" ")[19] ?? "";
    symlinkSync([process.pid, start, ...rest.slice(1)].join(","), living);
    lutimesSync(living, twoDaysAgo, twoDaysAgo);
    expect(pid).toBe(String(child.pid));
    expect(await place.run(`authenticate --silent --role ${READER}`)).toEqual({ ...answered, stderr: "" });
    expect([isThere(lock), isThere(living)]).toEqual([false, true]);
  });
});

const isThere = (file: string) => lstatSync(file, { throwIfNoEntry: false }) !== undefined;

async function waitForLock(folder: string): Promise<string> {
  for (;;) {
    const name = existsSync(folder) ? readdirSync(folder).find((one) => one.endsWith(".lock")) : undefined;
    if (name !== undefined) return path.join(folder, name);
    await setTimeout(5);
  }
}
