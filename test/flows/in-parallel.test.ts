import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { inParallel } from "../../src/flows/in-parallel.ts";

const sorted = (items: readonly number[]) => items.toSorted((one, other) => one - other);
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

test("results are in the order of the items, whichever is done first", async () => {
  const results = await inParallel([30, 1, 20, 5], 4, async (ms) => {
    await sleep(ms);
    return `after ${ms}`;
  });
  expect(results).toEqual(["after 30", "after 1", "after 20", "after 5"]);
});

test("as many are under way at one time as were allowed, and no more", async () => {
  let running = 0;
  const seen: number[] = [];
  await inParallel(numbers(10), 3, async () => {
    seen.push(++running);
    await sleep(2);
    running--;
  });
  expect([Math.max(...seen), seen.length]).toEqual([3, 10]);
});

test("one that is slow holds none back but its own place", async () => {
  const done: number[] = [];
  await inParallel(numbers(6), 2, async (item) => {
    await sleep(item === 0 ? 50 : 1);
    done.push(item);
  });
  expect(done).toEqual([1, 2, 3, 4, 5, 0]);
});

test("the first failure ends it: nothing is begun any more", async () => {
  const begun: number[] = [];
  const work = inParallel(numbers(10), 2, async (item) => {
    begun.push(item);
    await sleep(item === 1 ? 1 : 10);
    if (item === 1) throw new Error("one failed");
    return item;
  });
  await expect(work).rejects.toThrow("one failed");
  await sleep(30);
  expect(begun).toEqual([0, 1]);
});

test("a second failure beside the first harms nobody", async () => {
  const work = inParallel(numbers(2), 2, async (item) => {
    await sleep(item * 5);
    throw new Error(`failure ${item}`);
  });
  await expect(work).rejects.toThrow("failure 0");
  await sleep(10);
});

test("nothing to do is done", async () => {
  expect(await inParallel([], 4, () => Promise.reject(new Error("never asked")))).toEqual([]);
});

test("every item is done once, however many at one time", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat()), fc.integer({ min: 1, max: 9 }), async (items, atOnce) => {
      const done: number[] = [];
      const results = await inParallel(items, atOnce, async (item) => {
        await Promise.resolve();
        done.push(item);
        return item;
      });
      expect([results, sorted(done)]).toEqual([items, sorted(items)]);
    }),
  );
});
