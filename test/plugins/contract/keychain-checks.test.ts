import type { Keychain, KeychainEntry } from "@aws-okta-processor/contract";
import { keychainChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { failuresOf, onlyFailureOf } from "./failures.ts";

const titles = {
  shape: "a keychain has get, set and delete",
  absence: "a keychain has nothing that was not stored, and says so",
  content: "a keychain gives back what it was given, and the newest of it",
  entries: "a keychain mixes up no two entries, whatever they are called",
  removal: "a keychain removes an entry once",
};

const SERVICE = { service: "a test" };

/** In memory. @param nameOf by what an entry is found */
function keychainBy(nameOf: (entry: KeychainEntry) => string, change: Partial<Keychain> = {}): Keychain {
  const kept = new Map<string, string>();
  return {
    get: async (entry) => kept.get(nameOf(entry)),
    set: async (entry, secret) => void kept.set(nameOf(entry), secret),
    delete: async (entry) => kept.delete(nameOf(entry)),
    ...change,
  };
}

const exact = ({ service, account }: KeychainEntry) => JSON.stringify([service, account]);

test("a keychain that keeps what it is given passes", async () => {
  const checks = keychainChecks(keychainBy(exact), SERVICE);
  expect(checks.map(({ title }) => title)).toEqual(Object.values(titles));
  expect(await failuresOf(checks)).toEqual({});
});

test("without a service nothing is stored", async () => {
  const never = () => Promise.reject(new Error("it was asked"));
  const checks = keychainChecks({ get: never, set: never, delete: never });
  expect(checks.map(({ title }) => title)).toEqual([titles.shape]);
  expect(await failuresOf(checks)).toEqual({});
});

test("one that has no delete is found out", async () => {
  const { [titles.shape]: lesson } = await failuresOf(keychainChecks({ ...keychainBy(exact), delete: undefined } as never));
  expect(lesson).toBe("a keychain's delete must be a function; it is undefined");
});

test("one that gives null for nothing is found out", async () => {
  const kept = keychainBy(exact);
  const nothing = { ...kept, get: async (entry: KeychainEntry) => (await kept.get(entry)) ?? null } as never;
  const { [titles.absence]: lesson } = await failuresOf(keychainChecks(nothing, SERVICE));
  expect(lesson).toBe("get must give undefined where nothing is stored; it gave null");
});

test.each([
  ["the account alone", ({ account }: KeychainEntry) => account],
  ["lower case", (entry: KeychainEntry) => exact(entry).toLowerCase()],
  ["file names", ({ service, account }: KeychainEntry) => `${service}/${account.replaceAll(/\W/g, "_")}`],
])("one that finds entries by %s is found out", async (_, nameOf) => {
  const lesson = await onlyFailureOf(keychainChecks(keychainBy(nameOf), SERVICE), titles.entries);
  expect(lesson).toMatch(/^each entry has its own secret; that of .* was "secret \d+", and get gave "secret \d+"$/);
});

test("one that spoils a secret is found out", async () => {
  const kept = keychainBy(exact);
  const trimming: Keychain = { ...kept, set: (entry, secret) => kept.set(entry, secret.trim()) };
  const lesson = await onlyFailureOf(keychainChecks(trimming, SERVICE), titles.content);
  expect(lesson).toBe('get must give what set was given last, " starts and ends with a space "; it gave "starts and ends with a space"');
});

test("one that removes nothing is found out", async () => {
  const lazy = keychainBy(exact, { delete: async () => true });
  expect(Object.keys(await failuresOf(keychainChecks(lazy, SERVICE)))).toEqual([titles.absence, titles.removal]);
});

test("one that does not answer is found out, by what was asked", async () => {
  const loops = keychainBy(exact, {
    get: () => {
      for (;;);
    },
  });
  const lesson = (await failuresOf(keychainChecks(loops, SERVICE)))[titles.absence];
  expect(lesson).toMatch(/get/);
}, 60_000);
