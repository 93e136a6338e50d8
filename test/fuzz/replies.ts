/** Readers of what Okta and AWS say, given what the sandbox says with something changed. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { createCookieJar as createDuoJar } from "../../plugins/factor-duo/src/cookies.ts";
import { readForms } from "../../plugins/factor-duo/src/read-forms.ts";
import { parseAssertedRoles } from "../../src/aws/assertion.ts";
import { parseAccountAliases } from "../../src/aws/sign-in-page.ts";
import { createCookieJar } from "../../src/http/cookies.ts";
import { openApplication } from "../../src/okta/app-page.ts";
import { listApplications } from "../../src/okta/applications.ts";
import { authenticate } from "../../src/okta/authn.ts";
import type { Org } from "../../src/okta/org.ts";
import { createSession, findSession } from "../../src/okta/session.ts";
import { findStateToken } from "../../src/okta/state-token.ts";
import { Secret } from "../../src/secret.ts";
import { changed, hostileText } from "./hostile.ts";
import type { Recorded } from "./place.ts";
import { readOrRefuse, type Target, targetOf } from "./target.ts";

const ORIGIN = "http://127.0.0.1:1";
const statuses = fc.constantFrom(200, 200, 200, 400, 401, 403, 404, 429, 500);
const secret = new Secret("s");

/** An org that gives one reply to everything. */
const orgSaying = (text: string, status: number): Org => ({
  name: "acme",
  origin: ORIGIN,
  send: async () => ({ status, headers: new Headers(), text }),
});

export function replyTargets(recorded: readonly Recorded[]): readonly Target[] {
  const bodies = (on: string) =>
    recorded.filter((reply) => reply.on.startsWith(on)).map(({ body }) => body.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, ORIGIN));
  const ofOrg = (name: string, texts: readonly string[], read: (org: Org) => Promise<unknown>) =>
    targetOf(
      name,
      1500,
      fc.asyncProperty(changed(texts), statuses, async (text, status) => void (await readOrRefuse(() => read(orgSaying(text, status))))),
    );
  const pages = bodies("GET /home");
  return [
    ofOrg("authn replies", bodies("POST /api/v1/authn"), (org) => authenticate(org, { user: "jdoe", password: secret })),
    ofOrg("session replies", bodies("POST /api/v1/sessions"), async (org) => {
      for (const { id, fields } of [await createSession(org, secret, "jdoe"), await findSession(org, secret, "jdoe")]) {
        assert.match(id.reveal(), /^[!-~]+$/);
        JSON.stringify(fields);
      }
    }),
    ofOrg("lists of applications", bodies("GET /api/v1/users/me/appLinks"), async (org) => {
      const applications = (await listApplications(org, secret)) ?? [];
      for (const { url } of applications) assert.equal(new URL(url).origin, ORIGIN);
    }),
    ofOrg("application pages", pages, (org) => openApplication(org, "/home")),
    targetOf(
      "state tokens of pages",
      1500,
      fc.asyncProperty(changed(pages), async (page) => void findStateToken(page)),
    ),
    assertionTarget(pages),
    signInTarget(bodies("POST /saml")),
    duoTarget(pages),
    ...cookieTargets(),
  ];
}

function assertionTarget(pages: readonly string[]): Target {
  const texts = pages.map(assertionIn);
  const isArn = /^arn:[a-z0-9-]+:iam::\d{12}:(?:role|saml-provider)\/[!-~]+$/;
  return targetOf(
    "assertions",
    1500,
    fc.asyncProperty(changed(texts), async (xml) => {
      const saml = new Secret(Buffer.from(xml).toString("base64"));
      const roles = (await readOrRefuse(() => parseAssertedRoles(saml))) ?? [];
      for (const { role, principal } of roles) for (const { arn } of [role, principal]) assert.match(arn, isArn);
    }),
  );
}

/** The page has a decoy before it. */
function assertionIn(page: string): string {
  const value = [...page.matchAll(/name="SAMLResponse"[^>]*value="([^"]*)"/g)].at(-1)?.[1] ?? "";
  const base64 = value.replaceAll(/&#x([\da-f]+);/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const xml = Buffer.from(base64, "base64").toString("utf8");
  assert.match(xml, /Response>\s*$/);
  return xml;
}

function signInTarget(pages: readonly string[]): Target {
  return targetOf(
    "AWS sign-in pages",
    1500,
    fc.asyncProperty(changed(pages), async (page) => {
      for (const [id, alias] of await parseAccountAliases(page)) assert.match(`${id} ${alias}`, /^\d{12} \S/);
    }),
  );
}

function duoTarget(pages: readonly string[]): Target {
  return targetOf(
    "Duo's pages",
    800,
    fc.asyncProperty(changed(pages), async (page) => void readForms(page)),
  );
}

const lines = fc.array(
  fc
    .tuple(fc.constantFrom("sid=1", "DT", "a=b; Max-Age", "a=; Expires", "x=y; Path", "x=y; Domain"), hostileText)
    .map(([start, rest]) => `${start}=${rest}`),
  { maxLength: 20 },
);
const HEADER = /^[^\p{Cc}]*$/u;

function cookieTargets(): readonly Target[] {
  const url = new URL("https://acme.okta.com/a/b");
  return [
    targetOf(
      "Set-Cookie of the org",
      2000,
      fc.asyncProperty(lines, async (given) => {
        const jar = createCookieJar({ sid: secret });
        jar.take(given, new Date());
        assert.match(jar.header() ?? "", /^[ -~]*$/);
        assert.notEqual(jar.get("sid"), undefined);
      }),
    ),
    targetOf(
      "Set-Cookie of Duo",
      2000,
      fc.asyncProperty(lines, async (given) => {
        const jar = createDuoJar();
        jar.take(url, given, new Date());
        assert.match(jar.headerFor(url) ?? "", HEADER);
        assert.equal(jar.headerFor(new URL("https://other.example/a/b")), undefined);
      }),
    ),
  ];
}
