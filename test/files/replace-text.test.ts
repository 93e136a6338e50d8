import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { expect, test } from "vitest";
import { readText, realFileOf } from "../../src/files/read-text.ts";
import { replaceText } from "../../src/files/replace-text.ts";
import { useFolder } from "../support/folder.ts";

const BACKUP = "config.before-aws-okta-processor";
const isRoot = process.getuid?.() === 0;

test("a new file is its owner's alone, and has no backup", async () => {
  const folder = useFolder();
  await replaceText({ file: `${folder.path}/config`, was: undefined, text: "new" });
  expect([folder.read("config"), folder.mode("config"), readdirSync(folder.path)]).toEqual(["new", "600", ["config"]]);
});

test("a file keeps its mode, and what was there before stands beside it", async () => {
  const folder = useFolder();
  const file = folder.write("config", "\ufeffold\r\n", 0o640);
  folder.write(BACKUP, "older", 0o600);
  await replaceText({ file, was: "\ufeffold\r\n", text: "new" });
  expect([folder.read("config"), folder.mode("config")]).toEqual(["new", "640"]);
  expect([folder.read(BACKUP), folder.mode(BACKUP), readdirSync(folder.path)]).toEqual(["\ufeffold\r\n", "640", ["config", BACKUP]]);
});

test.skipIf(!isRoot)("a file keeps its owner (as root)", async () => {
  const folder = useFolder();
  const file = folder.write("config", "old");
  chownSync(file, 4321, 1234);
  await replaceText({ file, was: "old", text: "new" });
  for (const name of ["config", BACKUP]) expect(statSync(`${folder.path}/${name}`)).toMatchObject({ uid: 4321, gid: 1234 });
});

test("the file behind links is found, there or not, through folders that are links", async () => {
  const folder = useFolder({ "real/config": "old" });
  symlinkSync("real", `${folder.path}/folder`);
  symlinkSync("folder/config", `${folder.path}/one`);
  symlinkSync(`${folder.path}/one`, `${folder.path}/two`);
  symlinkSync("folder/none", `${folder.path}/dangling`);
  symlinkSync("circle", `${folder.path}/circle`);
  expect(await realFileOf(`${folder.path}/two`)).toBe(`${folder.path}/real/config`);
  expect(await realFileOf(`${folder.path}/dangling`)).toBe(`${folder.path}/real/none`);
  expect(await realFileOf(`${folder.path}/no/where`)).toBe(`${folder.path}/no/where`);
  await expect(realFileOf(`${folder.path}/circle`)).rejects.toThrow(`the file ${folder.path}/circle cannot be read: ELOOP`);
});

test("links that somebody planted in our places are replaced, not followed", async () => {
  const folder = useFolder({ victim: "untouched", config: "old" });
  symlinkSync("victim", `${folder.path}/${BACKUP}`);
  symlinkSync("victim", `${folder.path}/config.new-aws-okta-processor`);
  await replaceText({ file: `${folder.path}/config`, was: "old", text: "new" });
  expect([folder.read("victim"), folder.read(BACKUP), folder.read("config")]).toEqual(["untouched", "old", "new"]);
  expect(lstatSync(`${folder.path}/${BACKUP}`).isSymbolicLink()).toBe(false);
  expect(existsSync(`${folder.path}/config.new-aws-okta-processor`)).toBe(false);
});

test("a file that is not what was read is left alone", async () => {
  const folder = useFolder({ config: "theirs" });
  for (const was of ["old", undefined]) {
    await expect(replaceText({ file: `${folder.path}/config`, was, text: "new" })).rejects.toMatchObject({
      code: "FILE_CHANGED",
      message: `${folder.path}/config was changed by another program meanwhile`,
    });
  }
  expect([folder.read("config"), readdirSync(folder.path)]).toEqual(["theirs", ["config"]]);
});

test("a file is read as it is, with its byte order mark", async () => {
  const folder = useFolder({ config: "\ufeffé\r\n" });
  expect([await readText(`${folder.path}/config`), await readText(`${folder.path}/none`)]).toEqual(["\ufeffé\r\n", undefined]);
});

test("what is no text file is refused by name", async () => {
  const folder = useFolder();
  writeFileSync(`${folder.path}/latin`, Buffer.from([0x61, 0xe9]));
  mkdirSync(`${folder.path}/folder`);
  symlinkSync("/dev/null", `${folder.path}/device`);
  const refused = async (name: string, reason: string) =>
    expect(readText(`${folder.path}/${name}`)).rejects.toMatchObject({
      code: "FILE_UNREADABLE",
      message: `the file ${folder.path}/${name} cannot be read: ${reason}`,
    });
  await refused("latin", "it is not UTF-8");
  await refused("folder", "it is no file");
  await refused("device", "it is no file");
  await refused("latin/config", "ENOTDIR");
});

test("a folder in the backup's place stops it, and the file stays", async () => {
  const folder = useFolder({ config: "old", [`${BACKUP}/x`]: "" });
  await expect(replaceText({ file: `${folder.path}/config`, was: "old", text: "new" })).rejects.toMatchObject({
    code: "FILE_UNWRITABLE",
    message: expect.stringMatching(/before-aws-okta-processor cannot be written: (?:EISDIR|EEXIST|ENOTEMPTY)$/u),
  });
  expect([folder.read("config"), readdirSync(folder.path)]).toEqual(["old", ["config", BACKUP]]);
});

const MODULE = new URL("../../src/files/replace-text.ts", import.meta.url).href;
const READER = new URL("../../src/files/read-text.ts", import.meta.url).href;

/** Replaces a file in a process of its own, and prints what went wrong. */
const REPLACE = `
process.on("SIGXFSZ", () => {});
const [file, uid, size] = process.argv.slice(1);
const { replaceText } = await import(${JSON.stringify(MODULE)});
const { readText } = await import(${JSON.stringify(READER)});
if (uid !== "") process.setuid(Number(uid));
await replaceText({ file, was: await readText(file), text: "n".repeat(size) }).catch(({ code, message }) => console.log(code, message));
`;

function replaceElsewhere(file: string, { uid = "", size = 10, limit = "unlimited" }): string {
  const args = [
    "-c",
    `ulimit -f ${limit}; exec "$@"`,
    "sh",
    process.execPath,
    "--input-type=module",
    "-e",
    REPLACE,
    file,
    uid,
    String(size),
  ];
  return spawnSync("sh", args, { encoding: "utf8" }).stdout;
}

test("a disk that takes only a part leaves the file whole, and nothing half beside it", () => {
  const folder = useFolder({ config: "old" });
  expect(replaceElsewhere(`${folder.path}/config`, { size: 20_000, limit: "8" })).toBe(
    `FILE_UNWRITABLE the file ${folder.path}/config cannot be written: EFBIG\n`,
  );
  expect([folder.read("config"), readdirSync(folder.path)]).toEqual(["old", ["config", BACKUP]]);
});

test("a folder or a file that is closed to writing stays as it is", () => {
  const folder = useFolder();
  const file = folder.write("config", "old", 0o644);
  const uid = isRoot ? "65534" : "";
  chmodSync(folder.path, 0o555);
  expect(replaceElsewhere(file, { uid })).toBe(
    `FILE_UNWRITABLE the file ${file}${isRoot ? "" : ".before-aws-okta-processor"} cannot be written: EACCES\n`,
  );
  chmodSync(folder.path, 0o777);
  chmodSync(file, 0o444);
  expect(replaceElsewhere(file, { uid })).toBe(`FILE_UNWRITABLE the file ${file} cannot be written: EACCES\n`);
  chmodSync(folder.path, 0o700);
  expect([readFileSync(file, "utf8"), readdirSync(folder.path)]).toEqual(["old", ["config"]]);
});
