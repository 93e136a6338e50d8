import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import type { Keychain, KeychainEntry } from "@aws-okta-processor/contract";

/**
 * A file for each secret, as an example: put what really guards them in its place, for a file is read by whoever reads your home. Where it
 * cannot be used, reject with an Error whose message says why in one line; never say then that an entry is absent.
 */
export const keychain: Keychain = {
  get: async (entry) => readFile(fileOf(entry), "utf8").catch(ifAbsent(undefined)),
  set: async (entry, secret) => {
    await mkdir(FOLDER, { recursive: true, mode: 0o700 });
    const unfinished = `${fileOf(entry)}.${process.pid}`;
    await writeFile(unfinished, secret, { mode: 0o600 });
    await rename(unfinished, fileOf(entry));
  },
  delete: async (entry) => rm(fileOf(entry)).then(() => true, ifAbsent(false)),
};

const FOLDER = path.join(homedir(), ".{{name}}-keychain");

/** Service and account are any text. */
function fileOf({ service, account }: KeychainEntry): string {
  return path.join(
    FOLDER,
    createHash("sha256")
      .update(JSON.stringify([service, account]))
      .digest("hex"),
  );
}

function ifAbsent<T>(absent: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return absent;
    throw error;
  };
}
