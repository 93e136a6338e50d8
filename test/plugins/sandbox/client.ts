import { expect, onTestFinished } from "vitest";
import {
  type Sandbox,
  type SandboxOptions,
  type Scenario,
  scenarios,
  startSandbox,
  type User,
} from "../../../plugins/sandbox/src/index.ts";

/** A sandbox that is closed when the test ends. */
export async function open(scenario: Scenario = scenarios.default, options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ ...options, scenario });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What the text says, where it is JSON: an object without fields where it is not. */
  readonly body: Body;
}

/** The fields of all replies together. Each test reads those that it expects, and fails where they are not. */
export interface Body {
  readonly status: string;
  readonly stateToken: string;
  readonly sessionToken: string;
  readonly factorResult?: string;
  readonly errorCode?: string;
  readonly expiresAt: string;
  readonly id: string;
  readonly pipeline: string;
  readonly errorSummary?: string;
  readonly errorCauses?: readonly { readonly errorSummary: string }[];
  readonly _embedded: {
    readonly user: { readonly profile: unknown };
    readonly factors: readonly { readonly id: string; readonly profile: unknown; readonly _links: { readonly verify: Link } }[];
    readonly factorTypes?: readonly { readonly factorType: string; readonly _links: { readonly next: Link } }[];
    readonly factor?: {
      readonly profile: unknown;
      readonly _embedded: {
        readonly challenge?: { readonly correctAnswer: number };
        readonly activation?: { readonly sharedSecret: string };
      };
    };
    readonly policy: { readonly factorsPolicyInfo: Readonly<Record<string, unknown>> };
  };
  readonly _links: Readonly<Record<"next" | "prev" | "skip" | "cancel" | "original" | "self" | "organization", Link>> & {
    readonly resend: readonly Link[];
  };
}

export interface Link {
  readonly name: string;
  readonly href: string;
  readonly hints: { readonly allow: readonly string[] };
}

/** @param target a path of the org, or a whole link */
export async function post(
  sandbox: Sandbox,
  target: string,
  fields: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const body = typeof fields === "string" ? fields : JSON.stringify(fields);
  return ask(sandbox, target, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
}

export async function get(sandbox: Sandbox, target: string, sid?: string): Promise<Answer> {
  return ask(sandbox, target, { headers: sid === undefined ? {} : { cookie: `sid=${sid}` } });
}

export async function ask(sandbox: Sandbox, target: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(new URL(target, sandbox.origin), { redirect: "manual", ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: readBody(text) };
}

function readBody(text: string): Body {
  return JSON.parse(/^[[{]/u.test(text) ? text : "{}") as Body;
}

/** Where a factor of the list is verified. */
export function verifyLink(body: Body, index = 0): string {
  return body._embedded.factors[index]?._links.verify.href ?? "";
}

export function containing(part: string): unknown {
  return expect.stringContaining(part);
}

/** What a reply says, as far as it is told by a status or a code. */
export function outcome({ status, body }: Answer): readonly [number, string | undefined] {
  return [status, body.errorCode ?? body.factorResult ?? body.status];
}

/** A text of that shape, for an assertion. */
export function like(pattern: RegExp | string): unknown {
  return expect.stringMatching(pattern);
}

export function logIn(sandbox: Sandbox, password = "correct horse"): Promise<Answer> {
  return post(sandbox, "/api/v1/authn", { username: "jdoe", password });
}

/** Jane in another state, with these factors or without any. */
export function playing(user: Partial<User>, scenario: Partial<Scenario> = {}): Scenario {
  return { ...scenarios["no-mfa"], ...scenario, users: scenarios["no-mfa"].users.map((jdoe) => ({ ...jdoe, ...user })) };
}

/** Signs in as far as the choice of a factor; `verify` is where each one is verified. */
export async function begin(sandbox: Sandbox): Promise<{ readonly stateToken: string; readonly verify: (index?: number) => string }> {
  const { body } = await logIn(sandbox);
  return { stateToken: body.stateToken, verify: (index) => verifyLink(body, index) };
}

/** Signs in by password and, where one is asked for, by the first factor's push. */
export async function openSession(sandbox: Sandbox): Promise<string> {
  let { body } = await logIn(sandbox);
  const verify = body.status === "SUCCESS" ? "" : verifyLink(body);
  for (let poll = 0; body.status !== "SUCCESS" && poll < 9; poll += 1)
    ({ body } = await post(sandbox, verify, { stateToken: body.stateToken }));
  const session = await post(sandbox, "/api/v1/sessions", { sessionToken: body.sessionToken });
  return session.body.id;
}

/** The assertion that an app's page carries, base64. */
export async function fetchAssertion(sandbox: Sandbox, label?: string): Promise<string> {
  const page = await get(sandbox, sandbox.applicationUrl(label), await openSession(sandbox));
  return readInput(page.text, "SAMLResponse");
}

/** The value of the last input of that name, as a browser reads it. */
export function readInput(html: string, name: string): string {
  const found = [...html.matchAll(new RegExp(`<input name="${name}"[^>]* value="([^"]*)"`, "gu"))].at(-1)?.[1] ?? "";
  return unescapeHtml(found);
}

export function unescapeHtml(text: string): string {
  return text.replace(/&#x([0-9a-f]+);/gu, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
}

export function readXml(assertion: string): string {
  return Buffer.from(assertion, "base64").toString("utf8");
}

export async function postAssertion(sandbox: Sandbox, assertion: string): Promise<Answer> {
  const init = { method: "POST", body: new URLSearchParams({ SAMLResponse: assertion, RelayState: "" }) };
  return ask(sandbox, sandbox.signInUrl, init);
}
