/** Every state that a sign-in can be in, from the password to the answer. */
import type { Hostility, Scenario, User } from "@aws-okta-processor/sandbox";
import { describe, expect, test } from "vitest";
import { failureOf } from "../support/failure.ts";
import type { Answer } from "../support/person.ts";
import { pushed, withFactors } from "../support/scenario.ts";
import { type Place, usePlace, visit } from "../support/visit.ts";

const role = "arn:aws:iam::111122223333:role/Developer";
const CANCEL = "POST /api/v1/authn/cancel";
const CHANGE = "POST /api/v1/authn/credentials/change_password";

/** Somebody with a password alone whose sign-in has this state. */
function usePlaceWith(states: Partial<User>, change: Partial<Scenario> = {}): Promise<Place> {
  const scenario = withFactors("default", ...(states.factors ?? []));
  return usePlace({ ...scenario, ...change, users: scenario.users.map((user) => ({ ...user, ...states })) });
}

function come(place: Place, answers: readonly Answer[] = []) {
  const sleep = async (ms: number) => place.sandbox.advance(ms);
  const here = visit(place, { flags: { role }, answers, world: { sleep } });
  return { ...here, lines: () => here.said.filter((line) => !line.startsWith("progress: ") && !line.includes("Role: ")) };
}

describe("a password that is about to expire", () => {
  test.each([
    [4, "4 days"],
    [1, "1 day"],
    [0, "0 days"],
  ])("in %i days is told, and the sign-in goes on", async (days, words) => {
    const place = await usePlaceWith({ passwordState: { kind: "warn", days } });
    const here = come(place);
    await here.authenticate();
    expect(here.lines()).toEqual([`tell: Your password at ${place.sandbox.organization} expires in ${words}.`]);
    expect(place.sandbox.count("POST /api/v1/authn/skip")).toBe(1);
  });
});

describe("a password that has expired", () => {
  const expired = { passwordState: { kind: "expired", minLength: 10, minNumber: 1, excludeUsername: true } } as const;
  const offer = (place: Place) => `choose: Your password at ${place.sandbox.organization} has expired: Change it here, Not now`;

  test("is changed at the terminal, and the sign-in goes on", async () => {
    const place = await usePlaceWith(expired);
    const here = come(place, ["Change it here", "battery staple 1", "battery staple 1"]);
    await here.authenticate();
    expect(here.lines()).toEqual([
      offer(place),
      "announce: It must have at least 10 characters, 1 digit; not the user name.",
      "secret: New password",
      "secret: New password again",
    ]);
  });

  test("is changed after the factor, where there is one", async () => {
    const place = await usePlaceWith({ ...expired, factors: [pushed("SUCCESS")] });
    await come(place, ["Change it here", "battery staple 1", "battery staple 1"]).authenticate();
    const paths = place.sandbox.calls.map(({ path }) => path);
    expect(paths.findIndex((path) => path.endsWith("/verify"))).toBeLessThan(paths.indexOf("/api/v1/authn/credentials/change_password"));
  });

  test("is asked for again where the two differ, and where the org does not take it", async () => {
    const place = await usePlaceWith(expired);
    const good = "battery staple 1";
    const here = come(place, ["Change it here", "short", "other", "short", "short", "Change it here", "correct horse", good, good]);
    await here.authenticate();
    expect(here.lines().filter((line) => line.startsWith("announce: These") || line.includes("did not take"))).toEqual([
      "announce: These were two different passwords.",
      expect.stringMatching(/^announce: \S+ did not take the new password: .*requirements/),
    ]);
    expect(place.sandbox.count(CHANGE)).toBe(2);
  });

  test.each(["current", "older", "complexity"] as const)(
    "that the org does not take three times ends it (%s replies)",
    async (refusals) => {
      const place = await usePlaceWith({ passwordState: { ...expired.passwordState, refusals } });
      const answers = ["Change it here", "short", "short"];
      const again = ["Change it here", "correct horse", "short", "short"];
      expect(await failureOf(come(place, [...answers, ...again, ...again]).authenticate)).toEqual({
        name: "RefusedError",
        code: "PASSWORD_EXPIRED",
        message: `${place.sandbox.organization} did not take a new password 3 times`,
        hint: `change it at ${place.sandbox.origin}, then try again`,
      });
      expect([place.sandbox.count(CHANGE), place.sandbox.count(CANCEL)]).toEqual([3, 1]);
    },
  );

  test("is left as it is where the person wants to", async () => {
    const place = await usePlaceWith(expired);
    expect(await failureOf(come(place, ["Not now"]).authenticate)).toMatchObject({
      code: "PASSWORD_EXPIRED",
      message: `the password at ${place.sandbox.organization} has expired`,
      hint: `change it at ${place.sandbox.origin}, then try again`,
    });
    expect([place.sandbox.count(CHANGE), place.sandbox.count(CANCEL)]).toEqual([0, 1]);
  });

  test("and is another's to change is told with its address, which is not asked", async () => {
    const place = await usePlaceWith({ passwordState: { kind: "expired-elsewhere", url: "https://intranet.example/password" } });
    expect(await failureOf(come(place).authenticate)).toMatchObject({
      code: "PASSWORD_EXPIRED",
      hint: "change it at https://intranet.example/password, then try again",
    });
  });

  test("and is refused for that at once is told as that", async () => {
    const place = await usePlaceWith({ passwordState: { kind: "expired-error" } });
    expect(await failureOf(come(place).authenticate)).toMatchObject({ code: "PASSWORD_EXPIRED" });
  });
});

describe("an enrolment", () => {
  test.each([[[]], [[pushed("SUCCESS")]]])("that is only offered is told and passed over, with the factors %j", async (factors) => {
    const place = await usePlaceWith({ enrol: "optional", factors });
    const here = come(place);
    await here.authenticate();
    const { organization, origin } = place.sandbox;
    expect(here.lines()).toEqual([`tell: ${organization} offers to enrol a factor; do so at ${origin} when it suits you.`]);
  });

  test("that is required ends the sign-in", async () => {
    const place = await usePlaceWith({ enrol: "required" });
    expect(await failureOf(come(place).authenticate)).toEqual({
      name: "RefusedError",
      code: "ENROLMENT_REQUIRED",
      message: `${place.sandbox.organization} wants you to enrol a factor first`,
      hint: `sign in at ${place.sandbox.origin} with a browser and enrol one, then try again`,
    });
    expect(place.sandbox.count(CANCEL)).toBe(1);
  });

  test.each(["MFA_ENROLL_ACTIVATE", "FACTOR_ENROLL_ACTIVATE"])("that was begun (%s) ends the sign-in", async (status) => {
    const place = await usePlaceWith({ state: { status } });
    expect(await failureOf(come(place).authenticate)).toMatchObject({
      code: "ENROLMENT_REQUIRED",
      message: `${place.sandbox.organization} has an enrolment of a factor that was begun and not finished`,
    });
    expect(place.sandbox.count(CANCEL)).toBe(1);
  });
});

describe("an org that waits", () => {
  test("is asked at its own pace until it goes on", async () => {
    const place = await usePlaceWith({ poll: { times: 3, refreshMs: 4000 }, factors: [pushed("SUCCESS")] });
    await come(place).authenticate();
    expect(place.sandbox.count("POST /api/v1/authn/poll")).toBe(4);
  });

  test("is asked again where it fails for a moment", async () => {
    const faults = [{ on: "POST /api/v1/authn/poll", status: 503, times: 1 }];
    const place = await usePlaceWith({ poll: { times: 1, refreshMs: 4000 } }, { faults });
    expect((await come(place).authenticate()).assumedRole?.arn).toContain("/Developer/");
  });

  test("is not waited for without end", async () => {
    const place = await usePlaceWith({ poll: { times: 1000, refreshMs: 30_000 } });
    let now = Date.now();
    const sleep = async (ms: number) => {
      now += ms;
      place.sandbox.advance(ms);
    };
    const here = visit(place, { flags: { role }, world: { sleep, now: () => new Date(now) } });
    expect(await failureOf(here.authenticate)).toEqual({
      name: "RemoteError",
      code: "TIMED_OUT",
      message: `${place.sandbox.organization} did not come to a decision in time`,
      hint: "try again later",
    });
    expect([place.sandbox.count("POST /api/v1/authn/poll"), place.sandbox.count(CANCEL)]).toEqual([4, 1]);
  });
});

describe("a state that only a browser can leave", () => {
  const states = [
    "RECOVERY",
    "RECOVERY_CHALLENGE",
    "PASSWORD_RESET",
    "CONSENT_REQUIRED",
    "PROFILE_REQUIRED",
    "DEVICE_ACTIVATE",
    "SOMETHING_NEW",
  ];

  test.each(states)("as %s is told by its name, and the transaction ended", async (status) => {
    const place = await usePlaceWith({ state: { status } });
    expect(await failureOf(come(place).authenticate)).toEqual({
      name: "RefusedError",
      code: "SIGN_IN_STATE",
      message: `${place.sandbox.organization} wants something that only a browser can do: ${status}`,
      hint: `sign in once at ${place.sandbox.origin}, then try again`,
    });
    expect(place.sandbox.count(CANCEL)).toBe(1);
  });

  test("after the factor is told likewise", async () => {
    const place = await usePlaceWith({ state: { status: "CONSENT_REQUIRED", after: "factor" }, factors: [pushed("SUCCESS")] });
    expect(await failureOf(come(place).authenticate)).toMatchObject({ code: "SIGN_IN_STATE" });
  });
});

test.each(["E0000069", "E0000119", "LOCKED_OUT"] as const)(
  "an account that a wrong code locks is told as locked, said as %s",
  async (reply) => {
    const factors = [{ factorType: "token", provider: "SYMANTEC", codes: ["112233"] } as const];
    const place = await usePlaceWith({ factors }, { lockout: { wrongCodes: 1, reply } });
    expect(await failureOf(come(place, ["000000"]).authenticate)).toMatchObject({ code: "LOCKED_OUT" });
  },
);

test("an org that has other names for the states of a factor is understood", async () => {
  const place = await usePlaceWith({ factors: [pushed("WAITING", "SUCCESS")] }, { stateNames: "FACTOR" });
  expect((await come(place).authenticate()).assumedRole?.arn).toContain("/Developer/");
});

describe("an org that speaks oddly", () => {
  const forms = [
    "factor-for-factors",
    "no-profile",
    "no-vendor",
    "unknown-factors",
    "resend-as-object",
    "policy-info-null",
    "error-cause-misspelt",
  ] as const;

  test.each(forms)("as %s is understood", async (form: Hostility) => {
    const place = await usePlaceWith({ factors: [pushed("WAITING", "SUCCESS")] }, { hostile: [form] });
    expect((await come(place).authenticate()).assumedRole?.arn).toContain("/Developer/");
  });

  test("without factors is told as having none", async () => {
    const place = await usePlaceWith({ factors: [pushed("SUCCESS")] }, { hostile: ["factors-missing"] });
    expect(await failureOf(come(place).authenticate)).toMatchObject({
      code: "NO_FACTOR",
      message: expect.stringContaining("none is enrolled"),
    });
  });

  test.each([
    [{ factors: [pushed("SUCCESS")] }],
    [{ passwordState: { kind: "warn", days: 1 } }],
    [{ passwordState: { kind: "expired" } }],
    [{ enrol: "optional" }],
    [{ poll: { times: 1, refreshMs: 1000 } }],
  ] satisfies readonly (readonly [Partial<User>])[])("whose links leave it is sent nothing more, in the state of %j", async (states) => {
    const place = await usePlaceWith(states, { hostile: ["off-org-links"] });
    const answers =
      "passwordState" in states && states.passwordState.kind === "expired"
        ? ["Change it here", "battery staple 1", "battery staple 1"]
        : [];
    expect(await failureOf(come(place, answers).authenticate)).toMatchObject({ name: "RemoteError", code: "OFF_ORG" });
    expect(place.sandbox.calls.map(({ path }) => path)).toEqual(["/api/v1/authn", "/api/v1/authn/cancel"]);
  });
});
