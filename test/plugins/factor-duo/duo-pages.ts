import type { FactorHost, FactorRequest } from "@aws-okta-processor/contract";

/** One request, as it was made: `POST https://… sid=1`, and its headers. */
export interface Sent {
  readonly line: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A reply of Duo's: a page, JSON, or whatever else a status and headers make. */
export interface Page {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>> | readonly (readonly [string, string])[];
  readonly body?: string;
}

export interface Scripted {
  readonly host: FactorHost;
  readonly sent: readonly Sent[];
  readonly said: readonly string[];
}

/** A host whose Duo answers with these in their order, and fails when it is asked once more. */
export function scripted(pages: readonly (Page | Error)[], answers: readonly string[] = [], origin = "https://acme.okta.com"): Scripted {
  const [left, spoken] = [[...pages], [...answers]];
  const sent: Sent[] = [];
  const said: string[] = [];
  const host: FactorHost = {
    origin,
    signal: new AbortController().signal,
    canAsk: () => true,
    ask: async ({ message }) => {
      said.push(`ask: ${message}`);
      return spoken.shift() ?? Promise.reject(new Error(`nobody expected to be asked: ${message}`));
    },
    tell: (message) => said.push(`tell: ${message}`),
    progress: (message) => said.push(`progress: ${message}`),
    fetch: async (url, request) => {
      sent.push(describe(url, request));
      const page = left.shift();
      if (page === undefined) throw new Error(`nobody expected a request to ${url.href}`);
      if (page instanceof Error) throw page;
      return new Response(page.body ?? "", { status: page.status ?? 200, headers: (page.headers ?? {}) as Record<string, string> });
    },
    run: async (command) => Promise.reject(new Error(`nobody expected ${command} to be run`)),
  };
  return { host, sent, said };
}

export function redirectTo(location: string, status = 302): Page {
  return { status, headers: { location } };
}

export function json(value: unknown, status = 200): Page {
  return { status, body: JSON.stringify(value), headers: { "content-type": "application/json" } };
}

function describe(url: URL, { method, headers = {}, body }: FactorRequest): Sent {
  return { line: [method, url.href, body].filter((part) => part !== undefined).join(" "), headers };
}
