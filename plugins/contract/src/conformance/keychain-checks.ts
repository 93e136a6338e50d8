import type { Keychain, KeychainEntry } from "../index.ts";
import { type Check, demand, demandFunction, show } from "./check.ts";
import { hostileTexts } from "./hostile.ts";
import { callingLong, watchedChecks } from "./watched.ts";

export interface KeychainExample {
  /** A service whose entries may be written and removed, in the keychain that the machine of the test has. */
  readonly service?: string;
}

/** What every keychain must hold; run them one after another. That it prints is found by the host alone: a reporter prints meanwhile, too. Without a service nothing is stored, and only its shape is looked at. */
export function keychainChecks(plugin: Keychain, { service }: KeychainExample = {}): readonly Check[] {
  const shape: Check = { title: "a keychain has get, set and delete", run: () => checkShape(plugin) };
  if (service === undefined) return watchedChecks("a keychain", [shape]);
  const keychain = watched(plugin);
  const check = (title: string, run: (keychain: Keychain, service: string) => Promise<void>): Check => ({
    title,
    run: () => run(keychain, service),
  });
  return watchedChecks("a keychain", [
    shape,
    check("a keychain has nothing that was not stored, and says so", checkAbsence),
    check("a keychain gives back what it was given, and the newest of it", checkContent),
    check("a keychain mixes up no two entries, whatever they are called", checkEntries),
    check("a keychain removes an entry once", checkRemoval),
  ]);
}

/** Whose function is told where it does not end. */
const watched = (plugin: Keychain): Keychain => ({
  get: (entry) => callingLong("get", () => plugin.get(entry)),
  set: (entry, secret) => callingLong("set", () => plugin.set(entry, secret)),
  delete: (entry) => callingLong("delete", () => plugin.delete(entry)),
});

function checkShape(keychain: Keychain): void {
  demandFunction(keychain.get, "a keychain's get");
  demandFunction(keychain.set, "a keychain's set");
  demandFunction(keychain.delete, "a keychain's delete");
}

async function checkAbsence(keychain: Keychain, service: string): Promise<void> {
  const entry = { service, account: "nobody" };
  await keychain.delete(entry);
  const found: unknown = await keychain.get(entry);
  demand(found === undefined, `get must give undefined where nothing is stored; it gave ${show(found)}`);
  const removed: unknown = await keychain.delete(entry);
  demand(removed === false, `delete must give false where nothing is stored; it gave ${show(removed)}`);
}

/** The key of the caches, and passwords: one line each. */
async function checkContent(keychain: Keychain, service: string): Promise<void> {
  const entry = { service, account: "jdoe" };
  for (const secret of ["0123456789abcdefghijklmnopqrstuvwxyzABCD/+=", ...linesOf(20)]) {
    await keychain.set(entry, secret);
    const found: unknown = await keychain.get(entry);
    demand(found === secret, `get must give what set was given last, ${show(secret)}; it gave ${show(found)}`);
  }
  await keychain.delete(entry);
}

async function checkEntries(keychain: Keychain, service: string): Promise<void> {
  const accounts = ["jdoe", "JDOE", "jdoe@example.com", "../jdoe", "a/b", "a\\b", ...linesOf(5).filter(({ length }) => length < 100)];
  const entries: readonly KeychainEntry[] = [
    ...accounts.map((account) => ({ service, account })),
    { service: `${service} https://acme.okta.com`, account: "jdoe" },
  ];
  const secretOf = (index: number) => `secret ${index}`;
  for (const [index, entry] of entries.entries()) await keychain.set(entry, secretOf(index));
  for (const [index, entry] of entries.entries()) {
    const found: unknown = await keychain.get(entry);
    demand(
      found === secretOf(index),
      `each entry has its own secret; that of ${show(entry)} was ${show(secretOf(index))}, and get gave ${show(found)}`,
    );
  }
  for (const entry of entries) await keychain.delete(entry);
}

async function checkRemoval(keychain: Keychain, service: string): Promise<void> {
  const entry = { service, account: "jdoe" };
  await keychain.set(entry, "secret");
  const first: unknown = await keychain.delete(entry);
  const left: unknown = await keychain.get(entry);
  const second: unknown = await keychain.delete(entry);
  demand(first === true, `delete must give true where it removed something; it gave ${show(first)}`);
  demand(left === undefined, `after delete there must be nothing; get gave ${show(left)}`);
  demand(second === false, `delete must give false where nothing is left; it gave ${show(second)}`);
}

/** Windows keeps no more than 2560 bytes. */
function linesOf(count: number): readonly string[] {
  return hostileTexts(count).filter((text) => text.trim() !== "" && text.length <= 500 && !/\p{Cc}/u.test(text));
}
