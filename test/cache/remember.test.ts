import { expect, test } from "vitest";
import { remember } from "../../src/cache/remember.ts";

/** A step that counts how often it is taken, and a shelf that may hold something. */
function setUp(kept: string | undefined) {
  const log: string[] = [];
  const step = async (a: string, b: number) => {
    log.push(`step ${a} ${b}`);
    return "new";
  };
  const shelf = {
    read: (a: string, b: number) => {
      log.push(`read ${a} ${b}`);
      return kept;
    },
    write: async (result: string, a: string, b: number) => {
      log.push(`write ${result} ${a} ${b}`);
    },
    alone: (work: () => Promise<string>, a: string, b: number) => {
      log.push(`alone ${a} ${b}`);
      return work();
    },
  };
  return { log, remembered: remember(step, shelf) };
}

test("what is kept answers, and the step is not taken", async () => {
  const { log, remembered } = setUp("kept");
  expect([await remembered("a", 1), log]).toEqual(["kept", ["read a 1"]]);
});

test("what is not kept is fetched alone, and kept before others have their turn", async () => {
  const { log, remembered } = setUp(undefined);
  expect([await remembered("a", 1), log]).toEqual(["new", ["read a 1", "alone a 1", "step a 1", "write new a 1"]]);
});

test("a step that fails keeps nothing", async () => {
  const written: string[] = [];
  const shelf = {
    read: () => undefined,
    write: async (result: string) => void written.push(result),
    alone: (work: () => Promise<string>) => work(),
  };
  const remembered = remember(() => Promise.reject<string>(new Error("no")), shelf);
  await expect(remembered()).rejects.toThrow("no");
  expect(written).toEqual([]);
});
