import { describe, expect, test } from "vitest";
import { type ClockWatch, watchClock } from "../../src/http/far-clock.ts";
import type { Reply } from "../../src/http/send.ts";

const at = Date.parse("2030-01-01T00:00:00Z");
const seconds = (count: number): Date => new Date(at + count * 1000);

/** What is warned of where replies come that many seconds after the question, with these headers. */
async function warnings(headers: Readonly<Record<string, string>>, lasts = 0, times = 1): Promise<readonly string[]> {
  const said: string[] = [];
  let now = seconds(0);
  const watch: ClockWatch = { now: () => now, warn: (sentence) => said.push(sentence) };
  const send = watchClock(async (): Promise<Reply> => {
    now = new Date(now.getTime() + lasts * 1000);
    return { status: 200, headers: new Headers(headers), text: "" };
  }, watch);
  for (let i = 0; i < times; i++) await send({ method: "GET", url: new URL("https://acme.okta.com/x"), headers: {}, repeatable: true });
  return said;
}

const says = (skew: string) => [
  `this machine's clock is ${skew} acme.okta.com; set it, for codes and the end of credentials are judged by it`,
];

describe("a clock", () => {
  test.each([
    [-420, "7 minutes ahead of"],
    [-61, "a minute ahead of"],
    [61, "a minute behind"],
    [3000, "50 minutes behind"],
  ])("is wrong where the other's says %i seconds from now, which is told once", async (offset, skew) => {
    expect(await warnings({ date: seconds(offset).toUTCString() }, 0, 3)).toEqual(says(skew));
  });

  test.each([-60, 0, 60])("is right enough at %i seconds", async (offset) => {
    expect(await warnings({ date: seconds(offset).toUTCString() })).toEqual([]);
  });

  test("is not blamed for how long an answer took", async () => {
    expect(await warnings({ date: seconds(2).toUTCString() }, 300)).toEqual([]);
    expect(await warnings({ date: seconds(298).toUTCString() }, 300)).toEqual([]);
  });

  test.each([
    ["tells no time", {}],
    ["tells nonsense", { date: "soon" }],
    ["is out of a cache", { date: seconds(-900).toUTCString(), age: "900" }],
  ])("is not judged by a reply that %s", async (_, headers) => {
    expect(await warnings(headers)).toEqual([]);
  });
});
