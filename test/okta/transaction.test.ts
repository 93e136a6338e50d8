import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTransaction } from "../../src/okta/parse-transaction.ts";

const link = (href: unknown) => ({ href, hints: { allow: ["POST"] } });
const verify = "https://acme.okta.com/api/v1/authn/factors/opf1/verify";
const push = {
  id: "opf1",
  factorType: "push",
  provider: "OKTA",
  vendorName: "OKTA",
  profile: { name: "phone" },
  _links: { verify: link(verify) },
};
const offered = {
  key: "push:okta",
  factorType: "push",
  provider: "OKTA",
  vendorName: "OKTA",
  profile: { name: "phone" },
  id: "opf1",
  verifyUrl: verify,
};

/** As plain values: secrets revealed. */
function parse(json: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const parsed = Object.entries(parseTransaction(json));
  return Object.fromEntries(parsed.map(([name, value]: [string, unknown]) => [name, reveal(value)]));
}

function reveal(value: unknown): unknown {
  return typeof value === "object" && value !== null && "reveal" in value && typeof value.reveal === "function"
    ? (value.reveal() as unknown)
    : value;
}

test("a sign-in that succeeded gives its one-time token", () => {
  expect(parse({ status: "SUCCESS", sessionToken: "once", _embedded: {} })).toEqual({
    status: "SUCCESS",
    sessionToken: "once",
    onwardUrl: undefined,
  });
});

test("a state that asks for a factor gives them in their order", () => {
  const totp = { ...push, id: "ost1", factorType: "token:software:totp", profile: undefined, vendorName: undefined };
  expect(parse({ status: "MFA_REQUIRED", stateToken: "state", _embedded: { factors: [push, totp] } })).toEqual({
    status: "MFA_REQUIRED",
    stateToken: "state",
    factors: [
      offered,
      { ...offered, key: "token:software:totp:okta", id: "ost1", factorType: "token:software:totp", profile: {}, vendorName: undefined },
    ],
    mayRemember: false,
  });
});

test.each([
  ["under the name that the documentation prints", { factor: [push] }],
  ["under that name, beside an empty list", { factors: [], factor: [push] }],
  ["as one factor's object", { factor: push }],
])("a list of factors is read %s", (_, embedded) => {
  expect(parse({ status: "MFA_REQUIRED", stateToken: "state", _embedded: embedded })).toMatchObject({ factors: [offered] });
});

test.each([
  ["no list", {}],
  ["an object", { factors: push }],
  ["null", { factors: null }],
  ["strange entries", { factors: [null, 1, "push", [], { ...push, factorType: 1 }, { ...push, provider: "" }, { ...push, _links: null }] }],
  [
    "a link that is none",
    {
      factors: [
        { ...push, _links: { verify: link(1) } },
        { ...push, _links: { verify: [link(verify)] } },
      ],
    },
  ],
])("where factors should be there is %s: none is offered", (_, embedded) => {
  expect(parse({ status: "MFA_REQUIRED", stateToken: "state", _embedded: embedded })).toEqual({
    status: "MFA_REQUIRED",
    stateToken: "state",
    factors: [],
    mayRemember: false,
  });
});

const challenge = {
  status: "MFA_CHALLENGE",
  stateToken: "state",
  factorResult: "WAITING",
  _embedded: { factor: { ...push, _embedded: { challenge: { correctAnswer: 0 } } } },
  _links: { next: link("/next"), prev: link("/prev"), resend: [{ name: "push", ...link("/resend") }] },
};
const challenged = {
  status: "MFA_CHALLENGE",
  stateToken: "state",
  factorResult: "WAITING",
  challenge: { correctAnswer: 0 },
  factors: [{ key: "push:okta", factorType: "push", provider: "OKTA", vendorName: "OKTA", profile: { name: "phone" } }],
  next: undefined,
  nextUrl: "/next",
  resendUrl: "/resend",
  previousUrl: "/prev",
};

test("a challenge gives its links and what the factor may know", () => {
  expect(parse(challenge)).toEqual(challenged);
});

test.each([
  ["resend is an object", { ...challenge._links, resend: link("/resend") }, challenged],
  ["resend is an empty list", { ...challenge._links, resend: [] }, { ...challenged, resendUrl: undefined }],
  ["resend is null", { ...challenge._links, resend: null }, { ...challenged, resendUrl: undefined }],
  ["only the next link is there", { next: link("/next") }, { ...challenged, resendUrl: undefined, previousUrl: undefined }],
])("a challenge where %s is read", (_, links, expected) => {
  expect(parse({ ...challenge, _links: links })).toEqual(expected);
});

test.each([
  [{}, "status"],
  [{ status: 1 }, "status"],
  [{ status: "" }, "status"],
  [{ status: null }, "status"],
  [{ status: "SUCCESS" }, "sessionToken"],
  [{ status: "SUCCESS", sessionToken: null }, "sessionToken"],
  [{ status: "MFA_REQUIRED", _embedded: { factors: [push] } }, "stateToken"],
  [{ status: "MFA_CHALLENGE", _links: challenge._links }, "stateToken"],
  [{ status: "MFA_CHALLENGE", stateToken: "state" }, "_links.next"],
  [{ status: "MFA_CHALLENGE", stateToken: "state", _links: { next: { href: null } } }, "_links.next"],
])("of %j the field %s is missing", (json, missing) => {
  expect(parse(json)).toEqual({ missing });
});

test("a locked account has no token", () => {
  expect(parse({ status: "LOCKED_OUT", stateToken: "state" })).toEqual({ status: "LOCKED_OUT" });
});

test.each(["RECOVERY", "RECOVERY_CHALLENGE", "PASSWORD_RESET", "CONSENT_REQUIRED", "success", "__proto__", "SOMETHING_NEW"])(
  "%s is a state of its own, with a token or without",
  (status) => {
    expect([parse({ status, stateToken: "state" }), parse({ status })]).toEqual([
      { status: "OTHER", name: status, stateToken: "state" },
      { status: "OTHER", name: status, stateToken: undefined },
    ]);
  },
);

test("factors that Okta verifies by their type are one, and others of the type stay", () => {
  const totp = (id: string, provider: string) => ({ ...push, id, provider, factorType: "token:software:totp" });
  const factorTypes = [{ factorType: "token:software:totp", _links: { next: link("/any") } }, null, { factorType: "push" }];
  const factors = [totp("ost1", "OKTA"), push, totp("ost2", "OKTA"), totp("uft1", "GOOGLE")];
  const read = parse({ status: "MFA_REQUIRED", stateToken: "state", _embedded: { factors, factorTypes } });
  expect((read["factors"] as readonly (typeof offered)[]).map(({ key, verifyUrl }) => [key, verifyUrl])).toEqual([
    ["token:software:totp:okta", "/any"],
    ["push:okta", verify],
    ["token:software:totp:google", verify],
  ]);
});

test("a challenge that any of a type may answer gives them all, and the challenge above them", () => {
  const key = (credentialId: string) => ({ factorType: "webauthn", provider: "FIDO", profile: { credentialId } });
  const embedded = { challenge: { challenge: "top" }, factors: [key("a"), key("b")] };
  expect(parse({ ...challenge, _embedded: embedded, _links: { next: { name: "verify", href: "/any" } } })).toMatchObject({
    challenge: { challenge: "top" },
    next: "verify",
    factors: [{ profile: { credentialId: "a" } }, { profile: { credentialId: "b" } }],
  });
});

test.each([
  ["FACTOR_REQUIRED", "MFA_REQUIRED"],
  ["FACTOR_CHALLENGE", "MFA_CHALLENGE"],
  ["FACTOR_ENROLL", "MFA_ENROLL"],
  ["FACTOR_ENROLL_ACTIVATE", "MFA_ENROLL_ACTIVATE"],
])("%s is %s by another name", (status, name) => {
  expect(parse({ ...challenge, status })).toMatchObject({ status: name });
});

const policy = (complexity: unknown) => ({ _embedded: { policy: { complexity, expiration: { passwordExpireDays: 4 } } } });
const state = { stateToken: "state" };

test.each([
  [
    { ...state, status: "PASSWORD_WARN", ...policy({}), _links: { skip: link("/skip"), next: link("/change") } },
    { ...state, status: "PASSWORD_WARN", daysLeft: 4, skipUrl: "/skip" },
  ],
  [
    {
      ...state,
      status: "PASSWORD_EXPIRED",
      ...policy({ minLength: 8, minNumber: 1, excludeUsername: true }),
      _links: { next: link("/change") },
    },
    {
      ...state,
      status: "PASSWORD_EXPIRED",
      changeUrl: "/change",
      elsewhereUrl: undefined,
      rules: "at least 8 characters, 1 digit; not the user name",
    },
  ],
  [
    { ...state, status: "PASSWORD_EXPIRED", _links: { next: { href: "https://intranet.example", hints: { allow: ["GET"] } } } },
    { ...state, status: "PASSWORD_EXPIRED", changeUrl: undefined, elsewhereUrl: "https://intranet.example", rules: undefined },
  ],
  [
    { ...state, status: "MFA_ENROLL", _links: {} },
    { ...state, status: "MFA_ENROLL", skipUrl: undefined },
  ],
  [
    { ...state, status: "MFA_ENROLL", _links: { skip: link("/skip") } },
    { ...state, status: "MFA_ENROLL", skipUrl: "/skip" },
  ],
  [
    { ...state, status: "POLL", _embedded: { transaction: { profile: { refresh: 4000 } } }, _links: { next: link("/poll") } },
    { ...state, status: "POLL", pollUrl: "/poll", afterMs: 4000 },
  ],
  [
    { ...state, status: "POLL", _links: { next: link("/poll") } },
    { ...state, status: "POLL", pollUrl: "/poll", afterMs: 1000 },
  ],
  [
    { ...state, status: "UNAUTHENTICATED" },
    { ...state, status: "UNAUTHENTICATED", authenticateUrl: "/api/v1/authn" },
  ],
  [
    { ...state, status: "SUCCESS", _links: { next: { name: "original", href: "/login/step-up/redirect" } } },
    { status: "SUCCESS", sessionToken: undefined, onwardUrl: "/login/step-up/redirect" },
  ],
  [
    { ...state, status: "SUCCESS", sessionToken: "once", _links: { original: link("/login/token/redirect") } },
    { status: "SUCCESS", sessionToken: "once", onwardUrl: "/login/token/redirect" },
  ],
])("%j is read", (json, expected) => {
  expect(parse(json)).toEqual(expected);
});

test("any JSON object is read or says what is missing", () => {
  const status = fc.constantFrom(
    ...["SUCCESS", "MFA_REQUIRED", "MFA_CHALLENGE", "LOCKED_OUT", "PASSWORD_WARN", "PASSWORD_EXPIRED", "MFA_ENROLL", "POLL", "OTHER"],
  );
  const json = fc.record({
    status,
    stateToken: fc.jsonValue(),
    sessionToken: fc.jsonValue(),
    _embedded: fc.jsonValue(),
    _links: fc.jsonValue(),
  });
  fc.assert(
    fc.property(json, (object) => {
      const read = parse(object);
      expect("missing" in read || typeof read["status"] === "string").toBe(true);
    }),
  );
});
