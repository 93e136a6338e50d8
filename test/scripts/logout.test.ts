import { existsSync } from "node:fs";
import { chmod, chown, mkdir, readdir, readFile, symlink, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { describeSelf } from "../../src/files/holder.ts";
import { callsOf } from "../support/calls.ts";
import { originalCredentials, sessionFile, sharedFile, writePrivately } from "../support/kept.ts";
import { PROGRAM, runWithoutTerminal } from "../support/process.ts";
import { ENTER } from "../support/pty.ts";
import { DEVELOPER, READER } from "../support/sample.ts";
import { faulty, useSandbox } from "../support/sandbox.ts";
import { type Place, test } from "../support/sandbox-home.ts";

const END = "DELETE /api/v1/sessions/me";
const BOTOCORE = '{"Credentials": {"AccessKeyId": "ASIABOTOCORE"}}';

const ORGANIZATIONS = ".aws-okta-processor/cache/organizations.json";

/** Every file under the home but those that tests bring, and the list of organizations, which is nobody's. */
async function filesOf({ home }: Place): Promise<readonly string[]> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(home, path.join(entry.parentPath, entry.name)));
  return files.filter((file) => !file.startsWith("terminal-") && !file.startsWith("work/") && file !== ORGANIZATIONS).toSorted();
}

const at = ({ sandbox }: Place, user = "jdoe") => `${user} at ${sandbox.organization}`;

test.concurrent("the session is ended at Okta, and nothing is left of it here", async ({ enter }) => {
  const place = await enter("no-mfa");
  await place.run(`authenticate --role ${DEVELOPER}`);
  await place.run(`authenticate --role ${READER}`);
  await writePrivately(sessionFile(place).replace("-session", "-device"), '{"device_token": "DT"}');
  const calls = place.sandbox.count();
  expect(await place.run("logout")).toEqual({
    stdout: "",
    stderr:
      `Removed what was kept of ${at(place)}: 1 session, 1 device, 2 entries of credentials, 1 entry of credentials beside botocore's.\n` +
      `Ended the Okta session of ${at(place)}.\n`,
    exitCode: 0,
  });
  expect([callsOf(place.sandbox, calls), await filesOf(place)]).toEqual([[END], []]);
});

test.concurrent("the cookie that was kept is worth nothing afterwards", async ({ enter }) => {
  const place = await enter("no-mfa");
  await place.run("get-roles --silent");
  const kept = await readFile(sessionFile(place), "utf8");
  await place.run("logout");
  await writePrivately(sessionFile(place), kept);
  const calls = place.sandbox.count();
  await place.run("get-roles --silent");
  expect(callsOf(place.sandbox, calls)).toContain("POST /api/v1/authn");
});

test.concurrent("at a terminal what was done is shown there", async ({ enter }) => {
  const place = await enter("no-mfa");
  await place.run("get-roles --silent");
  const { see, end } = await place.sit("logout");
  await see(`Ended the Okta session of ${at(place)}.\n`);
  expect(await end()).toMatchObject({ stdout: "", stderr: "", exitCode: 0 });
});

test.concurrent("what was asked for at the terminal need not be given to sign out", async ({ enter }) => {
  const nobody = { AWS_OKTA_USER: undefined, AWS_OKTA_ORGANIZATION: undefined };
  const place = await enter("no-mfa");
  const { see, type, end } = await place.sit("get-roles --silent", nobody);
  await see("Okta organization ›");
  type(`${place.sandbox.organization}${ENTER}`);
  await see("Okta user name ›");
  type(`jdoe${ENTER}`);
  expect(await end()).toMatchObject({ exitCode: 0 });
  expect(await filesOf(place)).toEqual([".aws-okta-processor/cache/None-None-session.json"]);
  expect((await place.run("logout", nobody)).stderr).toContain(`Ended the Okta session of ${at(place)}.\n`);
  expect(await filesOf(place)).toEqual([]);
});

test.concurrent("a session that Okta has ended already is as good", async ({ enter }) => {
  const place = await enter("no-mfa");
  await place.run("get-roles --silent");
  place.sandbox.endSessions();
  expect(await place.run("logout")).toEqual({
    stdout: "",
    stderr: `Removed what was kept of ${at(place)}: 1 session.\nThe Okta session of ${at(place)} had ended already.\n`,
    exitCode: 0,
  });
});

test.concurrent("a session that ended days ago goes without anybody being asked", async ({ enter }) => {
  const place = await enter("no-mfa");
  const mark = { user_name: "jdoe", organization: place.sandbox.organization };
  await writePrivately(sessionFile(place), JSON.stringify({ id: "old", expiresAt: "2020-01-01T00:00:00Z", "aws-okta-processor": mark }));
  expect(await place.run("logout")).toMatchObject({ exitCode: 0 });
  expect([place.sandbox.count(), await filesOf(place)]).toEqual([0, []]);
});

test.concurrent("where nothing is kept nothing is asked or written", async ({ enter }) => {
  const place = await enter("no-mfa");
  expect(await place.run("logout")).toEqual({ stdout: "", stderr: `Nothing is kept of ${at(place)}.\n`, exitCode: 0 });
  expect([place.sandbox.count(), await filesOf(place)]).toEqual([0, []]);
});

test.concurrent("an org that cannot be reached is told, and what is kept goes all the same", async ({ enter }) => {
  const place = await enter("no-mfa");
  await place.run("get-roles --silent");
  await place.sandbox.close();
  const { stderr, exitCode } = await place.run("logout --silent");
  expect(stderr).toMatch(
    /^aws-okta-processor: the Okta session of jdoe was not ended: cannot reach [\d.:]+: ECONNREFUSED\nnothing is kept of it here any more; it ends by itself at \S+Z or when it was idle for long\n$/,
  );
  expect([exitCode, await filesOf(place)]).toEqual([4, []]);
});

test.concurrent("what answers in Okta's place is not believed", async ({ enter }) => {
  const place = await enter("no-mfa");
  await place.run("get-roles --silent");
  const portal = await useSandbox(faulty("no-mfa", { on: END, status: 200, contentType: "text/html", body: "<html>Welcome</html>" }));
  const text = await readFile(sessionFile(place), "utf8");
  await writePrivately(sessionFile(place), text.replaceAll(place.sandbox.organization, portal.organization));
  const { stderr, exitCode } = await place.run("logout --silent", { AWS_OKTA_ORGANIZATION: portal.organization });
  expect([exitCode, stderr]).toEqual([4, expect.stringContaining("was not ended: ")]);
});

test.concurrent("what is botocore's or another's stays, what the Python tool kept goes", async ({ enter }) => {
  const place = await enter("no-mfa");
  const botocores = path.join(place.home, ".aws/boto/cache", `${"b".repeat(40)}.json`);
  const other = sharedFile(place, "null", '"other"');
  const keyed = sharedFile(place, '"acme-Developer"');
  await writePrivately(botocores, BOTOCORE);
  await writePrivately(other, originalCredentials());
  await writePrivately(sharedFile(place), originalCredentials());
  await writePrivately(keyed, originalCredentials());
  const process = `aws-okta-processor authenticate --user jdoe --key "acme-Developer"`;
  await writeFile(path.join(place.home, ".aws/config"), `[profile one]\ncredential_process = ${process}\n`);
  expect(await place.run("logout")).toMatchObject({ exitCode: 0 });
  expect(await filesOf(place)).toEqual([".aws/config", path.relative(place.home, botocores), path.relative(place.home, other)].toSorted());
});

test.concurrent("another person's session and credentials stay, and go with --all", async ({ enter }) => {
  const place = await enter("no-mfa");
  await place.run(`authenticate --silent --role ${DEVELOPER}`);
  const mark = { user_name: "other", organization: "other.example.com" };
  const others = [
    ".aws-okta-processor/cache/other-other.example.com-session.json",
    `.aws-okta-processor/cache/credentials/${"c".repeat(40)}.json`,
  ];
  const expired = JSON.stringify({ id: "1", expiresAt: "2020-01-01T00:00:00Z", "aws-okta-processor": mark });
  for (const file of others) await writePrivately(path.join(place.home, file), expired);
  await place.run("logout");
  expect([await filesOf(place), existsSync(path.join(place.home, ORGANIZATIONS))]).toEqual([others.toSorted(), true]);
  expect(await place.run("logout --all --silent", { AWS_OKTA_USER: undefined })).toEqual({ stdout: "", stderr: "", exitCode: 0 });
  expect([await filesOf(place), existsSync(path.join(place.home, ORGANIZATIONS))]).toEqual([[], false]);
});

test.concurrent("who of several is meant must be said, and nothing is done before", async ({ enter }) => {
  const place = await enter("no-mfa");
  await place.run("get-roles --silent");
  const mark = { user_name: "other", organization: "other.example.com" };
  await writePrivately(
    path.join(place.home, ".aws-okta-processor/cache/other-other.example.com-session.json"),
    JSON.stringify({ "aws-okta-processor": mark }),
  );
  const files = await filesOf(place);
  const ran = await place.run("logout", { AWS_OKTA_USER: undefined, AWS_OKTA_ORGANIZATION: undefined });
  expect(ran).toEqual({
    stdout: "",
    stderr: `aws-okta-processor: 2 people are kept: ${at(place)}, other at other.example.com\ngive --user and --organization, or --all for all of them\n`,
    exitCode: 2,
  });
  expect([await filesOf(place), place.sandbox.count(END)]).toEqual([files, 0]);
});

test.concurrent("a dry run says all of it and does none", async ({ enter }) => {
  const place = await enter("no-mfa");
  await place.run(`authenticate --silent --role ${DEVELOPER}`);
  const files = await filesOf(place);
  const { stderr, exitCode } = await place.run("logout --dry-run");
  expect(stderr).toMatch(/^Would remove what was kept of .*: 1 session, 1 entry .*\nWould end the Okta session of .*\.\n$/);
  expect([exitCode, await filesOf(place), place.sandbox.count(END)]).toEqual([0, files, 0]);
});

test.concurrent("--json says which files went and how the session ended, and nothing that was secret", async ({ enter }) => {
  const place = await enter("no-mfa");
  await place.run("get-roles --silent");
  const { id } = JSON.parse(await readFile(sessionFile(place), "utf8")) as { readonly id: string };
  const { stdout, stderr, exitCode } = await place.run("logout --json");
  const person = { user: "jdoe", organization: place.sandbox.organization };
  expect([exitCode, stderr, JSON.parse(stdout)]).toEqual([
    0,
    "",
    { people: [person], sessions: [{ ...person, outcome: "ended", error: null }], removed: [sessionFile(place)], notRemoved: [], busy: [] },
  ]);
  expect(stdout).not.toContain(id);
});

/** Root removes anything. */
const AS_NOBODY = process.getuid?.() === 0 ? ["setpriv", "--reuid=65534", "--clear-groups"] : [];

test.concurrent("a file that cannot be removed is named, and the session is ended all the same", async ({ enter }) => {
  const place = await enter("no-mfa");
  await place.run("get-roles --silent");
  const folder = path.dirname(sessionFile(place));
  const command = [...AS_NOBODY, process.execPath, PROGRAM, "logout", "--silent"];
  if (AS_NOBODY.length > 0)
    for (const one of [place.home, folder, path.dirname(folder), sessionFile(place)]) await chown(one, 65534, 65534);
  await chmod(folder, 0o500);
  const { stderr, exitCode } = await runWithoutTerminal(command, { env: place.env, cwd: place.cwd });
  await chmod(folder, 0o700);
  expect([exitCode, stderr, place.sandbox.count(END)]).toEqual([
    2,
    `aws-okta-processor: ${sessionFile(place)} cannot be removed: EACCES\nremove it yourself: it may hold a session or credentials\n`,
    1,
  ]);
});

test.concurrent("a dead holder's lock goes, a living one's stays and is told of", async ({ enter }) => {
  const place = await enter("no-mfa");
  const folder = path.join(place.home, ".aws-okta-processor/cache/credentials");
  await mkdir(folder, { recursive: true });
  const self = await describeSelf({ pid: process.pid, hostName: hostname(), platform: process.platform });
  await symlink(self, path.join(folder, `${"a".repeat(40)}.json.lock`));
  await symlink(self.replace(/^(\d+),\d+/, "$1,1"), path.join(folder, `${"b".repeat(40)}.json.lock`));
  const { stderr, exitCode } = await place.run("logout");
  expect(stderr).toContain(`Another aws-okta-processor (process ${process.pid}) is at work: what it keeps after this is not removed.\n`);
  expect([exitCode, await readdir(folder)]).toEqual([0, [`${"a".repeat(40)}.json.lock`]]);
});

test.concurrent("how a run ended goes when all who waited for it have read it, and so does what a killed one wrote half", async ({
  enter,
}) => {
  const place = await enter("no-mfa");
  const folder = path.join(place.home, ".aws-okta-processor/cache/credentials");
  const names = ["a", "b"].flatMap((letter) => [`${letter.repeat(40)}.json.outcome`, `${letter.repeat(40)}.json.new-aws-okta-processor`]);
  for (const name of names) await writePrivately(path.join(folder, name), "{}");
  const old = new Date(Date.now() - 120_000);
  for (const name of names.filter((one) => one.startsWith("a"))) await utimes(path.join(folder, name), old, old);
  await place.run("logout");
  expect(await readdir(folder)).toEqual(names.filter((one) => one.startsWith("b")).toSorted());
});

test.concurrent("a link in a cache file's place goes, and what it points to stays", async ({ enter }) => {
  const place = await enter("no-mfa");
  const target = path.join(place.home, "precious");
  await writePrivately(target, "{}");
  await mkdir(path.dirname(sessionFile(place)), { recursive: true });
  await symlink(target, sessionFile(place));
  await place.run("logout");
  expect([existsSync(target), await filesOf(place)]).toEqual([true, ["precious"]]);
});

test.concurrent("who signs in meanwhile gets an answer", async ({ enter }) => {
  const place = await enter("no-mfa", { latencyMs: 30 });
  const runs = Array.from({ length: 4 }, (_, index) => place.run(`authenticate --silent --role ${index % 2 === 0 ? DEVELOPER : READER}`));
  const outs = Array.from({ length: 3 }, () => place.run("logout --silent"));
  const ended = await Promise.all([...runs, ...outs]);
  expect(ended.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual(ended.map(() => [0, ""]));
});
