import type { FactorAnswer } from "@aws-okta-processor/contract";
import { type Scenario, scenarios } from "@aws-okta-processor/sandbox";
import { describe, expect, test } from "vitest";
import { signIn } from "../../src/okta/sign-in.ts";
import { failureOf } from "../support/failure.ts";
import { callsOf, faulty, orgOf, replies, useSandbox } from "../support/sandbox.ts";
import { pushed, withFactors } from "../support/scenario.ts";
import { act, actAt, cancels, codeAt, handsAt, PASSWORD, scripted } from "../support/sign-in.ts";
import { createWorld } from "../support/world.ts";

const oktaPush = { key: "push:okta", factorType: "push", provider: "OKTA", vendorName: "OKTA", profile: {} };

describe("a password alone", () => {
  test("signs in where nothing else is asked for", async () => {
    const { sandbox, run } = await act("no-mfa", {});
    expect((await run()).sessionToken?.reveal()).toMatch(/^00/);
    expect(callsOf(sandbox)).toEqual(["POST /api/v1/authn 200"]);
  });

  test("that is wrong is refused, with the user's name and without the password", async () => {
    const { sandbox, run } = await act("default", { password: "wrong horse" });
    expect(await failureOf(run)).toEqual({
      name: "RefusedError",
      code: "SIGN_IN_REFUSED",
      message: `${sandbox.organization} refused the sign-in of jdoe: Authentication failed`,
      hint: "check the user name and the password; too many attempts lock the account",
    });
    expect(callsOf(sandbox)).toEqual(["POST /api/v1/authn 401"]);
  });

  test("of a locked account is refused as locked where the org says so", async () => {
    const { sandbox, run } = await act("locked-out", {});
    expect(await failureOf(run)).toEqual({
      name: "RefusedError",
      code: "LOCKED_OUT",
      message: `${sandbox.organization} has locked this account`,
      hint: `unlock it at ${sandbox.origin} or ask an administrator`,
    });
    expect(callsOf(sandbox)).toEqual(["POST /api/v1/authn 200"]);
  });

  test.each(["E0000069", "E0000119"])("of an account that is locked, said as %s, is refused as locked", async (errorCode) => {
    const locked = replies("POST /api/v1/authn", { errorCode, errorSummary: "locked" }, { status: 403 });
    const { run } = await act(faulty("default", locked), {});
    expect((await failureOf(run)).code).toBe("LOCKED_OUT");
  });

  test("of a locked account looks wrong where the org hides it", async () => {
    const { run } = await act("locked-out-hidden", {});
    expect((await failureOf(run)).code).toBe("SIGN_IN_REFUSED");
  });

  test("that the org is too busy for is not sent again", async () => {
    const fault = {
      on: "POST /api/v1/authn",
      status: 429,
      rateLimitResetSeconds: 1,
      body: '{"errorCode":"E0000047","errorSummary":"too many"}',
    };
    const { sandbox, run, world } = await act(faulty("default", fault), {});
    expect([(await failureOf(run)).code, sandbox.count("POST /api/v1/authn"), world.slept]).toEqual(["RATE_LIMITED", 1, []]);
  });

  test.each([502, 503, 504])("is not sent again after status %i", async (status) => {
    const { sandbox, run, world } = await act(faulty("default", { on: "POST /api/v1/authn", status, times: 1 }), {});
    expect([(await failureOf(run)).code, sandbox.count("POST /api/v1/authn"), world.slept]).toEqual(["SERVER_FAILED", 1, []]);
  });
});

describe("a push", () => {
  test("that is approved signs in, asked after once a second", async () => {
    const { sandbox, run, world, said } = await act("default", { choose: ["push:okta"] });
    expect((await run()).sessionToken?.reveal()).toMatch(/^00/);
    expect([callsOf(sandbox), world.slept, said]).toEqual([
      [
        "POST /api/v1/authn 200",
        "POST /api/v1/authn/factors/opf/verify 200",
        "POST /api/v1/authn/factors/opf/verify 200",
        "POST /api/v1/authn/factors/opf/verify 200",
      ],
      [1000, 1000],
      [
        "progress: waiting for you to approve the Okta Verify push on your phone",
        "progress: waiting for you to approve the Okta Verify push on your phone",
      ],
    ]);
  });

  test.each([
    ["number-challenge", "tell: Choose 30 in Okta Verify on your phone"],
    ["number-challenge-zero", "tell: Choose 0 in Okta Verify on your phone"],
  ] as const)("of %s tells the number", async (scene, line) => {
    const { run, said } = await act(scene, { choose: ["push:okta"] });
    await run();
    expect(said).toContain(line);
  });

  test.each([
    ["push-rejected", [], "the push was rejected on the phone"],
    ["push-timeout", ["Give up"], "nobody answered the push in time"],
  ] as const)("of %s ends, and with it the transaction", async (scene, type, message) => {
    const { sandbox, run } = await act(scene, { choose: ["push:okta"], type });
    expect(await failureOf(run)).toEqual({ name: "RefusedError", code: "FACTOR_GIVEN_UP", message, hint: undefined });
    expect(callsOf(sandbox).at(-1)).toBe("POST /api/v1/authn/cancel 200");
  });

  test("that nobody answered may be sent once more", async () => {
    const scene = withFactors("default", pushed("WAITING", "TIMEOUT", "WAITING", "SUCCESS"));
    const { sandbox, run } = await act(scene, { choose: ["push:okta"], type: ["Send another push"] });
    await run();
    expect(sandbox.count("POST /api/v1/authn/factors/*/verify/resend")).toBe(1);
  });

  test("that is neither answered nor ended is given up after ten minutes", async () => {
    let now = Date.now();
    const world = createWorld({
      now: () => new Date(now),
      sleep: async (ms) => {
        now += 10 * ms;
      },
    });
    const { sandbox, run } = await act("push-manual", { choose: ["push:okta"], world });
    expect(await failureOf(run)).toEqual({
      name: "RefusedError",
      code: "FACTOR_TIMED_OUT",
      message: "nobody answered push:okta in time",
      hint: "run the command again",
    });
    expect([sandbox.waitingPush(), cancels(sandbox)]).toEqual([undefined, 1]);
  });

  test("of an account that is locked meanwhile stops at once", async () => {
    const locked = replies(
      "POST /api/v1/authn/factors/*/verify",
      { errorCode: "E0000069", errorSummary: "User Locked" },
      { status: 403, after: 1 },
    );
    const { sandbox, run } = await act(faulty("default", locked), { choose: ["push:okta"] });
    expect([(await failureOf(run)).code, cancels(sandbox)]).toEqual(["LOCKED_OUT", 1]);
  });

  test("that nobody waits for any more is taken from the phone", async () => {
    const world = createWorld({
      sleep: async () => {
        world.cancel();
        throw new Error("aborted");
      },
    });
    const { sandbox, run } = await act("push-manual", { choose: ["push:okta"], world });
    await expect(run()).rejects.toThrow("aborted");
    expect([callsOf(sandbox).at(-1), sandbox.waitingPush()]).toEqual(["POST /api/v1/authn/cancel 200", undefined]);
  });

  test("whose transaction has expired meanwhile is told as that", async () => {
    const world = createWorld({ sleep: async () => sandbox.advance(301_000) });
    const { sandbox, run } = await act("push-manual", { choose: ["push:okta"], world });
    expect(await failureOf(run)).toEqual({
      name: "RefusedError",
      code: "SIGN_IN_EXPIRED",
      message: `the sign-in at ${sandbox.organization} has expired`,
      hint: "run the command again",
    });
  });

  test("is asked after again where the org fails for a moment", async () => {
    const faults = [503, 502].map((status, index) => ({ on: "POST /api/v1/authn/factors/*/verify", status, times: 1, after: 1 + index }));
    const { sandbox, run, world } = await act(faulty("default", ...faults), { choose: ["push:okta"] });
    await run();
    expect([sandbox.count("POST /api/v1/authn/factors/*/verify"), world.slept]).toEqual([5, [1000, 500, 1000, 1000]]);
  });

  test("is not sent again where the org fails as it is sent", async () => {
    const { sandbox, run } = await act(faulty("default", { on: "POST /api/v1/authn/factors/*/verify", status: 503, times: 1 }), {
      choose: ["push:okta"],
    });
    expect([(await failureOf(run)).code, sandbox.count("POST /api/v1/authn/factors/*/verify"), cancels(sandbox)]).toEqual([
      "SERVER_FAILED",
      1,
      1,
    ]);
  });
});

describe("a code", () => {
  const choose = ["token:software:totp:okta"];
  const wrong = "000000";

  test.each([
    ["Okta Verify", "OKTA", "token:software:totp:okta"],
    ["Google Authenticator", "GOOGLE", "token:software:totp:google"],
  ] as const)("of %s signs in, sent once", async (_, provider, key) => {
    const { sandbox, run } = await act("default", { choose: [key], type: [codeAt(provider)] });
    expect((await run()).sessionToken?.reveal()).toMatch(/^00/);
    expect([callsOf(sandbox).length, cancels(sandbox)]).toEqual([2, 0]);
  });

  test("that was wrong may be followed by the right one", async () => {
    const { sandbox, run, said } = await act("totp-only", { choose, type: [wrong, codeAt("OKTA")] });
    await run();
    expect([said.filter((line) => typeof line === "string"), cancels(sandbox)]).toEqual([["tell: the code was wrong: try again"], 0]);
  });

  test("that is wrong three times ends it, before the account is locked", async () => {
    const { sandbox, run } = await act("totp-only", { choose, type: [wrong, wrong, wrong] });
    expect(await failureOf(run)).toEqual({
      name: "RefusedError",
      code: "FACTOR_REFUSED",
      message: `${sandbox.organization} refused the factor 3 times: Invalid Passcode/Answer`,
      hint: "more attempts would lock the account",
    });
    expect([sandbox.count("POST /api/v1/authn/factors/*/verify"), cancels(sandbox)]).toEqual([3, 1]);
  });

  test("is not sent again where the org fails", async () => {
    const { sandbox, run } = await act(faulty("totp-only", { on: "POST /api/v1/authn/factors/*/verify", status: 503, times: 1 }), {
      choose,
      type: [codeAt("OKTA")],
    });
    expect([(await failureOf(run)).code, sandbox.count("POST /api/v1/authn/factors/*/verify"), cancels(sandbox)]).toEqual([
      "SERVER_FAILED",
      1,
      1,
    ]);
  });

  test("that was used before is told as that, and the next one asked for", async () => {
    const sandbox = await useSandbox("totp-only");
    const used = codeAt("OKTA");
    const next = codeAt("OKTA", new Date(Date.now() + 30_000));
    await actAt(sandbox, { choose, type: [used] }).run();
    const { run, said } = actAt(sandbox, { choose, type: [used, next] });
    await run();
    expect(said.filter((line) => typeof line === "string")).toEqual(["tell: this code was used before: wait for the next one"]);
  });

  test("that locks the account is told as that", async () => {
    const scene: Scenario = { ...scenarios["totp-only"], lockout: { wrongCodes: 2 } };
    const { sandbox, run } = await act(scene, { choose, type: [wrong, wrong] });
    expect([(await failureOf(run)).code, cancels(sandbox)]).toEqual(["LOCKED_OUT", 1]);
  });

  test("is asked for with what the org says where it wants another", async () => {
    const plugin = scripted({ do: "send", fields: { passCode: "1" } }, { do: "send", fields: { passCode: codeAt("OKTA") } });
    const fault = replies(
      "POST /api/v1/authn/factors/*/verify",
      { errorCode: "E0000113", errorSummary: "Enter the next token" },
      { status: 409, times: 1 },
    );
    const { run } = await act(faulty("totp-only", fault), { choose, plugin });
    await run();
    expect(plugin.states).toEqual([
      { kind: "required" },
      { kind: "refused", code: "E0000113", message: "Enter the next token", attemptsLeft: 3 },
    ]);
  });
});

describe("a server that asks on and on", () => {
  test("is answered ten times more, and no attempt is counted", async () => {
    const more = replies("POST /api/v1/authn/factors/*/verify", { errorCode: "E0000113", errorSummary: "And now?" }, { status: 409 });
    const answers = Array.from({ length: 11 }, (): FactorAnswer => ({ do: "send", fields: { passCode: "1" } }));
    const plugin = scripted(...answers);
    const { run } = await act(faulty("totp-only", more), { choose: ["token:software:totp:okta"], plugin });
    expect(await failureOf(run)).toMatchObject({ code: "OKTA_REFUSED", message: expect.stringContaining("And now?") });
    expect(plugin.states.at(-1)).toMatchObject({ kind: "refused", attemptsLeft: 3 });
  });
});

describe("a plugin", () => {
  const key = "token:software:totp:okta";
  const right: FactorAnswer = { do: "send", fields: { passCode: codeAt("OKTA") } };

  test("may let the person choose another factor, and what it began is taken back", async () => {
    const world = createWorld();
    const sandbox = await useSandbox("default");
    const { run } = actAt(sandbox, { choose: ["push:okta", key], plugin: scripted({ do: "begin" }, { do: "back" }, right), world });
    await run();
    expect(callsOf(sandbox)).toEqual([
      "POST /api/v1/authn 200",
      "POST /api/v1/authn/factors/opf/verify 200",
      "POST /api/v1/authn/previous 200",
      "POST /api/v1/authn/factors/ost/verify 200",
    ]);
  });

  test("that sends back is followed by a choice that is the person's, whatever was asked for before", async () => {
    const sandbox = await useSandbox("default");
    const { hands, world } = handsAt(sandbox, { choose: [key, key], plugin: scripted({ do: "back" }, right) });
    const asked: boolean[] = [];
    const chooseFactor: typeof hands.chooseFactor = (offered, again) => {
      asked.push(again);
      return hands.chooseFactor(offered, again);
    };
    await signIn(orgOf(sandbox, world), { ...hands, chooseFactor });
    expect(asked).toEqual([false, true]);
  });

  test("may send back to a state that is not the choice of factors any more", async () => {
    const elsewhere = replies("POST /api/v1/authn/previous", { status: "CONSENT_REQUIRED", stateToken: "state" });
    const plugin = scripted({ do: "begin" }, { do: "back" });
    const { run } = await act(faulty("default", elsewhere), { choose: ["push:okta"], plugin });
    expect((await failureOf(run)).code).toBe("SIGN_IN_STATE");
  });

  test("that comes back to an org that fails ends with that", async () => {
    const sandbox = await useSandbox(faulty("default", { on: "GET /oauth2/v1/authorize/callback", status: 403 }));
    const back: FactorAnswer = { do: "return", url: new URL(`${sandbox.origin}/oauth2/v1/authorize/callback`) };
    const { run } = actAt(sandbox, { choose: ["push:okta"], plugin: scripted(back) });
    expect(await failureOf(run)).toMatchObject({ name: "RemoteError", code: "SERVER_FAILED" });
  });

  test("comes back to the org and to nowhere else", async () => {
    const elsewhere = await useSandbox();
    const plugin = scripted({ do: "return", url: new URL(`${elsewhere.origin}/oauth2/v1/authorize/callback`) });
    const { run } = await act("default", { choose: ["push:okta"], plugin });
    expect([(await failureOf(run)).code, elsewhere.count()]).toEqual(["OFF_ORG", 0]);
  });

  test("cannot follow a link that Okta did not give", async () => {
    const { sandbox, run } = await act("default", { choose: ["push:okta"], plugin: scripted({ do: "begin" }, { do: "redirect" }) });
    expect(await failureOf(run)).toEqual({
      name: "BugError",
      code: "PLUGIN_FAILED",
      message: "@acme/factor wants to follow a link that Okta did not give for push:okta",
      hint: "report it to the authors of @acme/factor",
    });
    expect(cancels(sandbox)).toBe(1);
  });

  test("may let the person choose another factor before anything was sent", async () => {
    const { sandbox, run } = await act("default", { choose: ["push:okta", key], plugin: scripted({ do: "back" }, right) });
    await run();
    expect(callsOf(sandbox)).toEqual(["POST /api/v1/authn 200", "POST /api/v1/authn/factors/ost/verify 200"]);
  });

  test("may have it sent once more, and then waits for the new one", async () => {
    const plugin = scripted({ do: "begin" }, { do: "resend" }, { do: "poll", afterMs: 7 }, { do: "poll", afterMs: 7 });
    const { sandbox, run, world } = await act("default", { choose: ["push:okta"], plugin });
    await run();
    expect([callsOf(sandbox)[2], world.slept]).toEqual(["POST /api/v1/authn/factors/opf/verify/resend 200", [7, 7]]);
    expect(plugin.states[1]).toEqual({ kind: "challenged", result: "WAITING", challenge: undefined, factors: [oktaPush], canResend: true });
  });

  test("is told of a refusal with one attempt less", async () => {
    const plugin = scripted({ do: "begin" }, { do: "poll", afterMs: 0 }, { do: "poll", afterMs: 0 }, { do: "give-up", reason: "enough" });
    const { run } = await act("push-rejected", { choose: ["push:okta"], plugin });
    expect((await failureOf(run)).message).toBe("enough");
    expect(plugin.states.at(-1)).toEqual({ kind: "refused", code: "REJECTED", message: "REJECTED", attemptsLeft: 2 });
  });

  test("that goes on after refusals is stopped by the host", async () => {
    const again: FactorAnswer = { do: "poll", afterMs: 0 };
    const rejected = replies("POST /api/v1/authn/factors/*/verify", {
      status: "MFA_CHALLENGE",
      stateToken: "state",
      factorResult: "REJECTED",
      _links: { next: { href: "/api/v1/authn/factors/opf1/verify" } },
    });
    const { sandbox, run } = await act(faulty("default", rejected), {
      choose: ["push:okta"],
      plugin: scripted({ do: "begin" }, again, again),
    });
    expect([(await failureOf(run)).code, sandbox.count("POST /api/v1/authn/factors/*/verify")]).toEqual(["FACTOR_REFUSED", 3]);
  });

  test("that throws is named, and the transaction ended", async () => {
    const { sandbox, run } = await act("default", { choose: [key], plugin: scripted(new TypeError("x is undefined")) });
    expect(await failureOf(run)).toEqual({
      name: "BugError",
      code: "PLUGIN_FAILED",
      message: `@acme/factor failed while it answered ${key}`,
      hint: "report it to the authors of @acme/factor",
    });
    expect(cancels(sandbox)).toBe(1);
  });

  test.each([
    [undefined],
    [null],
    ["begin"],
    [{}],
    [{ do: "elsewhere" }],
    [{ do: "send" }],
    [{ do: "send", fields: { passCode: 1 } }],
    [{ do: "send", fields: ["1"] }],
    [{ do: "poll" }],
    [{ do: "poll", afterMs: "1" }],
    [{ do: "poll", afterMs: -1 }],
    [{ do: "poll", afterMs: Number.NaN }],
    [{ do: "poll", afterMs: Number.POSITIVE_INFINITY }],
    [{ do: "give-up" }],
  ])("that answers %j is named", async (answer) => {
    const { sandbox, run } = await act("default", {
      choose: [key],
      plugin: { describe: () => "", respond: async () => answer as FactorAnswer },
    });
    expect([(await failureOf(run)).code, cancels(sandbox)]).toEqual(["PLUGIN_FAILED", 1]);
  });

  test("cannot put a state token of its own into a request", async () => {
    const plugin = scripted({ do: "send", fields: { passCode: codeAt("OKTA"), stateToken: "stolen" } });
    const { run } = await act("default", { choose: [key], plugin });
    expect((await run()).sessionToken?.reveal()).toMatch(/^00/);
  });

  test("is not shown a token, a link or a password", async () => {
    const plugin = scripted({ do: "begin" }, { do: "poll", afterMs: 0 }, { do: "poll", afterMs: 0 });
    const { sandbox, run } = await act("default", { choose: ["push:okta"], plugin });
    await run();
    expect(JSON.stringify(plugin.states)).not.toMatch(new RegExp(`stateToken|http|${PASSWORD}|${sandbox.organization}`));
  });
});

describe("a link that leaves the org", () => {
  const factor = (href: string) => ({ id: "opf1", factorType: "push", provider: "OKTA", _links: { verify: { href } } });
  const own = "/api/v1/authn/factors/opf1/verify";

  test("for the factor is refused before anything is sent there", async () => {
    const elsewhere = await useSandbox();
    const required = { status: "MFA_REQUIRED", stateToken: "state", _embedded: { factors: [factor(`${elsewhere.origin}${own}`)] } };
    const { sandbox, run } = await act(faulty("default", replies("POST /api/v1/authn", required)), { choose: ["push:okta"] });
    expect(await failureOf(run)).toEqual({
      name: "RemoteError",
      code: "OFF_ORG",
      message: `${sandbox.organization} points to another host, ${new URL(elsewhere.origin).host}; nothing was sent there`,
      hint: undefined,
    });
    expect([elsewhere.count(), callsOf(sandbox)]).toEqual([0, ["POST /api/v1/authn 200", "POST /api/v1/authn/cancel 401"]]);
  });

  test.each([
    ["next", { do: "poll", afterMs: 0 }],
    ["resend", { do: "resend" }],
    ["prev", { do: "back" }],
  ] satisfies readonly (readonly [string, FactorAnswer])[])(
    "%s of a challenge is refused before anything is sent there",
    async (name, answer) => {
      const elsewhere = await useSandbox();
      const links = { next: { href: own }, [name]: { href: `${elsewhere.origin}${own}` } };
      const challenge = { status: "MFA_CHALLENGE", stateToken: "state", factorResult: "WAITING", _links: links };
      const scene = faulty("default", replies("POST /api/v1/authn/factors/*/verify", challenge));
      const { run } = await act(scene, { choose: ["push:okta"], plugin: scripted({ do: "begin" }, answer) });
      expect([(await failureOf(run)).code, elsewhere.count()]).toEqual(["OFF_ORG", 0]);
    },
  );
});

describe("a reply that cannot be read", () => {
  const bodies = [
    "",
    "<html><h1>Sign in to the Wi-Fi</h1></html>",
    "null",
    "[]",
    '"text"',
    "{}",
    '{"status":"SUCCESS"}',
    '{"status":"MFA_REQUIRED"}',
  ];

  test.each(bodies)("%j to the password is told as that", async (body) => {
    const { sandbox, run } = await act(faulty("default", { on: "POST /api/v1/authn", status: 200, body }), {});
    expect([(await failureOf(run)).code, sandbox.count()]).toEqual(["UNREADABLE", 1]);
  });

  test.each(bodies)("%j to a factor is told as that, and the transaction ended", async (body) => {
    const { sandbox, run } = await act(faulty("default", { on: "POST /api/v1/authn/factors/*/verify", status: 200, body }), {
      choose: ["push:okta"],
    });
    expect([(await failureOf(run)).code, cancels(sandbox)]).toEqual(["UNREADABLE", 1]);
  });

  test("is a redirect too, and nobody follows it", async () => {
    const elsewhere = await useSandbox();
    const fault = { on: "POST /api/v1/authn", status: 307, headers: { location: `${elsewhere.origin}/api/v1/authn` } };
    const { run } = await act(faulty("default", fault), {});
    expect([(await failureOf(run)).code, elsewhere.count()]).toEqual(["UNREADABLE", 0]);
  });
});

test("an org that goes round in circles is left", async () => {
  const warned = { status: "PASSWORD_WARN", stateToken: "state", _links: { skip: { href: "/api/v1/authn/skip" } } };
  const faults = [replies("POST /api/v1/authn", warned), replies("POST /api/v1/authn/skip", warned)];
  const { sandbox, run } = await act(faulty("default", ...faults), {});
  expect([(await failureOf(run)).code, sandbox.count("POST /api/v1/authn/skip")]).toEqual(["SIGN_IN_STATE", 30]);
});

test.each([
  ["totp-only", false],
  ["remember-device", true],
] as const)("a device is to be remembered only where the policy allows it: %s", async (scene, allowed) => {
  const sandbox = await useSandbox(scene);
  const key = scene === "totp-only" ? "token:software:totp:okta" : "push:okta";
  const { hands, world } = handsAt(sandbox, {
    choose: [key],
    rememberDevice: true,
    ...(scene === "totp-only" ? { type: [codeAt("OKTA")] } : {}),
  });
  const org = orgOf(sandbox, world);
  const asked: string[] = [];
  const send: typeof org.send = (request) => {
    asked.push(request.url.search);
    return org.send(request);
  };
  await signIn({ ...org, send }, hands);
  expect(new Set(asked.slice(1))).toEqual(new Set([allowed ? "?rememberDevice=true" : ""]));
});
