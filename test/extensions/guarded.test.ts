import type { Factor, FactorHost, Format } from "@aws-okta-processor/contract";
import { describe, expect, test } from "vitest";
import { createGuard } from "../../src/extensions/guard.ts";
import { type Guarding, guardFactor, guardFormat, guardShell } from "../../src/extensions/guarded.ts";
import { failureOf } from "../support/failure.ts";
import { formatContext } from "../support/format-context.ts";

/** A clock that passes only where somebody sleeps, and then at once. */
function clock() {
  let now = 0;
  const slept: number[] = [];
  const guarding: Guarding = {
    packageName: "acme",
    call: createGuard("acme"),
    signal: new AbortController().signal,
    now: () => new Date(now),
    doze: async (ms) => {
      slept.push(ms);
      await new Promise((resolve) => setImmediate(resolve));
      now += ms;
    },
  };
  return { guarding, slept };
}

const enrolled = { key: "token:acme", factorType: "token", provider: "ACME", vendorName: undefined, profile: {} };
const listing = { applicationUrl: "", organization: "", user: "", accounts: [] };

function hostWith(given: Partial<FactorHost> = {}): FactorHost {
  const never = () => new Promise<never>(() => undefined);
  return {
    origin: "https://acme.okta.com",
    signal: new AbortController().signal,
    canAsk: () => true,
    ask: never,
    tell: () => undefined,
    progress: () => undefined,
    fetch: never,
    run: never,
    ...given,
  };
}

const answering = (respond: Factor["respond"], guarding = clock().guarding) =>
  guardFactor({ describe: () => "", respond }, guarding).respond({ kind: "required" }, hostWith(), enrolled);

const silent = {
  name: "BugError",
  code: "PLUGIN_FAILED",
  message: "acme neither answered nor asked for anything within a minute",
  hint: "report it to its authors, or run: aws-okta-processor plugins uninstall acme",
};

describe("a factor", () => {
  test("answers as it would without its guard", async () => {
    expect(await answering(async () => ({ do: "begin" }))).toEqual({ do: "begin" });
    expect(guardFactor({ describe: ({ key }) => key, respond: async () => ({ do: "begin" }) }, clock().guarding).describe(enrolled)).toBe(
      "token:acme",
    );
  });

  test("that does not answer is taken for dead after a minute", async () => {
    const { guarding, slept } = clock();
    expect(await failureOf(() => answering(() => new Promise(() => undefined), guarding))).toEqual(silent);
    expect(slept).toEqual([60_000]);
  });

  test("that says until when it waits has time until then", async () => {
    const { guarding, slept } = clock();
    const wait: Factor["respond"] = (_, host) => {
      host.progress("touch", new Date(150_000));
      return new Promise(() => undefined);
    };
    expect(await failureOf(() => answering(wait, guarding))).toEqual(silent);
    expect(slept.reduce((sum, ms) => sum + ms)).toBe(150_000);
  });

  test("for which the host works has time as long as that lasts, and a minute after", async () => {
    const { guarding, slept } = clock();
    const ask = async () => {
      while (slept.length < 5) await new Promise((resolve) => setImmediate(resolve));
      return "1";
    };
    const respond: Factor["respond"] = async (_, host) => {
      await host.ask({ purpose: "code", message: "", secret: false });
      return new Promise(() => undefined);
    };
    const guarded = guardFactor({ describe: () => "", respond }, guarding);
    expect(await failureOf(() => guarded.respond({ kind: "required" }, hostWith({ ask }), enrolled))).toEqual(silent);
    expect(slept.length).toBeGreaterThanOrEqual(5);
  });
});

describe("a format", () => {
  test("has the methods that it has, with what they belong to", () => {
    class Wiki {
      readonly mark = "*";
      *roles() {
        yield this.mark;
      }
      check() {
        return this.mark;
      }
    }
    const guarded = guardFormat(new Wiki(), clock().guarding);
    expect(Object.keys(guarded).toSorted()).toEqual(["check", "roles"]);
    expect([[...(guarded.roles?.(listing, formatContext()) ?? [])], guarded.check?.(formatContext())]).toEqual([["*"], "*"]);
  });

  test("without end is ended before it fills the memory", () => {
    const endless: Format = {
      *roles() {
        for (;;) yield "";
      },
    };
    expect(() => guardFormat(endless, clock().guarding).roles?.(listing, formatContext())).toThrow("it gives pieces without end");
  });
});

test("a shell renders as it would without its guard", () => {
  const shell = guardShell(
    { render: (variables) => JSON.stringify(variables), unset: (names) => names.join(), evaluate: "…" },
    clock().guarding,
  );
  expect([shell.render({ A: "1" }), shell.unset(["A", "B"]), shell.evaluate]).toEqual(['{"A":"1"}', "A,B", "…"]);
});
