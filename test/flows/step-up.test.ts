/** An application that asks for more than the session. */
import { readdirSync } from "node:fs";
import path from "node:path";
import type { Application, Scenario, StepUpForm } from "@aws-okta-processor/sandbox";
import { describe, expect, test } from "vitest";
import { UsageError } from "../../src/errors.ts";
import { failureOf } from "../support/failure.ts";
import type { Answer } from "../support/person.ts";
import { pushed, withFactors } from "../support/scenario.ts";
import { type Place, usePlace, visit } from "../support/visit.ts";

const role = "arn:aws:iam::111122223333:role/Developer";
const AUTHN = "POST /api/v1/authn";
const VERIFY = "POST /api/v1/authn/factors/*/verify";
const PASSWORD = "POST /user/verify_password";

/** An org that wants no factor to sign in, and this for its AWS application. */
function playing(change: Partial<Application>, scenario: Partial<Scenario> = {}): Scenario {
  const base: Scenario = { ...withFactors("default", pushed("SUCCESS")), factorAt: "app", ...scenario };
  const applications = base.applications.map((application) =>
    application.name === "amazon_aws" ? { ...application, ...change } : application,
  );
  return { ...base, applications };
}

function come(place: Place, answers: readonly Answer[] = [], flags: Readonly<Record<string, string | boolean | undefined>> = {}) {
  const sleep = async (ms: number) => place.sandbox.advance(ms);
  return visit(place, { flags: { role, "no-aws-cache": true, ...flags }, answers, world: { sleep } });
}

const told = (said: readonly string[]) => said.filter((line) => line.startsWith("tell: ")).map((line) => line.slice("tell: ".length));

describe("an application that wants a factor", () => {
  const forms: readonly StepUpForm[] = [
    {},
    { token: "script-unicode" },
    { token: "json" },
    { token: "redirect" },
    { onward: "original" },
    { onward: "session-token" },
    { unauthenticated: true },
  ];

  test.each(forms)("is given it, in the form %j, and then opens", async (stepUp) => {
    const place = await usePlace(playing({ policy: "step-up", stepUp }));
    const here = come(place);
    expect((await here.authenticate()).assumedRole?.arn).toContain("/Developer/");
    expect(told(here.said)).toContain(`${place.sandbox.organization} wants more proof for this application.`);
    expect(place.sandbox.count(VERIFY)).toBe(2);
  });

  test("and was given it in this session is content", async () => {
    const place = await usePlace(playing({ policy: "step-up" }));
    await come(place).authenticate();
    await come(place).authenticate();
    expect(place.sandbox.count(VERIFY)).toBe(2);
  });

  test("lists its roles likewise", async () => {
    const place = await usePlace(playing({ policy: "step-up" }));
    expect((await come(place, [], { role: undefined }).getRoles()).accounts.length).toBe(3);
  });

  test("behind a sign-in page at another host is given it, and that host is not asked", async () => {
    const place = await usePlace(playing({ policy: "custom-sign-in" }));
    expect((await come(place).authenticate()).assumedRole?.arn).toContain("/Developer/");
  });

  test("and is refused it ends with the reason, and the transaction is ended", async () => {
    const place = await usePlace({
      ...playing({ policy: "step-up" }),
      users: playing({}).users.map((user) => ({ ...user, factors: [pushed("REJECTED")] })),
    });
    expect(await failureOf(come(place).authenticate)).toMatchObject({
      code: "FACTOR_GIVEN_UP",
      message: "the push was rejected on the phone",
    });
    expect(place.sandbox.calls.at(-1)).toMatchObject({ path: "/api/v1/authn/cancel", status: 200 });
  });

  test("right after the push of the sign-in waits as long as the org says", async () => {
    const place = await usePlace({ ...playing({ policy: "step-up" }), factorAt: "sign-in", pushGapMs: 1800 });
    const here = come(place);
    await here.authenticate();
    expect(place.sandbox.calls.filter(({ status }) => status === 429).length).toBe(1);
  });
});

describe("an application that wants the password again", () => {
  const scene = playing({ policy: "password" });

  test("is given it", async () => {
    const place = await usePlace(scene);
    const here = come(place);
    await here.authenticate();
    expect(told(here.said)).toContain(`${place.sandbox.organization} wants the password again for this application.`);
    expect(place.sandbox.count(PASSWORD)).toBe(1);
  });

  test("is not given one twice that it refused: the person is asked", async () => {
    const place = await usePlace(scene);
    const first = come(place);
    await first.authenticate();
    place.sandbox.endSessions();
    const wrong = come(place, ["correct horse", "wrong", "correct horse"], { pass: undefined });
    await wrong.authenticate();
    expect(wrong.said).toContain(`announce: ${place.sandbox.organization} did not take this password.`);
  });

  test.each([
    ["asked for and", ["correct horse"], "NO_TERMINAL"],
    ["refused and", ["correct horse", "wrong"], "PASSWORD_REFUSED"],
  ])("that is %s nobody is there to give says which of the two it was", async (_, typed, code) => {
    const nobody = (): string => {
      throw new UsageError("there is no terminal", { code: "NO_TERMINAL" });
    };
    const here = come(await usePlace(scene), [...typed, nobody], { pass: undefined });
    expect((await failureOf(here.authenticate)).code).toBe(code);
  });

  test.each([
    [429, "RATE_LIMITED"],
    [500, "SERVER_FAILED"],
  ])("and answers it with status %i has not refused it", async (status, code) => {
    const place = await usePlace({ ...scene, faults: [{ on: PASSWORD, status }] });
    expect((await failureOf(come(place).authenticate)).code).toBe(code);
    expect(place.sandbox.count(PASSWORD)).toBe(1);
  });

  test("and gets a wrong one three times is left", async () => {
    const place = await usePlace(scene);
    const here = come(place, ["correct horse", "wrong", "wrong", "wrong"], { pass: undefined });
    expect(await failureOf(here.authenticate)).toEqual({
      name: "RefusedError",
      code: "PASSWORD_REFUSED",
      message: `${place.sandbox.organization} did not take the password for this application`,
      hint: "more attempts would lock the account",
    });
    expect(place.sandbox.count(PASSWORD)).toBe(3);
  });
});

describe("an application that only Identity Engine can judge", () => {
  test("is told as that, with what can be done", async () => {
    const place = await usePlace(playing({ policy: "identity-engine" }));
    expect(await failureOf(come(place).authenticate)).toEqual({
      name: "RefusedError",
      code: "STEP_UP",
      message: `${place.sandbox.organization} wants more proof for this application than a command line can give`,
      hint: expect.stringMatching(/--factor.*administrator/),
    });
  });

  test("gets a new sign-in in place of a kept session, once", async () => {
    const place = await usePlace(playing({ policy: "identity-engine" }));
    await failureOf(come(place).authenticate);
    const here = come(place);
    expect((await failureOf(here.authenticate)).code).toBe("STEP_UP");
    expect(here.calls().filter(({ path, status }) => path === "/api/v1/authn" && status === 200).length).toBe(1);
  });
});

test("applications that are opened side by side ask one after the other", async () => {
  const [aws] = playing({ policy: "step-up" }).applications.filter(({ name }) => name === "amazon_aws");
  const applications = ["One", "Two", "Three"].flatMap((label) => (aws === undefined ? [] : [{ ...aws, label }]));
  const place = await usePlace({
    ...playing({}),
    applications,
    users: playing({}).users.map((user) => ({ ...user, factors: [pushed("WAITING", "SUCCESS")] })),
  });
  const here = come(place);
  await here.getRolesOfAll();
  const asked = place.sandbox.calls
    .filter(({ path }) => path.endsWith("/verify") || path === "/login/step-up/redirect")
    .map(({ path }) => path.split("/").at(-1));
  expect(asked).toEqual([
    "verify",
    "verify",
    "verify",
    "redirect",
    "verify",
    "verify",
    "verify",
    "redirect",
    "verify",
    "verify",
    "verify",
    "redirect",
  ]);
});

describe("a device that is to be remembered", () => {
  const scene = (minutes: number | undefined): Scenario => ({
    ...withFactors("default", pushed("SUCCESS")),
    ...(minutes === undefined ? {} : { rememberDevice: { minutes } }),
  });
  const remember = { "remember-device": true, "no-okta-cache": true };

  test("is asked for a factor once, and not again until the org forgets", async () => {
    const place = await usePlace(scene(15));
    await come(place, [], remember).authenticate();
    await come(place, [], { "no-okta-cache": true }).authenticate();
    expect([place.sandbox.count(AUTHN), place.sandbox.count(VERIFY)]).toEqual([2, 2]);
    place.sandbox.advance(16 * 60_000);
    await come(place, [], remember).authenticate();
    expect([place.sandbox.count(AUTHN), place.sandbox.count(VERIFY)]).toEqual([3, 4]);
  });

  test("is known by a file of this person and organization that nobody else can read", async () => {
    const place = await usePlace(scene(15));
    await come(place, [], remember).authenticate();
    const name = `.aws-okta-processor/cache/jdoe-${place.sandbox.organization.replace(/\//g, encodeURIComponent)}-device.json`;
    expect(JSON.parse(place.home.read(name))).toEqual({ device_token: expect.stringMatching(/^DI0/) });
    expect([place.home.mode(name), place.home.mode(".aws-okta-processor/cache")]).toEqual(["600", "700"]);
  });

  test("is not remembered unless that is asked for", async () => {
    const place = await usePlace(scene(15));
    await come(place, [], { "no-okta-cache": true }).authenticate();
    await come(place, [], { "no-okta-cache": true }).authenticate();
    expect(place.sandbox.count(VERIFY)).toBe(4);
  });

  test("where the org does not allow it is told, and nothing is kept", async () => {
    const place = await usePlace(scene(undefined));
    const here = come(place, [], remember);
    await here.authenticate();
    expect(told(here.said)).toContain(`${place.sandbox.organization} does not let this device be remembered.`);
    expect(readdirSync(path.join(place.home.path, ".aws-okta-processor/cache")).filter((name) => name.endsWith("-device.json"))).toEqual(
      [],
    );
  });
});
