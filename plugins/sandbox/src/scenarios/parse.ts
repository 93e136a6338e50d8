import type { Account, Application, Fault, Lifetimes, Lockout, Role, Scenario, User } from "../scenario.ts";
import { factor } from "./parse-factor.ts";
import { appPolicy, hostility, lockedReply, states, stepUpForm } from "./parse-states.ts";
import { count, dictionary, flag, list, matching, type Parser, record, text, wholeNumber, word } from "./parsers.ts";

const accountId = matching(/^\d{12}$/u, "12 digits");
const roleName = matching(/^[\w+=,.@/-]{1,576}$/u, "a role name, with its path");
const user: Parser<User> = record(
  { login: text, password: text, firstName: text, lastName: text, factors: list(factor) },
  { locked: flag, ...states },
);

const application: Parser<Application> = record(
  { label: text, name: matching(/^\w+$/u, "letters, digits and _") },
  {
    accounts: list(accountId),
    sessionDurationSeconds: count,
    pairOrder: word("provider", "role"),
    hidden: flag,
    page: word("form", "redirect"),
    policy: appPolicy,
    stepUp: stepUpForm,
  },
);

const role: Parser<Role> = record({ name: roleName }, { maxSessionDurationSeconds: count, federated: flag, trusts: list(text) });

const account: Parser<Account> = record(
  { id: accountId, roles: list(role) },
  { alias: text, partition: matching(/^aws[a-z-]*$/u, "a partition") },
);

const lockout: Parser<Partial<Lockout>> = record({}, { wrongPasswords: count, wrongCodes: count, shown: flag, reply: lockedReply });

const lifetimes: Parser<Partial<Lifetimes>> = record(
  {},
  { stateTokenSeconds: count, sessionTokenSeconds: count, pushSeconds: count, sessionSeconds: count, assertionSeconds: count },
);

const fault: Parser<Fault> = record(
  { on: text },
  {
    status: count,
    times: count,
    after: count,
    contentType: text,
    headers: (value, path) => headers(value, path),
    rateLimitResetSeconds: count,
    body: text,
    mebibytes: count,
    encodings: list(word("gzip", "deflate", "br", "zstd")),
    wire: word("reset", "hang", "trickle", "cut", "said-shorter", "said-longer", "last"),
  },
);

const scenario: Parser<Scenario> = record(
  {
    title: text,
    users: list(user, 1),
    applications: list(application),
    accounts: list(account),
    signInPage: word("legacy", "legacy-split", "meta-data", "interstitial", "redirect", "error", "empty"),
  },
  {
    signedOut: word("page", "redirect"),
    pipeline: word("v1", "idx"),
    lockout,
    lifetimes,
    rateLimit: count,
    faults: list(fault),
    clockOffsetSeconds: wholeNumber,
    factorAt: word("sign-in", "app"),
    stateNames: word("MFA", "FACTOR"),
    pushGapMs: count,
    rememberDevice: record({ minutes: count }),
    hostile: list(hostility),
  },
);

/**
 * Reads a scenario that somebody wrote. What it leaves out at its top level is taken from `base`.
 *
 * @throws Error that names the field
 */
export function parseScenario(value: unknown, base: Partial<Scenario> = {}): Scenario {
  return scenario({ ...base, ...dictionary(value, "scenario") }, "scenario");
}

function headers(value: unknown, path: string): Readonly<Record<string, string>> {
  const entries = Object.entries(dictionary(value, path));
  return Object.fromEntries(entries.map(([name, inner]) => [name, text(inner, `${path}.${name}`)]));
}
