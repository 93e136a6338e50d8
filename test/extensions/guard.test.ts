import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { whoIsAtWork } from "../../src/at-work.ts";
import { createGuard } from "../../src/extensions/guard.ts";
import { failureOf } from "../support/failure.ts";

const call = createGuard("acme");

const failed = (how: string) => ({
  name: "BugError",
  code: "PLUGIN_FAILED",
  message: `acme ${how}`,
  hint: "report it to its authors, or run: aws-okta-processor plugins uninstall acme",
});

test("what the code returns, or throws, comes back as it is", async () => {
  const thrown = new TypeError("x");
  const value = {};
  const fail = () => {
    throw thrown;
  };
  expect(call(() => value)).toBe(value);
  expect(await call(async () => value)).toBe(value);
  expect(() => call(fail)).toThrow(thrown);
  await expect(call(async () => fail())).rejects.toBe(thrown);
});

test("code without end is ended, and named", async () => {
  const started = performance.now();
  const endless = () => {
    for (;;);
  };
  expect(await failureOf(() => call(endless, 100))).toEqual(failed("did not come to an end"));
  expect(performance.now() - started).toBeLessThan(2000);
});

test("an expression that backtracks for ever is ended, too", async () => {
  expect(await failureOf(() => call(() => /^(a+)+$/.test(`${"a".repeat(40)}b`), 100))).toEqual(failed("did not come to an end"));
});

describe("whose code runs is known", () => {
  test("while it runs, and to whatever it began", async () => {
    const seen: (string | undefined)[] = [];
    const look = () => seen.push(whoIsAtWork()?.packageName);
    await call(async () => {
      look();
      await setTimeout(1);
      look();
      await new Promise<void>((resolve) => globalThis.setTimeout(() => resolve(void look()), 1));
    });
    look();
    expect(seen).toEqual(["acme", "acme", "acme", undefined]);
  });

  test("and what it did that is the host's alone to do is told, even by a promise that is kept", async () => {
    const offend = () => {
      const shift = whoIsAtWork();
      if (shift !== undefined) shift.offence = "wrote";
    };
    expect(await failureOf(() => createGuard("acme")(offend))).toEqual(failed("wrote"));
    expect(await failureOf(() => createGuard("acme")(async () => offend()))).toEqual(failed("wrote"));
  });
});
