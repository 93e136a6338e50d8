import { type Call, matches, type ServerName } from "./call.ts";
import type { Clock } from "./clock.ts";
import { handleDuo } from "./duo/handle.ts";
import { createFaultFinder, type FaultFinder } from "./faults.ts";
import type { Reply, Request } from "./http/message.ts";
import { issueAssertion } from "./okta/assertion.ts";
import { findWaiting } from "./okta/factors.ts";
import { handleOkta } from "./okta/handle.ts";
import type { Org, SentCode } from "./okta/memory.ts";
import { createOrg } from "./okta/org.ts";
import { appPath } from "./okta/sessions.ts";
import type { Scenario } from "./scenario.ts";
import { createLedger, type WireSecret } from "./secrets.ts";
import { handleSignIn } from "./sign-in/handle.ts";
import { type Aws, createAws } from "./sts/aws.ts";
import { handleSts, readAction } from "./sts/handle.ts";

/** A sandbox without sockets: all three servers as one function, and what their owner may do from outside. */
export interface Core {
  readonly handle: (server: ServerName, request: Request) => Reply;
  readonly calls: readonly Call[];
  readonly count: (pattern?: string) => number;
  /** The path of an app's link, of the first app for AWS accounts when no label is given. */
  readonly applicationPath: (label?: string) => string;
  readonly approvePush: (number?: number) => boolean;
  readonly rejectPush: () => boolean;
  readonly waitingPush: () => WaitingPush | undefined;
  /** The code that was sent last, and to whom. */
  readonly sentCode: () => SentCode | undefined;
  readonly lastCode: () => string | undefined;
  /** @returns false where nobody has that login; the first user without one */
  readonly lockAccount: (login?: string) => boolean;
  readonly endSessions: () => void;
  /** All that went over the wire and nobody else may see, each once. */
  readonly secrets: () => readonly WireSecret[];
}

/** A push that is on somebody's phone. */
export interface WaitingPush {
  readonly login: string;
  /** The number that it asks for; only some do, and not before the first poll. */
  readonly number: number | undefined;
  /** Whether it waits for a decision, or follows its script. */
  readonly manual: boolean;
  readonly expiresAt: Date;
}

export interface CoreOptions {
  readonly scenario: Scenario;
  readonly clock: Clock;
  readonly signInUrl: () => string;
  /** Needed where a factor leads to Duo. */
  readonly duoUrl?: () => string;
  readonly onCall: (call: Call) => void;
}

export function createCore(options: CoreOptions): Core {
  const { scenario, clock, onCall } = options;
  const calls: Call[] = [];
  const ledger = createLedger();
  const aws = createAws(scenario, clock);
  const org = createConnectedOrg(options, aws);
  const findFault = createFaultFinder(scenario.faults ?? [], clock);
  return {
    handle: (server, request) => {
      const asked = describe(server, request);
      const reply = dated(answer({ org, aws, findFault }, asked, request), clock);
      const call = { at: clock.now(), ...asked, status: reply.status };
      calls.push(call);
      ledger.note(request, reply);
      onCall(call);
      return reply;
    },
    calls,
    count: (pattern) => calls.filter((call) => pattern === undefined || matches(pattern, call)).length,
    applicationPath: (label) => applicationPath(org, label),
    approvePush: (number) => decidePush(org, number),
    rejectPush: () => decidePush(org, "reject"),
    waitingPush: () => describePush(org),
    sentCode: () => org.sentCode,
    lastCode: () => org.sentCode?.code,
    lockAccount: (login) => lockAccount(org, login),
    endSessions: () => org.sessions.clear(),
    secrets: ledger.secrets,
  };
}

/** Every server tells the sandbox's time, and not that of this machine, which Node would tell by itself. */
function dated(reply: Reply, clock: Clock): Reply {
  return { ...reply, headers: { date: clock.now().toUTCString(), ...reply.headers } };
}

interface Parts {
  readonly org: Org;
  readonly aws: Aws;
  readonly findFault: FaultFinder;
}

type Asked = Omit<Call, "at" | "status">;

/** An org whose assertions the AWS side knows. */
function createConnectedOrg({ scenario, clock, signInUrl, duoUrl = () => "" }: CoreOptions, aws: Aws): Org {
  const org: Org = createOrg(scenario, clock, {
    signInUrl,
    duoUrl,
    assert: (session, app) => {
      const { response, assertion } = issueAssertion(org, session, app);
      aws.assertions.set(response, assertion);
      return response;
    },
  });
  return org;
}

function answer({ org, aws, findFault }: Parts, asked: Asked, request: Request): Reply {
  const fault = findFault(asked);
  const reply = fault?.reply ?? perform({ org, aws }, asked, request);
  return fault === undefined ? reply : { ...reply, fate: fault.fate };
}

function perform({ org, aws }: Pick<Parts, "org" | "aws">, asked: Asked, request: Request): Reply {
  switch (asked.server) {
    case "okta":
      return handleOkta(org, request);
    case "sign-in":
      return handleSignIn(aws, request);
    case "sts":
      return handleSts(aws, request);
    case "duo":
      return handleDuo(org, request);
  }
}

function describe(server: ServerName, request: Request): Asked {
  const action = server === "sts" ? readAction(request) : undefined;
  return { server, method: request.method, path: request.path, ...(action === undefined ? {} : { action }) };
}

function applicationPath(org: Org, label: string | undefined): string {
  const first = org.apps.find(({ application }) => application.name === "amazon_aws") ?? org.apps[0];
  const app = label === undefined ? first : org.apps.find(({ application }) => application.label === label);
  if (app === undefined) throw new Error(`the scenario has no application "${label ?? ""}"`);
  return appPath(app.application.name, app.id);
}

/** @param decision the number that the person picks, nothing for a plain approval, or `reject` */
function decidePush(org: Org, decision: number | "reject" | undefined): boolean {
  const push = findWaiting(org)?.challenge?.push;
  if (push === undefined) return false;
  const isRight = decision === undefined || decision === describePush(org)?.number;
  push.decision = isRight ? "SUCCESS" : "REJECTED";
  return true;
}

function lockAccount(org: Org, login: string | undefined): boolean {
  const person = login === undefined ? org.people[0] : org.people.find(({ user }) => user.login === login);
  if (person === undefined) return false;
  person.locked = true;
  return true;
}

function describePush(org: Org): WaitingPush | undefined {
  const { challenge, person } = findWaiting(org) ?? {};
  const factor = challenge?.enrolled.factor;
  if (challenge?.push === undefined || person === undefined || factor === undefined || !("script" in factor)) return undefined;
  const { push } = challenge;
  const { number, script } = factor;
  return { login: person.user.login, number: push.result.correctAnswer ?? number, manual: script === "manual", expiresAt: push.expiresAt };
}
