import fc from "fast-check";
import { expect, test } from "vitest";
import { allTargets } from "./all.ts";

/** The same cases each time, as far as the sandbox says the same; `npm run fuzz` has others. */
const SEED = 8;

const targets = await allTargets();

test("there are thousands of cases", () => {
  expect(targets.reduce((sum, { cases }) => sum + cases, 0)).toBeGreaterThan(20_000);
});

test.each(targets)("$name: whatever comes is read or refused, and whatever is written is read back", async ({ property, cases }) => {
  await fc.assert(property, { numRuns: cases, seed: SEED });
});
