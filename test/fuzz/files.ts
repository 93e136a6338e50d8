/** Readers of files that somebody else may have written, each given a real file. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { mergeProfiles } from "../../src/aws/merge-profiles.ts";
import {
  credentialFiles,
  formatCredentials,
  type KeptCredentials,
  readCredentials,
  type WantedCredentials,
} from "../../src/cache/credentials.ts";
import { readDevice } from "../../src/cache/device.ts";
import { outcomeFile, readOutcome } from "../../src/cache/outcome.ts";
import { formatSession, readSession } from "../../src/cache/session.ts";
import { readInstalled } from "../../src/extensions/installed.ts";
import { createRegistry } from "../../src/extensions/registry.ts";
import { judge } from "../../src/files/holder.ts";
import { formatExtensions, listExtensions } from "../../src/flows/list-extensions.ts";
import { parseDotfile } from "../../src/options/dotfile.ts";
import { parseOrganization } from "../../src/options/organization.ts";
import { resolveOptions } from "../../src/options/resolve.ts";
import { changed, hostileText } from "./hostile.ts";
import { assertShown, readOrRefuse, type Target, targetOf } from "./target.ts";

const WANTED: WantedCredentials = {
  ...{ organization: "acme.okta.com", user: "jdoe", key: null, application: null, role: null },
  ...{ secondaryRole: null, accountAlias: null, partition: null, durationSeconds: 3600, encrypted: false },
};
const FUTURE = "2099-01-01T00:00:00Z";
const NOW = new Date("2030-01-01T00:00:00Z");
const KEPT: KeptCredentials = {
  credentials: { accessKeyId: "ASIA", secretAccessKey: "s", sessionToken: "t", expiration: FUTURE },
  assumedRole: { id: "AROA:jdoe", arn: "arn:aws:sts::111122223333:assumed-role/Developer/jdoe" },
  application: "https://acme.okta.com/home/amazon_aws/0oa1/272",
};
const CREDENTIALS = formatCredentials(KEPT, WANTED);
const OWNER = { user: "jdoe", organization: "acme.okta.com" };
const SESSION = formatSession({ id: "102abc", userId: "00u1", expiresAt: FUTURE, status: "ACTIVE", amr: ["pwd"] }, OWNER);
const DEVICE = JSON.stringify({ device_token: "dt", factor: { key: "push:okta", id: "opf1" } });
const HOLDER = "123,456,host,9f%20pid%3A%5B1%5D";
const OUTCOME = JSON.stringify({ holder: HOLDER, at: "1", class: "RefusedError", code: "OKTA_REFUSED", message: "no", hint: "do" });
const DOTFILE = `# ours\n[defaults]\nuser = jdoe\norganization: acme.okta.com\nduration = 1h\n  2\n[authenticate]\nrole=Developer\nsilent = yes\n`;
const CONFIG = `[default]\nregion = eu-west-1\ns3 =\n  max = 1\n# a\n[profile x]\ncredential_process = aws-okta-processor authenticate --organization="a" --user="b" --application="c" --role="r" --key="k-r"\n`;
const LIST = JSON.stringify({
  oclif: {
    plugins: [
      { name: "@a/b", type: "user", tag: "latest" },
      { name: "c", type: "link", root: "/nowhere" },
    ],
  },
});
const PACKAGE = JSON.stringify({
  name: "@a/b",
  version: "1.0.0",
  awsOktaProcessor: {
    contract: 1,
    factors: { "push:a": "./a.js" },
    formats: { f: "./f.js" },
    shells: { s: "./s.js" },
    prints: { f: ["roles"] },
  },
});

/** A folder of this process, in which each case writes its own. */
let folder: string | undefined;

function place(...names: readonly string[]): string {
  if (folder === undefined) {
    folder = mkdtempSync(path.join(tmpdir(), "aop-fuzz-"));
    const made = folder;
    process.once("exit", () => rmSync(made, { recursive: true, force: true }));
  }
  return path.join(folder, ...names);
}

function write(file: string, content: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

export function fileTargets(): readonly Target[] {
  const kept = (name: string, text: string, read: (content: string) => unknown) =>
    targetOf(
      name,
      800,
      fc.asyncProperty(changed([text]), async (content) => void (await read(content))),
    );
  return [
    kept("kept credentials", CREDENTIALS, readKeptCredentials),
    kept("kept sessions", SESSION, (content) => {
      const session = readSession(write(place("session.json"), content), NOW);
      if (session === undefined) return;
      assert.match(session.id.reveal(), /^[!-~]+$/);
      formatSession(session.fields, OWNER);
    }),
    kept("kept devices", DEVICE, (content) => {
      const { deviceToken } = readDevice(write(place("device.json"), content));
      assert.match(deviceToken?.reveal() ?? "x", /^[!-~]+$/);
    }),
    kept("kept outcomes", OUTCOME, (content) => {
      const file = place("outcome");
      write(outcomeFile(file), content);
      readOutcome(file);
    }),
    kept("holders of locks", HOLDER, async (content) => {
      await judge(content, HOLDER, "linux");
    }),
    kept("dotfiles", DOTFILE, readDotfile),
    kept("AWS config files", CONFIG, readConfig),
    targetOf("plugins' package.json", 200, fc.asyncProperty(changed([LIST]), changed([PACKAGE]), readPackages)),
    targetOf(
      "organizations",
      2000,
      fc.asyncProperty(fc.oneof(hostileText, changed(["https://acme.okta.com/", "localhost:8443"])), readOrganization),
    ),
  ];
}

function readKeptCredentials(content: string): void {
  const files = credentialFiles(place("home"), WANTED);
  write(files.own, content);
  const read = readCredentials(place("home"), WANTED, NOW);
  if (read === undefined) return;
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = read.credentials;
  for (const text of [accessKeyId, secretAccessKey, sessionToken]) assert.equal(typeof text, "string");
  assert.match(expiration, /^[+-]?\d+-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
}

async function readDotfile(content: string): Promise<void> {
  const sections = await readOrRefuse(() => parseDotfile(content, "f"));
  const cwd = path.dirname(write(place("work", ".awsoktaprocessor"), content));
  const options = await readOrRefuse(() => resolveOptions("authenticate", {}, { env: {}, cwd, home: place("none"), platform: "linux" }));
  if (options !== undefined) assert.notEqual(sections, undefined);
}

/** What is merged in once is there and is not merged in again, and what was there stays. */
async function readConfig(content: string): Promise<void> {
  const rules = { file: "config", prune: false, inConfig: true, listed: new Set<string>() };
  const command = `aws-okta-processor authenticate --organization="o" --user="u" --application="a" --role="r" --key="k-r"`;
  const profile = { section: "profile new", settings: { credential_process: command, region: "eu-west-1" } };
  const once = await readOrRefuse(() => mergeProfiles(content, [profile], rules));
  if (once === undefined) return;
  assert(once.text.startsWith(content));
  const twice = mergeProfiles(once.text, [profile], rules);
  assert.equal(twice.text, once.text);
}

async function readPackages(list: string, json: string): Promise<void> {
  const root = place("data");
  write(path.join(root, "package.json"), list);
  write(path.join(root, "node_modules", "@a/b", "package.json"), json);
  const packages = readInstalled(root).map((one) => ({ ...one, own: false }));
  const registry = createRegistry(packages);
  for (const line of formatExtensions(listExtensions(registry, packages)).split("\n")) assertShown(line);
}

async function readOrganization(raw: string): Promise<void> {
  const organization = parseOrganization(raw);
  if (typeof organization === "string") return;
  const { protocol, hostname, pathname } = new URL(organization.origin);
  assert(protocol === "https:" || (protocol === "http:" && /^(?:127\.|localhost$|\[::1\]$|.*\.localhost$)/.test(hostname)));
  assert.equal(pathname, "/");
}
