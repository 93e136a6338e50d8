import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, lstatSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseConfigFile } from "../../src/aws/config-file.ts";
import { sourceOf } from "../../src/aws/own-profile.ts";
import { type ProfilesToWrite, writeProfiles } from "../../src/flows/write-profiles.ts";
import { APPLICATION, command, OLD, profile } from "../aws/profile.ts";
import { type Folder, useFolder } from "../support/folder.ts";
import { runWithoutTerminal } from "../support/process.ts";
import { quietTerminal } from "../support/terminal.ts";
import { createWorld } from "../support/world.ts";

const ADD = fileURLToPath(new URL("add-profiles.js", import.meta.url));
const dev = profile("profile dev", "Dev");
const DEV = `[profile dev]\ncredential_process = ${command("Dev")}\n`;
const LISTED = new Set([sourceOf("acme.okta.com", "jdoe", APPLICATION)]);
const BACKUP = "config.before-aws-okta-processor";

/** Who sits there and answers so. */
function personWho(answer: () => Promise<string>) {
  const shown: string[] = [];
  const asked: string[] = [];
  const terminal = {
    ...quietTerminal(),
    attended: true,
    announce: (line: string) => void shown.push(line),
    ask: ({ message }: { readonly message: string }) => {
      asked.push(message);
      return answer();
    },
  };
  return { shown, asked, terminal };
}

function toWrite(folder: Folder, given: Partial<ProfilesToWrite> = {}): ProfilesToWrite {
  return { file: `${folder.path}/config`, profiles: [dev], prune: false, inConfig: true, listed: LISTED, yes: false, ...given };
}

test.each(["y", "YES", " Yes "])("who answers %j to the changes has them written, and is told", async (answer) => {
  const folder = useFolder({ config: "[default]\n" });
  const { shown, asked, terminal } = personWho(() => Promise.resolve(answer));
  const world = createWorld();
  await writeProfiles(toWrite(folder), { world, terminal });
  expect(shown).toEqual(["+[profile dev]", `+credential_process = ${command("Dev")}`]);
  expect(asked).toEqual([`Write these changes to ${folder.path}/config (1 profile added)? (y/N)`]);
  expect(terminal.told).toEqual([`${folder.path}/config: 1 profile added`]);
  expect([folder.read("config"), folder.read(BACKUP)]).toEqual([`[default]\n\n${DEV}`, "[default]\n"]);
  expect([world.written, readdirSync(folder.path)]).toEqual([{ output: "", diagnosis: "" }, ["config", BACKUP]]);
});

test.each(["", "n", "yess", "j"])("who answers %j has nothing written", async (answer) => {
  const folder = useFolder({ config: "[default]\n" });
  const { terminal } = personWho(() => Promise.resolve(answer));
  const writing = writeProfiles(toWrite(folder), { world: createWorld(), terminal });
  await expect(writing).rejects.toMatchObject({ message: "nothing was written", exitCode: 130 });
  expect([folder.read("config"), readdirSync(folder.path), terminal.told]).toEqual(["[default]\n", ["config"], []]);
});

test("what another program writes while the question stands is not lost", async () => {
  const folder = useFolder({ config: "[default]\n" });
  const { terminal } = personWho(async () => {
    writeFileSync(`${folder.path}/config`, "[default]\nregion = x\n");
    return "y";
  });
  const writing = writeProfiles(toWrite(folder), { world: createWorld(), terminal });
  await expect(writing).rejects.toMatchObject({ code: "FILE_CHANGED" });
  expect([folder.read("config"), readdirSync(folder.path)]).toEqual(["[default]\nregion = x\n", ["config"]]);
});

test("--yes shows, asks nothing, follows a link and keeps it, and counts all", async () => {
  const old = `[profile a]\ncredential_process = ${command("Dev", { application: OLD })}\n\n[profile b]\ncredential_process = ${command("Same")}\n\n`;
  const gone = `[profile c]\ncredential_process = ${command("Gone")}\n\n[profile "taken"]\n`;
  const folder = useFolder({ "real/config": `${old}${gone}` });
  symlinkSync("real/config", `${folder.path}/config`);
  const terminal = quietTerminal();
  const world = createWorld();
  const profiles = [dev, profile("profile same", "Same"), profile("profile new", "New"), profile("profile newer", "Newer")];
  const conflict = profile("profile taken", "Taken");
  await writeProfiles(toWrite(folder, { profiles: [...profiles, conflict], yes: true }), { world, terminal });
  expect(terminal.told.at(-1)).toBe(
    `${folder.path}/config: 2 profiles added, 1 changed, 1 unchanged, 1 no longer given (remove with --prune), 1 left out, for its name is taken`,
  );
  expect(lstatSync(`${folder.path}/config`).isSymbolicLink()).toBe(true);
  expect(readdirSync(`${folder.path}/real`)).toEqual(["config", BACKUP]);
  expect(folder.read(`real/${BACKUP}`)).toBe(`${old}${gone}`);
  await writeProfiles(toWrite(folder, { profiles, prune: true, yes: true }), { world, terminal });
  expect(terminal.told.at(-1)).toBe(`${folder.path}/config: 4 profiles unchanged, 1 removed`);
  expect(folder.read("config")).not.toContain("[profile c]");
});

test("a name that is taken is told as a warning, cleaned, even where nothing is written", async () => {
  const folder = useFolder({ config: '[profile "dev"] \u001b[31m]\n' });
  const terminal = quietTerminal();
  const world = createWorld();
  await writeProfiles(toWrite(folder), { world, terminal });
  expect(world.written.diagnosis).toBe(
    `warning: [profile "dev"] [31m] of ${folder.path}/config has the name of a new profile, and is left alone\n`,
  );
  expect(terminal.told).toEqual([`${folder.path}/config: 1 profile left out, for its name is taken`]);
});

test("where nothing is given, that is told", async () => {
  const terminal = quietTerminal();
  const folder = useFolder();
  await writeProfiles(toWrite(folder, { profiles: [] }), { world: createWorld(), terminal });
  expect(terminal.told).toEqual([`${folder.path}/config: no profile to write`]);
});

test("the same again is told, and nothing is asked or written", async () => {
  const folder = useFolder({ config: DEV });
  const terminal = quietTerminal();
  await writeProfiles(toWrite(folder), { world: createWorld(), terminal });
  expect(terminal.told).toEqual([`${folder.path}/config: 1 profile unchanged`]);
  expect(readdirSync(folder.path)).toEqual(["config"]);
});

test("long changes are cut in the middle", async () => {
  const folder = useFolder();
  const { shown, terminal } = personWho(() => Promise.resolve("y"));
  const profiles = Array.from({ length: 150 }, (_, index) => profile(`profile p${index}`, `r${index}`));
  await writeProfiles(toWrite(folder, { profiles }), { world: createWorld(), terminal });
  expect([shown.length, shown[0], shown[100], shown[200]]).toEqual([
    201,
    "+[profile p0]",
    "… 100 more lines …",
    `+credential_process = ${command("r149")}`,
  ]);
});

test("what is removed is named, however long the changes are, and what is gone is told without --prune", async () => {
  const old = Array.from({ length: 150 }, (_, index) => `[profile old${index}]\ncredential_process = ${command(`gone${index}`)}\n`);
  const folder = useFolder({ config: old.join("\n") });
  const { shown, asked, terminal } = personWho(() => Promise.resolve("n"));
  const writing = (prune: boolean) => writeProfiles(toWrite(folder, { prune }), { world: createWorld(), terminal }).catch(() => undefined);
  await writing(true);
  expect(shown.filter((line) => line.startsWith("-[")).length).toBe(150);
  expect(shown.length).toBeLessThan(302);
  expect(asked).toEqual([`Write these changes to ${folder.path}/config (1 profile added, 150 removed)? (y/N)`]);
  expect(terminal.told).toEqual([]);
  await writing(false);
  expect(terminal.told.filter((line) => line.startsWith("no longer given: [profile old"))).toHaveLength(150);
});

test("a file that botocore refuses is left as it is", async () => {
  const folder = useFolder({ config: "[a]\n[a]\n" });
  const writing = writeProfiles(toWrite(folder, { yes: true }), { world: createWorld(), terminal: quietTerminal() });
  await expect(writing).rejects.toMatchObject({ message: `${folder.path}/config line 2: there is a second [a]` });
  expect([folder.read("config"), readdirSync(folder.path)]).toEqual(["[a]\n[a]\n", ["config"]]);
});

const surroundings = { env: { PATH: process.env["PATH"] ?? "" }, cwd: "/" };
const add = (...args: readonly string[]) => [process.execPath, "--no-warnings", ADD, ...args];

test("without a terminal the changes go to stderr, and nothing is written unless --yes is given", async () => {
  const folder = useFolder();
  const file = `${folder.path}/config`;
  const refused = await runWithoutTerminal(add(file, "--no", "one"), surroundings);
  expect(refused).toMatchObject({ stdout: "", exitCode: 2 });
  expect(refused.stderr).toMatch(
    /^\+\[profile one\]\n\+credential_process = .*\n\+region = eu-west-1\nNO_TERMINAL: .*\ngive --yes to write/u,
  );
  expect(existsSync(file)).toBe(false);
  const written = await runWithoutTerminal(add(file, "--yes", "one"), surroundings);
  expect(written).toMatchObject({ stdout: "", exitCode: 0, stderr: expect.stringContaining(`${file}: 1 profile added\n`) });
  expect(parseConfigFile(folder.read("config"), "config").sections).toMatchObject([{ header: "profile one" }]);
});

test("where nobody can be asked, silence hides what would change", async () => {
  const terminal = { ...quietTerminal(), announce: (line: string) => expect.unreachable(line) };
  const writing = writeProfiles(toWrite(useFolder()), { world: createWorld(), terminal });
  await expect(writing).rejects.toThrow("nobody was to be asked");
  expect(terminal.told).toEqual(["+[profile dev]", `+credential_process = ${command("Dev")}`]);
});

test("of eight that write at once nobody loses a profile", async () => {
  const folder = useFolder({ config: "# mine" });
  const groups = Array.from({ length: 8 }, (_, one) => Array.from({ length: 5 }, (__, two) => `p${one}-${two}`));
  const ran = await Promise.all(groups.map((roles) => runWithoutTerminal(add(`${folder.path}/config`, "--yes", ...roles), surroundings)));
  expect(ran.map(({ exitCode }) => exitCode)).toEqual(groups.map(() => 0));
  const { sections } = parseConfigFile(folder.read("config"), "config");
  expect(sections.map(({ header }) => header).toSorted()).toEqual(groups.flat().map((role) => `profile ${role}`));
  expect([folder.read("config").startsWith("# mine\n"), readdirSync(folder.path)]).toEqual([true, ["config", BACKUP]]);
});

test("whoever is killed while writing leaves a whole file and blocks nobody", async () => {
  const foreign = `# mine\n[services s]\na = 1\n${"# long\n".repeat(10_000)}`;
  const folder = useFolder({ config: foreign });
  const file = `${folder.path}/config`;
  const names = Array.from({ length: 500 }, (_, index) => `p${index}`);
  for (let round = 0; round < 6; round += 1) {
    const writers = ["a", "b"].map((who) => spawn(process.execPath, add(file, "--yes", ...names.map((name) => `${who}${name}`)).slice(1)));
    const exits = writers.map((writer) => once(writer, "exit"));
    await Promise.race(writers.map((writer) => untilAdded(writer.stderr)));
    await setTimeout(round * 11);
    for (const writer of writers) writer.kill("SIGKILL");
    await Promise.all(exits);
    const text = folder.read("config");
    expect(text.slice(0, foreign.length)).toBe(foreign);
    const sections = parseConfigFile(text, "config").sections.slice(1);
    expect(sections.filter(({ settings }) => settings.length !== 2)).toEqual([]);
  }
  const startedAt = performance.now();
  expect(await runWithoutTerminal(add(file, "--yes", "last"), surroundings)).toMatchObject({ exitCode: 0 });
  expect(performance.now() - startedAt).toBeLessThan(20_000);
  expect(readdirSync(folder.path).filter((name) => name.startsWith("config.lock"))).toEqual([]);
  expect(folder.read("config")).toContain("[profile last]");
  expect(parseConfigFile(folder.read("config"), "config").sections.length).toBeGreaterThan(3);
});

async function untilAdded(stderr: NodeJS.ReadableStream): Promise<void> {
  for (let said = ""; !said.includes("1 profile added"); ) said += String(...((await once(stderr, "data")) as [Buffer]));
}
