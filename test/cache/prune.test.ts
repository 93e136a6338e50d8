import { existsSync, lstatSync, lutimesSync, readdirSync, symlinkSync, utimesSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { pruneKept } from "../../src/cache/prune.ts";
import { useFolder } from "../support/folder.ts";

const NOW = new Date("2030-01-10T00:00:00Z");
const TWO_DAYS_AGO = new Date("2030-01-08T00:00:00Z");
const AN_HOUR_AGO = new Date("2030-01-09T23:00:00Z");
const OWN = ".aws-okta-processor/cache/credentials";
const SESSIONS = ".aws-okta-processor/cache";
const SHARED = ".aws/boto/cache";
const MARK = { "aws-okta-processor": {} };

const nameOf = (number: number) => `${number.toString(16).padStart(40, "0")}.json`;
const credentials = (expiration: string, mark: object = MARK) => JSON.stringify({ Credentials: { Expiration: expiration }, ...mark });
const session = (expiresAt: string, mark: object = MARK) => JSON.stringify({ expiresAt, ...mark });
const never = new AbortController().signal;

/** A home with files that were written when they say. */
function useHome(files: Readonly<Record<string, readonly [content: string, at: Date]>>) {
  const home = useFolder();
  for (const [name, [content, at]] of Object.entries(files)) utimesSync(home.write(name, content), at, at);
  const left = () => Object.keys(files).filter((name) => existsSync(path.join(home.path, name)));
  return { home, left };
}

const ended = "2030-01-08T01:00:00Z";
const fresh = "2030-01-10T01:00:00Z";

test("what is of no use for a day goes, if it is ours", async () => {
  const files = {
    [`${OWN}/${nameOf(1)}`]: [credentials(ended), TWO_DAYS_AGO],
    [`${OWN}/${nameOf(2)}`]: ["torn", TWO_DAYS_AGO],
    [`${OWN}/${nameOf(3)}.new-aws-okta-processor`]: ["half", TWO_DAYS_AGO],
    [`${OWN}/${nameOf(4)}.outcome`]: ["{}", TWO_DAYS_AGO],
    [`${SESSIONS}/jdoe-acme.okta.com-session.json`]: [session(ended), TWO_DAYS_AGO],
    [`${SHARED}/${nameOf(5)}`]: [credentials(ended), TWO_DAYS_AGO],
    [`${SHARED}/${nameOf(6)}.2.new-aws-okta-processor`]: ["half", TWO_DAYS_AGO],
  } as const;
  const { home, left } = useHome(files);
  expect(left()).toHaveLength(7);
  expect(await pruneKept(home.path, NOW, never)).toEqual([]);
  expect([left(), [OWN, SHARED].map((folder) => readdirSync(path.join(home.path, folder)))]).toEqual([[], [[], []]]);
});

test("what is encrypted goes by the end that it tells beside that, and not by the one that only says it is no session", async () => {
  const sealed = (ends: string) => session("1970-01-01T00:00:00Z", { "aws-okta-processor": { version: 1, ends, sealed: "AAAA" } });
  const files = {
    [`${OWN}/${nameOf(1)}`]: [sealed(ended), TWO_DAYS_AGO],
    [`${OWN}/${nameOf(2)}`]: [sealed(fresh), TWO_DAYS_AGO],
    [`${SESSIONS}/jdoe-acme.okta.com-session.json`]: [sealed(ended), TWO_DAYS_AGO],
    [`${SESSIONS}/jane-acme.okta.com-session.json`]: [sealed(fresh), TWO_DAYS_AGO],
  } as const;
  const { home, left } = useHome(files);
  await pruneKept(home.path, NOW, never);
  expect(left()).toEqual([`${OWN}/${nameOf(2)}`, `${SESSIONS}/jane-acme.okta.com-session.json`]);
});

test("what is of use, young, botocore's or of an unknown name stays", async () => {
  const files = {
    [`${OWN}/${nameOf(1)}`]: [credentials(fresh), TWO_DAYS_AGO],
    [`${OWN}/${nameOf(2)}`]: ["torn", AN_HOUR_AGO],
    [`${OWN}/${nameOf(3)}.new-aws-okta-processor`]: ["half", AN_HOUR_AGO],
    [`${OWN}/${nameOf(4)}`]: [credentials("2030-01-09T01:00:00Z"), TWO_DAYS_AGO],
    [`${OWN}/${nameOf(5)}`]: [credentials("no instant"), TWO_DAYS_AGO],
    [`${OWN}/notes.json`]: [credentials(ended), TWO_DAYS_AGO],
    [`${SESSIONS}/jdoe-acme.okta.com-session.json`]: [session(fresh), TWO_DAYS_AGO],
    [`${SESSIONS}/jane-acme.okta.com-session.json`]: [session(ended, {}), TWO_DAYS_AGO],
    [`${SESSIONS}/jdoe-acme.okta.com-device.json`]: ["{}", TWO_DAYS_AGO],
    [`${SESSIONS}/john-acme.okta.com-session.json`]: ["sealed", TWO_DAYS_AGO],
    [`${SESSIONS}/plugins.json`]: ["{}", TWO_DAYS_AGO],
    [`${SHARED}/${nameOf(6)}`]: [credentials(ended, {}), TWO_DAYS_AGO],
    [`${SHARED}/${nameOf(7)}`]: ["torn", TWO_DAYS_AGO],
    [`${SHARED}/${nameOf(8)}.lock`]: ["", TWO_DAYS_AGO],
    [`${SHARED}/session.json`]: [session(ended), TWO_DAYS_AGO],
  } as const;
  const { home, left } = useHome(files);
  expect(await pruneKept(home.path, NOW, never)).toEqual([]);
  expect(left()).toEqual(Object.keys(files));
});

test("locks of yesterday are named, and left to those who know whether their holders live", async () => {
  const { home } = useHome({});
  const file = home.write(`${OWN}/${nameOf(1)}`, credentials(fresh));
  for (const [name, at] of [
    [`${file}.lock`, TWO_DAYS_AGO],
    [`${home.path}/${OWN}/${nameOf(2)}.lock`, AN_HOUR_AGO],
  ] as const) {
    symlinkSync("somebody", name);
    lutimesSync(name, at, at);
  }
  expect(await pruneKept(home.path, NOW, never)).toEqual([file]);
  expect(lstatSync(`${file}.lock`).isSymbolicLink()).toBe(true);
});

test("of a thousand all go, unless it is ended before", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 1000 }, (_, number) => [`${OWN}/${nameOf(number)}`, [credentials(ended), TWO_DAYS_AGO]] as const),
  );
  const { home, left } = useHome(files);
  await pruneKept(home.path, NOW, AbortSignal.abort());
  expect(left()).toHaveLength(1000);
  await pruneKept(home.path, NOW, never);
  expect(left()).toEqual([]);
});

test("where there is nothing, nothing is made", async () => {
  const { home } = useHome({});
  await pruneKept(home.path, NOW, never);
  expect(readdirSync(home.path)).toEqual([]);
});
