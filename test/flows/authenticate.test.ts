import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { type Fault, type Scenario, scenarios, totpCode } from "@aws-okta-processor/sandbox";
import { describe, expect, test } from "vitest";
import { credentialFiles, formatCredentials } from "../../src/cache/credentials.ts";
import { sessionFile } from "../../src/cache/paths.ts";
import type { InstalledPackage } from "../../src/extensions/registry.ts";
import { wantedCredentials } from "../../src/flows/wanted-credentials.ts";
import { bundledPackages } from "../support/bundled.ts";
import { failureOf } from "../support/failure.ts";
import { useFolder } from "../support/folder.ts";
import { callsOf, faulty, replies } from "../support/sandbox.ts";
import { type Coming, type Place, usePlace, type Visit, visit } from "../support/visit.ts";

const developer = "arn:aws:iam::111122223333:role/Developer";
const readOnly = "arn:aws:iam::111122223333:role/ReadOnly";
const push = { factor: "push:okta" };
const waiting = "progress: waiting for you to approve the Okta Verify push on your phone";

/** A kept session is prolonged beside the line, before or after what the line asks: it is counted apart. */
const REFRESH = "POST /api/v1/sessions/me/lifecycle/refresh";
const callsIn = (given: Visit) => callsOf({ calls: given.calls() }).filter((call) => !call.startsWith(REFRESH));
const refreshesIn = (given: Visit) => callsOf({ calls: given.calls() }).filter((call) => call.startsWith(REFRESH));
const signInCalls = [
  "POST /api/v1/authn 200",
  "POST /api/v1/authn/factors/opf/verify 200",
  "POST /api/v1/authn/factors/opf/verify 200",
  "POST /api/v1/authn/factors/opf/verify 200",
  "POST /api/v1/sessions 200",
];
const page = "GET /home/amazon_aws/0oa/272 200";
const links = "GET /api/v1/users/me/appLinks 200";
const sts = "POST / AssumeRoleWithSAML 200";

/** Comes once with a role named, so that a session and its credentials are kept. */
async function comeOnce(place: Place, coming: Coming = {}): Promise<void> {
  await visit(place, { ...coming, flags: { ...push, role: developer, ...coming.flags } }).authenticate();
}

/** The kept session, as its file has it. @param named whether user and organization were given */
function sessionOf({ home, sandbox }: Place, named = true): Readonly<Record<string, unknown>> {
  const file = named ? sessionFile(home.path, "jdoe", sandbox.organization) : sessionFile(home.path, undefined, undefined);
  return JSON.parse(home.read(path.relative(home.path, file))) as Readonly<Record<string, unknown>>;
}

describe("with everything given", () => {
  test("it asks nothing, and each request once", async () => {
    const place = await usePlace();
    const here = visit(place, { flags: { ...push, role: developer, application: place.sandbox.applicationUrl() } });
    const { credentials, assumedRole, application } = await here.authenticate();
    expect([callsIn(here), here.said]).toEqual([
      [...signInCalls, page, sts],
      [waiting, waiting, `tell: Role: ${developer}`],
    ]);
    expect([assumedRole?.arn, application]).toEqual([
      "arn:aws:sts::111122223333:assumed-role/Developer/jdoe@example.com",
      place.sandbox.applicationUrl(),
    ]);
    expect(credentials.expiration).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  test("what it got is kept for us and for the original, for the person alone", async () => {
    const place = await usePlace();
    const here = visit(place, { flags: { ...push, role: developer, key: "k" } });
    const kept = await here.authenticate();
    const wanted = wantedCredentials(here.options);
    const files = credentialFiles(place.home.path, wanted);
    const names = [files.own, files.shared].map((file) => path.relative(place.home.path, file));
    expect(names.map((name) => [place.home.read(name), place.home.mode(name), place.home.mode(path.dirname(name))])).toEqual([
      [formatCredentials(kept, wanted), "600", "700"],
      [formatCredentials(kept, wanted), "600", "700"],
    ]);
  });

  test("the session is kept as Okta sent it, with whose it is", async () => {
    const place = await usePlace();
    await comeOnce(place);
    const session = sessionOf(place);
    expect(session).toMatchObject({ login: "jdoe@example.com", status: "ACTIVE", amr: ["pwd", "swk", "mfa"] });
    expect(Object.entries(session).at(-1)).toEqual(["aws-okta-processor", { user_name: "jdoe", organization: place.sandbox.organization }]);
  });

  test("a secondary role is assumed from the first, in the person's name", async () => {
    const deployer = "arn:aws:iam::444455556666:role/Deployer";
    const here = visit(await usePlace(), { flags: { ...push, role: developer, "secondary-role": deployer, duration: "4h" } });
    const { assumedRole } = await here.authenticate();
    expect([assumedRole?.arn, here.said.slice(2)]).toEqual([
      "arn:aws:sts::444455556666:assumed-role/Deployer/jdoe",
      [
        `tell: Role: ${developer}`,
        `tell: Assuming secondary role ${deployer}`,
        "tell: A role assumed from a role lasts 3600 seconds at most, not 14400.",
      ],
    ]);
    expect(callsIn(here).slice(-2)).toEqual([sts, "POST / AssumeRole 200"]);
  });

  test("a code signs in as well", async () => {
    const secret = scenarios["totp-only"].users[0]?.factors[0];
    const code = totpCode(secret !== undefined && "secret" in secret ? secret.secret : "", new Date());
    const here = visit(await usePlace("totp-only"), { flags: { role: developer }, answers: [code] });
    await here.authenticate();
    expect(here.said[0]).toBe("ask: Code from Okta Verify");
  });
});

describe("with nothing given", () => {
  const none = { organization: undefined, user: undefined, pass: undefined };

  test("it asks in order, and again for what cannot be", async () => {
    const place = await usePlace("two-applications");
    const { organization } = place.sandbox;
    const answers = [
      "http://acme.okta.com",
      organization,
      "jdoe",
      "correct horse",
      "Okta Verify push",
      "AWS Production",
      "acme-prod (444455556666) / ReadOnly",
    ];
    const here = visit(place, { flags: none, answers });
    const { assumedRole } = await here.authenticate();
    expect(here.said).toEqual([
      "ask: Okta organization",
      "announce: Organization must be reached by https; http is only for this machine",
      "ask: Okta organization",
      "ask: Okta user name",
      `secret: Password of jdoe at ${organization}`,
      "choose: Factor: Okta Verify push, Okta Verify code, Google Authenticator code",
      waiting,
      waiting,
      "choose: AWS application: AWS Development, AWS Production",
      "choose: AWS role: acme-prod (444455556666) / Developer, acme-prod (444455556666) / ReadOnly, 777788889999 / Analyst-Reader, 777788889999 / Auditor",
      "tell: Role: arn:aws:iam::444455556666:role/ReadOnly",
    ]);
    expect(assumedRole?.arn).toContain("assumed-role/ReadOnly/");
  });

  test("it is kept under no name, and found again without a question but for the role", async () => {
    const place = await usePlace("no-mfa");
    await visit(place, {
      flags: { ...none, role: developer },
      answers: [place.sandbox.organization, "jdoe", "correct horse"],
    }).authenticate();
    expect(sessionOf(place, false)["aws-okta-processor"]).toEqual({ user_name: "jdoe", organization: place.sandbox.organization });
    const again = visit(place, { flags: { ...none, role: readOnly } });
    await again.authenticate();
    expect([callsIn(again)[0], again.said]).toEqual([links, [`tell: Role: ${readOnly}`]]);
  });
});

describe("the second time", () => {
  test("the kept credentials are the answer, and nothing is asked of anybody", async () => {
    const place = await usePlace();
    const coming = { flags: { ...push, role: developer } };
    const { owner: _, ...first } = await visit(place, coming).authenticate();
    await place.sandbox.close();
    const again = visit(place, coming);
    expect([await again.authenticate(), again.said]).toEqual([first, []]);
  });

  test("another role needs no new sign-in, and evicts nothing", async () => {
    const place = await usePlace();
    await comeOnce(place);
    const other = visit(place, { flags: { role: readOnly } });
    expect((await other.authenticate()).assumedRole?.arn).toContain("/ReadOnly/");
    expect([callsIn(other), refreshesIn(other)]).toEqual([[links, page, sts], [`${REFRESH} 200`]]);
    const first = visit(place, { flags: { ...push, role: developer } });
    expect([(await first.authenticate()).assumedRole?.arn.includes("/Developer/"), callsIn(first)]).toEqual([true, []]);
  });

  test("a session that is prolonged is kept with its new end, and nothing else of it changes", async () => {
    const place = await usePlace();
    await comeOnce(place);
    const before = sessionOf(place);
    place.sandbox.advance(60_000);
    await visit(place, { flags: { role: readOnly } }).authenticate();
    const after = sessionOf(place);
    expect({ ...after, expiresAt: before["expiresAt"] }).toEqual(before);
    expect(Date.parse(String(after["expiresAt"])) - Date.parse(String(before["expiresAt"]))).toBeGreaterThanOrEqual(60_000);
  });

  test("--no-aws-cache fetches anew and keeps that", async () => {
    const place = await usePlace();
    const flags = { ...push, role: developer };
    const first = await visit(place, { flags }).authenticate();
    const { owner: _, ...second } = await visit(place, { flags: { ...flags, "no-aws-cache": true } }).authenticate();
    const third = await visit(place, { flags }).authenticate();
    expect([second.credentials.accessKeyId === first.credentials.accessKeyId, third]).toEqual([false, second]);
  });

  test("--no-okta-cache signs in anew and keeps that", async () => {
    const place = await usePlace();
    await comeOnce(place);
    const before = sessionOf(place)["id"];
    const here = visit(place, { flags: { ...push, role: readOnly, "no-okta-cache": true } });
    await here.authenticate();
    expect([callsIn(here).slice(0, 5), sessionOf(place)["id"] === before]).toEqual([signInCalls, false]);
  });

  test("credentials that end within ten minutes are fetched anew", async () => {
    const place = await usePlace();
    const flags = { ...push, role: developer };
    await visit(place, { flags }).authenticate();
    const callsAfter = async (seconds: number) => {
      const late = visit(place, { flags, world: { now: () => new Date(Date.now() + seconds * 1000) } });
      await late.authenticate();
      return callsIn(late);
    };
    expect([await callsAfter(2990), (await callsAfter(3001)).at(-1)]).toEqual([[], sts]);
  });

  test("a session that has ended by its own words is not asked after", async () => {
    const place = await usePlace();
    await comeOnce(place);
    const here = visit(place, { flags: { ...push, role: readOnly }, world: { now: () => new Date(Date.now() + 7_200_000) } });
    await here.authenticate();
    expect(callsIn(here).slice(0, 5)).toEqual(signInCalls);
  });

  test.each([
    ["of another person", { user_name: "other" }],
    ["of another organization", { organization: "other.okta.com" }],
  ])("a session %s under this name is not used", async (_, block) => {
    const place = await usePlace();
    await comeOnce(place);
    const session = sessionOf(place);
    const owner = { user_name: "jdoe", organization: place.sandbox.organization, ...block };
    const file = path.relative(place.home.path, sessionFile(place.home.path, "jdoe", place.sandbox.organization));
    place.home.write(file, JSON.stringify({ ...session, "aws-okta-processor": owner }), 0o600);
    const here = visit(place, { flags: { ...push, role: readOnly } });
    await here.authenticate();
    expect(callsIn(here)[0]).toBe("POST /api/v1/authn 200");
  });

  test("a torn session is replaced", async () => {
    const place = await usePlace();
    await comeOnce(place);
    const file = path.relative(place.home.path, sessionFile(place.home.path, "jdoe", place.sandbox.organization));
    place.home.write(file, place.home.read(file).slice(0, 100), 0o600);
    await visit(place, { flags: { ...push, role: readOnly } }).authenticate();
    expect(sessionOf(place)["status"]).toBe("ACTIVE");
  });
});

describe("a session that Okta no longer honours", () => {
  const refreshed = (): Fault => replies(REFRESH, { expiresAt: "2999-01-01T00:00:00Z" });
  const deadPage = { on: "GET /home/*/*/*", status: 200, contentType: "text/html", body: '<div id="okta-sign-in"></div>' };
  const stepUp = { ...deadPage, body: "<script>var stateToken = 'unknown here';</script>" };

  test.each([
    ["at the list of applications", {}, ["GET /api/v1/users/me/appLinks 403"], [links, page, sts], []],
    ["at the application", { application: true }, [page], [page, sts], []],
    ["only at the list of applications", {}, ["GET /api/v1/users/me/appLinks 403"], [links, page, sts], [refreshed()]],
    ["only at the application", { application: true }, [page], [page, sts], [refreshed()]],
  ] as const)("and says so %s, is replaced by one new sign-in, and that is told", async (_, given, dead, alive, faults) => {
    const place = await usePlace({ ...scenarios.default, faults });
    await comeOnce(place);
    place.sandbox.endSessions();
    const application = "application" in given ? { application: place.sandbox.applicationUrl() } : {};
    const here = visit(place, { flags: { ...push, role: readOnly, ...application } });
    await here.authenticate();
    expect([callsIn(here), here.said[0]]).toEqual([[...dead, ...signInCalls, ...alive], "tell: Creating new Okta session."]);
  });

  test("is replaced with the password asked for again where it was not given", async () => {
    const place = await usePlace({ ...scenarios["no-mfa"], faults: [refreshed()] });
    await comeOnce(place);
    place.sandbox.endSessions();
    const here = visit(place, { flags: { pass: undefined, role: readOnly }, answers: ["correct horse"] });
    await here.authenticate();
    expect(here.said.slice(0, 2)).toEqual([
      "tell: Creating new Okta session.",
      `secret: Password of jdoe at ${place.sandbox.organization}`,
    ]);
  });

  test.each([
    ["is not honoured either", deadPage, "SESSION_REFUSED", "does not honour the session it has just given"],
    ["does not prove enough", stepUp, "STEP_UP", "wants more proof for this application than a command line can give"],
  ])("is replaced once, and where the new one %s, that is told", async (_, fault, code, message) => {
    const place = await usePlace(faulty("no-mfa", { ...fault, after: 1 }));
    await comeOnce(place);
    const here = visit(place, { flags: { role: readOnly } });
    expect(await failureOf(here.authenticate)).toMatchObject({ code, message: `${place.sandbox.organization} ${message}` });
    expect(callsIn(here).filter((call) => call === "POST /api/v1/authn 200").length).toBe(1);
  });

  test.each([
    [deadPage, "SESSION_REFUSED", 4],
    [stepUp, "STEP_UP", 5],
  ])("though it is new is not replaced: %j", async (fault, code, calls) => {
    const place = await usePlace(faulty("no-mfa", fault));
    const here = visit(place, { flags: { role: developer } });
    expect([(await failureOf(here.authenticate)).code, here.calls().length]).toEqual([code, calls]);
  });
});

describe("factors", () => {
  test("the only one is not asked for", async () => {
    const here = visit(await usePlace("number-challenge"), { flags: { role: developer } });
    await here.authenticate();
    expect(here.said).toEqual([
      waiting,
      waiting,
      "announce: Choose 30 in Okta Verify on your phone",
      waiting,
      waiting,
      `tell: Role: ${developer}`,
    ]);
  });

  test("two devices are told apart by number", async () => {
    const here = visit(await usePlace("two-devices"), { flags: { ...push, role: developer }, answers: ["Okta Verify push (2)"] });
    await here.authenticate();
    expect(here.said[0]).toBe("choose: Factor: Okta Verify push (1), Okta Verify push (2)");
  });

  test("one that is not offered is refused by where it was named", async () => {
    const place = await usePlace("totp-only");
    expect(await failureOf(visit(place, { flags: push }).authenticate)).toEqual({
      name: "UsageError",
      code: "FACTOR_UNKNOWN",
      message: "the factor push:okta is not offered to you (--factor)",
      hint: "choose one of: token:software:totp:okta",
    });
    expect(place.sandbox.count("POST /api/v1/authn/cancel")).toBe(1);
  });

  test("that no plugin answers are named", async () => {
    const place = await usePlace("no-supported-factor");
    expect(await failureOf(visit(place).authenticate)).toEqual({
      name: "RefusedError",
      code: "NO_FACTOR",
      message: `${place.sandbox.organization} asks for a factor that no installed plugin answers: assertion:saml2:generic_saml (no plugin for it is installed), u2f:fido (no plugin for it is installed)`,
      hint: "install a plugin for it: aws-okta-processor plugins install NAME",
    });
    expect(place.sandbox.count("POST /api/v1/authn/cancel")).toBe(1);
  });

  test("that are not enrolled are to be enrolled in a browser", async () => {
    const required = replies("POST /api/v1/authn", { status: "MFA_REQUIRED", stateToken: "state", _embedded: { factors: [] } });
    const place = await usePlace(faulty("default", required));
    expect(await failureOf(visit(place).authenticate)).toMatchObject({
      code: "NO_FACTOR",
      message: `${place.sandbox.organization} asks for a factor that no installed plugin answers: none is enrolled`,
      hint: `enrol one at ${place.sandbox.origin}`,
    });
  });

  test("that wait are given up by Ctrl-C, and taken from the phone", async () => {
    const place = await usePlace("push-manual");
    const sleeping: Coming["world"] = {
      sleep: async () => {
        here.world.cancel();
        return Promise.reject(new Error("aborted"));
      },
    };
    const here: Visit = visit(place, { flags: push, world: sleeping });
    await expect(here.authenticate()).rejects.toThrow("aborted");
    expect([callsIn(here).at(-1), place.sandbox.waitingPush()]).toEqual(["POST /api/v1/authn/cancel 200", undefined]);
  });
});

describe("a plugin that cannot be used", () => {
  /** A linked package in place of the bundled push. */
  function brokenPush(module: string): readonly InstalledPackage[] {
    const folder = useFolder({ "package.json": '{"type":"module"}', "push.js": module });
    const block = { contract: 1, factors: { "push:okta": "./push.js" } };
    return [...bundledPackages, { name: "acme-push", version: "1.0.0", root: folder.path, source: "linked", own: false, block }];
  }

  test("is named, and another factor goes on working", async () => {
    const place = await usePlace();
    const packages = brokenPush("throw new Error('x');");
    const totp = scenarios["totp-only"].users[0]?.factors[0];
    const code = totpCode(totp !== undefined && "secret" in totp ? totp.secret : "", new Date());
    const here = visit(place, { flags: { role: developer }, packages, answers: ["Okta Verify code", code] });
    await here.authenticate();
    expect(here.said.slice(0, 4)).toEqual([
      "tell: push:okta comes from the linked package acme-push",
      expect.stringMatching(/^announce: acme-push in \S+, a plugin that you linked, takes part; it is the code of its authors/),
      "announce: acme-push cannot be loaded (push:okta)",
      "choose: Factor: Okta Verify code, Google Authenticator code",
    ]);
  });

  test("and was asked for by name is an error", async () => {
    const here = visit(await usePlace(), { flags: push, packages: brokenPush("throw new Error('x');") });
    expect(await failureOf(here.authenticate)).toMatchObject({ code: "PLUGIN_FAILED", message: "acme-push cannot be loaded (push:okta)" });
  });

  test.each(["() => { throw new Error('x'); }", "() => undefined", "() => ({})"])(
    "to describe its factor with %s is called by its key",
    async (describing) => {
      const module = `export const factor = { describe: ${describing}, respond: async () => ({ do: "give-up", reason: "no" }) };`;
      const here = visit(await usePlace(), { packages: brokenPush(module), answers: ["push:okta"] });
      expect((await failureOf(here.authenticate)).message).toBe("no");
    },
  );

  test("is shown neither an id nor a link of the factor", async () => {
    const module =
      "export const factor = { describe: (factor) => JSON.stringify(Object.keys(factor).sort()), respond: async () => ({ do: 'give-up', reason: 'no' }) };";
    const label = '["factorType","key","profile","provider","vendorName"]';
    const here = visit(await usePlace(), { packages: brokenPush(module), answers: [label] });
    expect((await failureOf(here.authenticate)).message).toBe("no");
  });
});

describe("applications and roles", () => {
  test("an application elsewhere is refused, and the cookie goes nowhere", async () => {
    const [place, elsewhere] = [await usePlace("no-mfa"), await usePlace("no-mfa")];
    const here = visit(place, { flags: { application: elsewhere.sandbox.applicationUrl() } });
    expect(await failureOf(here.authenticate)).toEqual({
      name: "UsageError",
      code: "OPTION_INVALID",
      message: `the application is not at ${place.sandbox.organization}: ${new URL(elsewhere.sandbox.origin).host} (--application)`,
      hint: "copy its link from the Okta dashboard of this organization",
    });
    expect(elsewhere.sandbox.count()).toBe(0);
  });

  test("a role that is not offered is refused by where it was named", async () => {
    const other = "arn:aws:iam::111122223333:role/Other";
    const here = visit(await usePlace("no-mfa"), { flags: { role: other } });
    expect(await failureOf(here.authenticate)).toEqual({
      name: "RefusedError",
      code: "ROLE_NOT_OFFERED",
      message: `you are not offered the role ${other} (--role)`,
      hint: "see the roles that you are offered with: aws-okta-processor get-roles",
    });
  });

  test("the only role is not asked for, and needs no page of AWS", async () => {
    const here = visit(await usePlace("single-role"), { flags: push });
    await here.authenticate();
    expect([here.said.at(-1), here.calls().filter(({ server }) => server === "sign-in")]).toEqual([`tell: Role: ${developer}`, []]);
  });

  test("the page of AWS is asked where a role is to be chosen, or accounts are filtered by name", async () => {
    const place = await usePlace("no-mfa");
    const asked = async (coming: Coming) => {
      const here = visit(place, coming);
      await here.authenticate();
      return here.calls().filter(({ server }) => server === "sign-in").length;
    };
    expect([
      await asked({ answers: ["acme-dev (111122223333) / ReadOnly"] }),
      await asked({ flags: { role: developer } }),
      await asked({ flags: { role: readOnly, "account-alias": "acme-dev" } }),
      await asked({ flags: { "account-alias": "7777*" }, answers: ["777788889999 / Auditor"] }),
    ]).toEqual([1, 0, 1, 1]);
  });

  test("accounts that match nothing are told with the glob", async () => {
    const here = visit(await usePlace("no-mfa"), { flags: { "account-alias": "[!a]cme\u001b*" } });
    expect(await failureOf(here.authenticate)).toEqual({
      name: "UsageError",
      code: "NO_ACCOUNT",
      message: 'no account matches "[!a]cme\\u001b*" (--account-alias)',
      hint: "see all of them with: aws-okta-processor get-roles",
    });
  });

  test("a role outside of the accounts that match is not offered", async () => {
    const here = visit(await usePlace("no-mfa"), { flags: { role: developer, "account-alias": "acme-prod" } });
    expect((await failureOf(here.authenticate)).code).toBe("ROLE_NOT_OFFERED");
  });

  test.each(["no-application", "no-roles"] as const)("%s is told", async (scene) => {
    const place = await usePlace({ ...scenarios[scene], users: scenarios["no-mfa"].users });
    expect((await failureOf(visit(place).authenticate)).code).toBe(scene === "no-roles" ? "NO_ROLE" : "NO_APPLICATION");
  });

  test("hundreds of roles are all in the menu", async () => {
    const scene: Scenario = { ...scenarios["many-roles"], users: scenarios["no-mfa"].users };
    const labels = scene.accounts.flatMap(({ id, alias, roles }) =>
      roles.map(({ name }) => `${alias === undefined ? id : `${alias} (${id})`} / ${name}`),
    );
    const here = visit(await usePlace(scene), { answers: [labels.at(-1) ?? ""] });
    await here.authenticate();
    expect([labels.length, here.said[0]]).toEqual([270, `choose: AWS role: ${labels.join(", ")}`]);
  });
});

describe("a cache that cannot be kept", () => {
  test("costs a warning, never the answer", async () => {
    const place = await usePlace("no-mfa");
    place.home.write(".aws", "");
    place.home.write(".aws-okta-processor", "");
    const here = visit(place, { flags: { role: developer } });
    expect((await here.authenticate()).assumedRole?.arn).toContain("/Developer/");
    expect(here.world.written.diagnosis).toMatch(/^warning: cannot write (?:\/[^/\n]+)+-session\.json: ENOTDIR, not a directory\n$/);
  });

  test("is no matter where there is no home", async () => {
    const place = await usePlace("no-mfa");
    const here = visit(place, { flags: { role: developer }, world: { home: undefined } });
    await here.authenticate();
    expect([readdirSync(place.home.path), here.world.written.diagnosis]).toEqual([[], ""]);
  });

  test("and was open to others is closed, and told", async () => {
    const place = await usePlace("no-mfa");
    const folder = path.dirname(place.home.write(".aws/boto/cache/other.json", "{}", 0o644));
    const here = visit(place, { flags: { role: developer } });
    await here.authenticate();
    expect(here.world.written.diagnosis).toBe(`warning: ${folder} was open to other users (mode 755) and is not any more\n`);
    expect(place.home.mode(".aws/boto/cache")).toBe("700");
  });
});

/** What stands in our own cache. */
function filesIn({ home }: Place): readonly string[] {
  const folder = path.join(home.path, ".aws-okta-processor/cache");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name !== "credentials")
    .sort();
}

test("a sign-in that fails keeps nothing but how it ended", async () => {
  const place = await usePlace();
  expect((await failureOf(visit(place, { flags: { pass: "wrong" } }).authenticate)).code).toBe("SIGN_IN_REFUSED");
  expect(existsSync(path.join(place.home.path, ".aws"))).toBe(false);
  expect(filesIn(place)).toEqual([
    expect.stringMatching(/^credentials\/\w+\.json\.outcome$/),
    expect.stringMatching(/^jdoe-.*-sign-in\.outcome$/),
  ]);
});

const ACCESS_DENIED = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>`;

test("an STS that refuses leaves the session and no credentials", async () => {
  const place = await usePlace(faulty("no-mfa", { on: "sts", status: 403, contentType: "text/xml", body: ACCESS_DENIED }));
  expect((await failureOf(visit(place, { flags: { role: readOnly } }).authenticate)).code).toBe("AWS_REFUSED");
  expect([sessionOf(place)["status"], existsSync(path.join(place.home.path, ".aws"))]).toEqual(["ACTIVE", false]);
});
