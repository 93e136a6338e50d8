import type { FactorAnswer, FactorHost, Question } from "@aws-okta-processor/contract";
import { type DuoAccount, type Factor, type Sandbox, startSandbox } from "@aws-okta-processor/sandbox";
import { test as base } from "vitest";
import { factor } from "../../../plugins/factor-duo/src/universal-prompt.ts";
import { createCookieJar, withCookies } from "../../../src/http/cookies.ts";
import { fetchElsewhere } from "../../../src/http/elsewhere.ts";
import { createSend, type Reply } from "../../../src/http/send.ts";
import { withFactors } from "../../support/scenario.ts";
import { createWorld } from "../../support/world.ts";

export const enrolled = {
  key: "claims_provider:custom",
  factorType: "claims_provider",
  provider: "CUSTOM",
  vendorName: "Duo Universal Prompt",
  profile: {},
} as const;

function duoFactor(duo: DuoAccount): Factor {
  return { factorType: "claims_provider", provider: "CUSTOM", vendorName: "Duo Universal Prompt", duo };
}

/** Somebody who has given their password, and whom Okta has sent to Duo. */
export interface Visitor {
  readonly sandbox: Sandbox;
  readonly url: URL;
  /** What the factor answers there, and all that it said; a person's answers are used up in their order. */
  readonly respond: (...answers: readonly string[]) => Promise<Visited>;
  /** Opens an address of the org with the org's cookies, and says whose session they are then. */
  readonly comeBack: (url: URL) => Promise<unknown>;
  readonly cancel: () => void;
}

export interface Visited {
  readonly answer: FactorAnswer;
  readonly said: readonly (string | Question)[];
  /** Answers that nobody asked for. */
  readonly left: readonly string[];
}

/** Vitest's `test` with `visit`; the sandboxes are closed at its end. */
export const test = base.extend<{ readonly visit: (duo: DuoAccount) => Promise<Visitor> }>({
  visit: async ({ onTestFinished }, use) => {
    await use(async (duo) => {
      const sandbox = await startSandbox({ scenario: withFactors("default", duoFactor(duo)) });
      onTestFinished(() => sandbox.close());
      return goToDuo(sandbox);
    });
  },
});

async function goToDuo(sandbox: Sandbox): Promise<Visitor> {
  const cancel = new AbortController();
  const send = createSend(createWorld(), { userAgent: "test/1", signal: cancel.signal });
  const toOrg = withCookies(send, createCookieJar(), () => new Date());
  const get = (url: string) => toOrg({ method: "GET", url: new URL(url, sandbox.origin), headers: {}, repeatable: false });
  const post = async (url: string, fields: unknown) => readBody(await toOrg(asJson(new URL(url, sandbox.origin), fields)));
  const first = await post("/api/v1/authn", { username: "jdoe", password: "correct horse" });
  const challenged = await post(first._embedded.factors[0]?._links.verify.href ?? "", { stateToken: first.stateToken });
  const away = await get(challenged._links.next.href);
  const url = new URL(away.headers.get("location") ?? "");
  return {
    sandbox,
    url,
    respond: async (...answers) => {
      const said: (string | Question)[] = [];
      const left = [...answers];
      const host = createHost({ sandbox, said, left, signal: cancel.signal });
      return { answer: await factor.respond({ kind: "elsewhere", url }, host, enrolled), said, left };
    },
    comeBack: async (back) => {
      const home = await get(back.href);
      const page = home.status === 302 ? await get(home.headers.get("location") ?? "") : home;
      const { login, mfaActive } = readBody(await get("/api/v1/sessions/me"));
      return [page.status, login, mfaActive];
    },
    cancel: () => cancel.abort(),
  };
}

interface Given {
  readonly sandbox: Pick<Sandbox, "origin">;
  readonly said: (string | Question)[];
  readonly left: string[];
  readonly signal: AbortSignal;
}

/** Speaks to the hosts that the package names and to no other, as the program does. */
function createHost({ sandbox: { origin }, said, left, signal }: Given): FactorHost {
  const send = createSend(createWorld(), { userAgent: "test/1", signal });
  const hosts = ["*.duosecurity.com", "*.duofederal.com"];
  return {
    origin,
    signal,
    canAsk: () => true,
    ask: async (question) => {
      said.push(question);
      const answer = left.shift();
      if (answer === undefined) throw new Error(`nobody expected to be asked: ${question.message}`);
      return answer;
    },
    tell: (message) => said.push(`tell: ${message}`),
    progress: (message) => said.push(`progress: ${message}`),
    fetch: (url, request) => fetchElsewhere(send, { url, ...request }, { origin, plugin: "factor-duo", hosts }),
    run: async (command) => Promise.reject(new Error(`nobody expected ${command} to be run`)),
  };
}

interface Body {
  readonly stateToken: string;
  readonly login: string;
  readonly mfaActive: boolean;
  readonly _embedded: { readonly factors: readonly { readonly _links: { readonly verify: { readonly href: string } } }[] };
  readonly _links: { readonly next: { readonly href: string } };
}

function asJson(url: URL, fields: unknown) {
  return { method: "POST", url, headers: { "content-type": "application/json" }, body: JSON.stringify(fields), repeatable: false } as const;
}

function readBody({ text }: Reply): Body {
  return JSON.parse(text) as Body;
}
