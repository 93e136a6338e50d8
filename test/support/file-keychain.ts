import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { installPlugins, type LinkedPlugin } from "./linked-plugin.ts";
import type { Place } from "./sandbox-home.ts";

/**
 * A stranger's keychain plugin, for real but for its safety: each secret is a file of its own in `~/keychain`. `TEST_KEYCHAIN` makes it one
 * that is locked, full, forgetful, odd, loud, silent or without leave to remove, and each time that it is asked for anything is a line in `~/keychain.log`.
 */
const MODULE = `
const { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const path = require("node:path");
const home = process.env.HOME;
const mood = process.env.TEST_KEYCHAIN;
const fileOf = ({ service, account }) => path.join(home, "keychain", encodeURIComponent(service + "|" + account));
const begin = async (what, { service, account }) => {
  appendFileSync(path.join(home, "keychain.log"), what + " " + service + " | " + account + "\\n");
  if (mood === "locked") throw new Error("it is locked");
  if (mood === "loud") process.stdout.write("{}");
  if (mood === "silent") await new Promise(() => setInterval(() => undefined, 1000));
};
exports.keychain = {
  get: async (entry) => {
    await begin("get", entry);
    if (mood === "odd") return 4711;
    return existsSync(fileOf(entry)) ? readFileSync(fileOf(entry), "utf8") : undefined;
  },
  set: async (entry, secret) => {
    await begin("set", entry);
    if (mood === "full") throw new Error("no room for " + secret + "\\nsecond line");
    if (mood === "forgetful") return;
    mkdirSync(path.join(home, "keychain"), { recursive: true, mode: 0o700 });
    writeFileSync(fileOf(entry) + "." + process.pid, secret, { mode: 0o600 });
    renameSync(fileOf(entry) + "." + process.pid, fileOf(entry));
  },
  delete: async (entry) => {
    await begin("delete", entry);
    if (mood === "keeps") throw new Error("it may not be changed");
    const was = existsSync(fileOf(entry));
    rmSync(fileOf(entry), { force: true });
    return was;
  },
};
`;

const FILE_KEYCHAIN: LinkedPlugin = { name: "acme-keychain", block: { keychains: { keychain: "./module.cjs" } }, module: MODULE };

export const installKeychain = (place: Pick<Place, "home">): Promise<void> => installPlugins(place, FILE_KEYCHAIN);

/** What is in it: each entry as `SERVICE|ACCOUNT`, with its secret. */
export function keychainOf({ home }: Pick<Place, "home">): Readonly<Record<string, string>> {
  const folder = path.join(home, "keychain");
  mkdirSync(folder, { recursive: true });
  return Object.fromEntries(readdirSync(folder).map((name) => [decodeURIComponent(name), readFileSync(path.join(folder, name), "utf8")]));
}

export function putIntoKeychain({ home }: Pick<Place, "home">, entry: string, secret: string): void {
  mkdirSync(path.join(home, "keychain"), { recursive: true });
  writeFileSync(path.join(home, "keychain", encodeURIComponent(entry)), secret);
}

/** What it was asked for, in order. */
export function askedOfKeychain({ home }: Pick<Place, "home">): readonly string[] {
  try {
    return readFileSync(path.join(home, "keychain.log"), "utf8").trim().split("\n");
  } catch {
    return [];
  }
}
