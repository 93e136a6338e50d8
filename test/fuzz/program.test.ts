import fc from "fast-check";
import { test } from "vitest";
import { programTarget } from "./program.ts";

const SEED = 8;

test.each([programTarget("here", 150), programTarget("in a process", 40)])(
  "$name answers whole or says why not, whatever a reply has become",
  async ({ property, cases }) => {
    await fc.assert(property, { numRuns: cases, seed: SEED });
  },
  // Nothing is measured here: on a busy machine each process takes seconds.
  400_000,
);
