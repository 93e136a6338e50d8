import { expect, test } from "vitest";
import { createSession, findSession, refreshSession } from "../../src/okta/session.ts";
import { Secret } from "../../src/secret.ts";
import { failureOf } from "../support/failure.ts";
import { faulty, orgOf, replies, useSandbox } from "../support/sandbox.ts";
import { useSession } from "../support/session.ts";
import { createWorld } from "../support/world.ts";

const NEVER = new AbortController().signal;

test("a session token is traded for a session, as Okta sent it", async () => {
  const { session } = await useSession();
  const { id, user, kept, fields } = session;
  expect([id.reveal(), user, kept]).toEqual([fields["id"], "jdoe", false]);
  expect(fields).toMatchObject({ login: "jdoe@example.com", status: "ACTIVE", mfaActive: false });
});

test("a session token that was used is refused", async () => {
  const sandbox = await useSandbox();
  expect(await failureOf(() => createSession(orgOf(sandbox, createWorld()), new Secret("00used"), "jdoe"))).toEqual({
    name: "RefusedError",
    code: "SESSION_REFUSED",
    message: `${sandbox.organization} no longer takes its own session token`,
    hint: "run the command again",
  });
});

test.each([{}, { id: "" }, { id: null }, { id: 1 }])("a session of %j cannot be read", async (body) => {
  const sandbox = await useSandbox(faulty("default", replies("POST /api/v1/sessions", body)));
  const run = () => createSession(orgOf(sandbox, createWorld()), new Secret("00"), "jdoe");
  expect(await failureOf(run)).toMatchObject({ code: "UNREADABLE", message: `${sandbox.organization} sent a session without id` });
});

test("a session may be refused for another reason", async () => {
  const fault = replies("POST /api/v1/sessions", { errorCode: "E0000006", errorSummary: "no" }, { status: 403 });
  const sandbox = await useSandbox(faulty("default", fault));
  const run = () => createSession(orgOf(sandbox, createWorld()), new Secret("00"), "jdoe");
  expect((await failureOf(run)).message).toBe(`${sandbox.organization} refused a session: no, E0000006`);
});

test("a session that is prolonged tells its new end", async () => {
  const { sandbox, org, session } = await useSession();
  sandbox.advance(60_000);
  const refreshed = await refreshSession(org, session.id, NEVER);
  const ends = [session.fields["expiresAt"], refreshed?.["expiresAt"]].map((at) => Date.parse(String(at)));
  expect((ends[1] ?? 0) - (ends[0] ?? 0)).toBeGreaterThanOrEqual(60_000);
});

test("a session that is gone cannot be prolonged", async () => {
  const { sandbox, org, session } = await useSession();
  sandbox.endSessions();
  expect(await refreshSession(org, session.id, NEVER)).toBe(undefined);
});

test.each([401, 403, 404])("with status %i a session is gone", async (status) => {
  const fault = replies(
    "POST /api/v1/sessions/me/lifecycle/refresh",
    { errorCode: "E0000005", errorSummary: "Invalid session" },
    { status },
  );
  const { org, session } = await useSession(faulty("no-mfa", fault));
  expect(await refreshSession(org, session.id, NEVER)).toBe(undefined);
});

test("an answer without an end means that it is gone", async () => {
  const { org, session } = await useSession(faulty("no-mfa", replies("POST /api/v1/sessions/me/lifecycle/refresh", { id: "102" })));
  expect(await refreshSession(org, session.id, NEVER)).toBe(undefined);
});

test("an org that has no time for it is asked twice more, and then says so", async () => {
  const fault = { on: "POST /api/v1/sessions/me/lifecycle/refresh", status: 429, rateLimitResetSeconds: 3 };
  const { sandbox, world, org, session } = await useSession(faulty("no-mfa", fault));
  expect((await failureOf(() => refreshSession(org, session.id, NEVER))).code).toBe("RATE_LIMITED");
  expect([sandbox.count("POST /api/v1/sessions/me/lifecycle/refresh"), world.slept.filter((ms) => ms >= 3000 && ms <= 4000)]).toEqual([
    3,
    world.slept,
  ]);
});

test("the session that a sign-in left in the cookies is found, as Okta tells of it", async () => {
  const { org, session } = await useSession();
  const found = await findSession(org, session.id, "jdoe");
  expect([found.id.reveal(), found.user, found.kept, found.fields["id"], found.fields["status"]]).toEqual([
    session.id.reveal(),
    "jdoe",
    false,
    session.id.reveal(),
    "ACTIVE",
  ]);
});

test("a sign-in that left no session, or one that Okta does not know, is told as that", async () => {
  const { org } = await useSession();
  expect(await failureOf(() => findSession(org, undefined, "jdoe"))).toMatchObject({
    code: "UNREADABLE",
    message: `${org.name} sent no session after the sign-in`,
  });
  expect((await failureOf(() => findSession(org, new Secret("102gone"), "jdoe"))).code).toBe("OKTA_REFUSED");
});
