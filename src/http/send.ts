/**
 * The only way out: one request, one reply, with a deadline, a size cap and no redirects followed.
 * What may be sent twice is retried; a password or a code never is.
 */
import { AppError, CancelledError, RemoteError } from "../errors.ts";
import type { World } from "../world.ts";
import type { Exchange, ReplyHeaders } from "./exchange.ts";
import { timeOf } from "./time-of.ts";
import { unreadable } from "./unreadable.ts";

export interface Request {
  readonly method: "GET" | "POST" | "DELETE";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether sending it twice does no harm; `when limited`: only where a limit of the rate says that the first was not looked at. */
  readonly repeatable: boolean | "when limited";
  readonly timeoutMs?: number;
  /** Ends this request, beside what ends all. */
  readonly signal?: AbortSignal | undefined;
}

export interface Reply {
  readonly status: number;
  readonly headers: ReplyHeaders;
  readonly text: string;
}

/** @throws RemoteError `UNREACHABLE`, `UNREADABLE`, `TIMED_OUT` or `TOO_LARGE`; CancelledError when the signal is aborted */
export type Send = (request: Request) => Promise<Reply>;

/** Who sends, and what ends it. */
export interface Sender {
  readonly signal: AbortSignal;
  readonly userAgent: string;
  /** Nothing is waited for longer; a request may have less patience. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 5 * 1024 * 1024;
const MAX_TRIES = 3;
/** Longer than this nobody waits for a rate limit to end. */
const MAX_WAIT_MS = 60_000;

export function createSend(world: Pick<World, "sleep" | "now"> & { readonly exchange: Exchange }, sender: Sender): Send {
  return async (request) => {
    const signal = request.signal === undefined ? sender.signal : AbortSignal.any([sender.signal, request.signal]);
    for (let attempt = 1; ; attempt++) {
      const outcome = await attemptOnce(world.exchange, request, { ...sender, signal });
      const mayRepeat = request.repeatable === "when limited" ? isLimited(outcome) : request.repeatable;
      const waitMs = mayRepeat && attempt < MAX_TRIES ? waitBeforeRetry(outcome, attempt, world.now()) : undefined;
      if (waitMs === undefined) {
        if (outcome instanceof Error) throw outcome;
        return outcome;
      }
      await world.sleep(waitMs, signal);
    }
  };
}

async function attemptOnce(
  exchange: Exchange,
  request: Request,
  { signal, userAgent, timeoutMs = TIMEOUT_MS }: Sender,
): Promise<Reply | RemoteError> {
  const timeout = AbortSignal.timeout(Math.min(request.timeoutMs ?? timeoutMs, timeoutMs));
  const end = AbortSignal.any([signal, timeout]);
  try {
    const { status, headers, body } = await exchange({
      method: request.method,
      url: request.url,
      headers: { "user-agent": userAgent, "accept-language": "en-US", ...request.headers },
      body: request.body,
      signal: end,
    });
    const text = await readText(body, request.url);
    // A reply that ends with its connection looks whole wherever that is ended.
    end.throwIfAborted();
    return { status, headers, text };
  } catch (error) {
    if (signal.aborted) throw new CancelledError();
    if (error instanceof RemoteError) return error;
    if (error instanceof AppError) throw error;
    if (timeout.aborted) return timedOut(request.url, error);
    return unreadable(request.url.host, error) ?? unreachableHost(request.url, error);
  }
}

async function readText(body: AsyncIterable<Uint8Array>, url: URL): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw tooLarge(url);
    chunks.push(chunk);
  }
  // Not before the next turn is the connection free again: a request that is sent at once would open another one.
  await new Promise((resolve) => setImmediate(resolve));
  return Buffer.concat(chunks).toString("utf8");
}

function tooLarge(url: URL): RemoteError {
  return new RemoteError(`${url.host} sent more than ${MAX_BYTES} bytes`, {
    code: "TOO_LARGE",
    hint: "check that no proxy answers in its place",
  });
}

/** A message or call that was asked for too soon is a 429 too, but the limit that the headers tell of has something left. */
function isLimited(outcome: Reply | RemoteError): boolean {
  return !(outcome instanceof RemoteError) && outcome.status === 429 && outcome.headers.get("x-rate-limit-remaining") === "0";
}

/** How long to wait before the same request again, or undefined if it shall not be sent again. */
function waitBeforeRetry(outcome: Reply | RemoteError, attempt: number, now: Date): number | undefined {
  if (outcome instanceof RemoteError) return outcome.code === "UNREACHABLE" ? 250 * 2 ** attempt : undefined;
  if (outcome.status === 429) return waitForRateLimit(outcome.headers, now);
  return [500, 502, 503, 504].includes(outcome.status) ? 250 * 2 ** attempt : undefined;
}

/** @see https://developer.okta.com/docs/reference/rl-best-practices/ */
function waitForRateLimit(headers: ReplyHeaders, now: Date): number | undefined {
  const resetAtMs = Number(headers.get("x-rate-limit-reset") ?? Number.NaN) * 1000;
  const waitMs = Number.isNaN(resetAtMs) ? 1000 : Math.max(1000, resetAtMs - timeOf(headers, now).getTime());
  return waitMs <= MAX_WAIT_MS ? waitMs : undefined;
}

function timedOut(url: URL, cause: unknown): RemoteError {
  return new RemoteError(`${url.host} did not answer in time`, {
    code: "TIMED_OUT",
    hint: "try again later, or wait longer with --timeout",
    cause,
  });
}

function unreachableHost(url: URL, error: unknown): RemoteError {
  const reason = reasonOf(error);
  return new RemoteError(`cannot reach ${url.host}${reason === undefined ? "" : `: ${reason}`}`, {
    code: "UNREACHABLE",
    hint: "check the organization's name, the network and the proxy",
    cause: error,
  });
}

/** Causes may stand in a chain; the outermost code says it: ECONNREFUSED, ENOTFOUND. */
function reasonOf(error: unknown): string | undefined {
  for (let depth = 0, at: unknown = error; depth < 5 && at instanceof Error; depth++, at = at.cause) {
    if ("code" in at && typeof at.code === "string" && /^[A-Z][A-Z0-9_]+$/.test(at.code)) return at.code;
  }
  return undefined;
}
