import { after, type Clock } from "../clock.ts";
import { createDuo } from "../duo/duo.ts";
import type { Application, Factor, Scenario, User } from "../scenario.ts";
import { randomId, stableId } from "./ids.ts";
import type { App, Enrolled, Enrolling, Org, Person, Session, SessionToken } from "./memory.ts";

export function createOrg(scenario: Scenario, clock: Clock, doors: Pick<Org, "signInUrl" | "duoUrl" | "assert">): Org {
  return {
    scenario,
    clock,
    lifetimes: {
      stateTokenSeconds: 300,
      sessionTokenSeconds: 300,
      pushSeconds: 300,
      sessionSeconds: 7200,
      assertionSeconds: 300,
      ...scenario.lifetimes,
    },
    lockout: { wrongPasswords: 10, wrongCodes: 5, shown: false, reply: "E0000069", ...scenario.lockout },
    people: scenario.users.map(createPerson),
    apps: scenario.applications.map((application) => createApp(application, scenario)),
    transactions: new Map(),
    stepUps: new Map(),
    devices: new Map(),
    sessionTokens: new Map(),
    sessions: new Map(),
    rates: new Map(),
    sentCode: undefined,
    duo: createDuo(),
    ...doors,
  };
}

/** The session that a `sid` names, if it is alive. */
export function findSession(org: Org, sid: string | undefined): Session | undefined {
  const session = sid === undefined ? undefined : org.sessions.get(sid);
  return session !== undefined && session.expiresAt > org.clock.now() ? session : undefined;
}

export function openSession(org: Org, token: SessionToken): Session {
  const createdAt = org.clock.now();
  const expiresAt = after(createdAt, org.lifetimes.sessionSeconds);
  const { person, methods } = token;
  const id = randomId("102", 25);
  const session: Session = { id, person, methods, satisfied: new Set(), reauthentication: undefined, createdAt, expiresAt };
  org.sessions.set(session.id, session);
  return session;
}

/** Okta Verify's codes, from now on one of the person's factors. */
export function enrolFactor(person: Person, { id, secret }: Enrolling): void {
  person.hasEnrolled = true;
  person.factors = [...person.factors, newEnrolled(id, { factorType: "token:software:totp", provider: "OKTA", secret })];
}

function newEnrolled(id: string, factor: Factor): Enrolled {
  return { id, factor, usedStep: -1, used: new Set(), exchanges: 0, sent: undefined };
}

function createPerson(user: User): Person {
  const factors = user.factors.map((factor, index) => newEnrolled(stableId(prefixOf(factor), `${user.login} ${index}`), factor));
  return {
    id: stableId("00u", user.login),
    user,
    factors,
    password: user.password,
    passwordState: user.passwordState,
    ...{ hasEnrolled: false, pushedAt: undefined, locked: user.locked === true, wrongPasswords: 0, wrongCodes: 0 },
  };
}

function prefixOf(factor: Factor): string {
  const prefixes: Readonly<Record<string, string>> = {
    push: "opf",
    "token:software:totp": factor.provider === "OKTA" ? "ost" : "uft",
    webauthn: "fwf",
    u2f: "fuf",
    call: "clf",
    email: "eml",
    question: "ufs",
    "token:hardware": "ykf",
  };
  return prefixes[factor.factorType] ?? factor.factorType.slice(0, 3).toLowerCase();
}

function createApp(application: Application, scenario: Scenario): App {
  const accounts = scenario.accounts.filter((account) => application.accounts?.includes(account.id) ?? true);
  return { id: stableId("0oa", application.label), key: stableId("exk", application.label), application, accounts };
}
