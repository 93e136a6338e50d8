/** Every factor whose answer is typed, in every way that it can go. Pushes, security keys and Duo have tests of their own. */
import type { Scenario } from "@aws-okta-processor/sandbox";
import { describe, expect, test } from "vitest";
import { CancelledError } from "../../src/errors.ts";
import { failureOf } from "../support/failure.ts";
import type { Answer } from "../support/person.ts";
import { withFactors } from "../support/scenario.ts";
import { sentFactors, type TypedFactor, typedFactors } from "../support/typed-factors.ts";
import { type Place, usePlace, visit } from "../support/visit.ts";

const VERIFY = "POST /api/v1/authn/factors/*/verify";
const role = "arn:aws:iam::111122223333:role/Developer";

/** One sign-in, with these answers at the terminal. */
function come(place: Place, answers: readonly Answer[]) {
  const here = visit(place, { flags: { role, "no-okta-cache": true, "no-aws-cache": true }, answers });
  const told = () => here.said.filter((line) => line.startsWith("announce: ")).map((line) => line.slice("announce: ".length));
  return { ...here, told };
}

const play = ({ factor }: TypedFactor, change: Partial<Scenario> = {}): Promise<Place> =>
  usePlace({ ...withFactors("default", factor), ...change });
const cancelled = (): string => {
  throw new CancelledError();
};

describe.each(typedFactors.map((row) => [row.key, row] as const))("%s", (_, row) => {
  test("right: signs in", async () => {
    const here = come(await play(row), [row.right]);
    expect((await here.authenticate()).assumedRole?.arn).toContain("/Developer/");
    expect(here.said.some((line) => line.includes(row.question))).toBe(true);
    expect(here.told()).toEqual([]);
  });

  test("wrong: is asked for again on the same transaction", async () => {
    const place = await play(row);
    const here = come(place, [row.wrong, row.right]);
    await here.authenticate();
    expect(here.told()).toEqual([row.told.wrong]);
    expect([place.sandbox.count("POST /api/v1/authn"), place.sandbox.count("POST /api/v1/authn/cancel")]).toEqual([1, 0]);
  });

  test("wrong three times: ends before Okta locks the account", async () => {
    const place = await play(row);
    const here = come(place, [row.wrong, row.wrong, row.wrong]);
    expect(await failureOf(here.authenticate)).toMatchObject({ code: "FACTOR_REFUSED", hint: "more attempts would lock the account" });
    expect(place.sandbox.count("POST /api/v1/authn/cancel")).toBe(1);
  });

  test("expired: the transaction that died meanwhile is told as that", async () => {
    const place = await play(row);
    const late = () => {
      place.sandbox.advance(301_000);
      return typeof row.right === "string" ? row.right : row.right();
    };
    expect(await failureOf(come(place, [late]).authenticate)).toMatchObject({ code: "SIGN_IN_EXPIRED", hint: "run the command again" });
  });

  test("locked: stops at once", async () => {
    const place = await play(row, { lockout: { wrongCodes: 1 } });
    const here = come(place, [row.wrong]);
    expect(await failureOf(here.authenticate)).toMatchObject({ code: "LOCKED_OUT" });
    expect(here.told()).toEqual([]);
  });

  test("cancelled: the transaction is ended at Okta", async () => {
    const place = await play(row);
    expect(await failureOf(come(place, [cancelled]).authenticate)).toMatchObject({ code: "CANCELLED" });
    expect(place.sandbox.calls.at(-1)).toMatchObject({ path: "/api/v1/authn/cancel", status: 200 });
  });

  test("rate-limited: is told, and the code is not sent again", async () => {
    const sends = row.factor.factorType === "sms" || row.factor.factorType === "call" || row.factor.factorType === "email";
    const body = '{"errorCode":"E0000047","errorSummary":"too many"}';
    const place = await play(row, { faults: [{ on: VERIFY, status: 429, after: sends ? 1 : 0, rateLimitResetSeconds: 1, body }] });
    expect(await failureOf(come(place, [row.right]).authenticate)).toMatchObject({ name: "RemoteError", code: "RATE_LIMITED" });
    expect(place.sandbox.count(VERIFY)).toBe(sends ? 2 : 1);
  });
});

describe.each(typedFactors.flatMap((row) => (row.told.used === undefined ? [] : [[row.key, row] as const])))("%s", (_, row) => {
  test("replay: says so, and another is asked for", async () => {
    const place = await play(row);
    const used = typeof row.right === "string" ? row.right : row.right();
    await come(place, [used]).authenticate();
    const here = come(place, [used, row.other]);
    await here.authenticate();
    expect(here.told()).toEqual([expect.stringContaining(row.told.used ?? "")]);
  });

  test("out of its time: says so, and another is asked for", async () => {
    const here = come(await play(row), [row.late ?? "", row.right]);
    await here.authenticate();
    expect(here.told()).toEqual([expect.stringContaining(row.told.late ?? "")]);
  });
});

describe.each(sentFactors.map((row) => [row.key, row] as const))("%s", (_, row) => {
  test("sends once, and once more when asked to", async () => {
    const place = await play(row);
    const wait = () => {
      place.sandbox.advance(31_000);
      return "";
    };
    const again = /choose: No code\?: Type the code, ([^,]+), Choose another factor/;
    const here = come(place, [wait, () => again.exec(here.said.at(-1) ?? "")?.[1] ?? "", row.right]);
    await here.authenticate();
    expect([place.sandbox.count(VERIFY), place.sandbox.count("POST /api/v1/authn/factors/*/verify/resend")]).toEqual([2, 1]);
  });

  test("that is asked for once more too soon says how long to wait, and takes the code that came", async () => {
    const place = await play(row);
    const again = /choose: No code\?: Type the code, ([^,]+), Choose another factor/;
    const here = come(place, ["", () => again.exec(here.said.at(-1) ?? "")?.[1] ?? "", row.right]);
    await here.authenticate();
    expect(here.told()).toEqual([expect.stringMatching(/wait (?:30|5) seconds before you ask for another/)]);
  });
});
