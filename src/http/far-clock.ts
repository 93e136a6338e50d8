import type { ReplyHeaders } from "./exchange.ts";
import type { Send } from "./send.ts";
import { timeOf } from "./time-of.ts";

/** Less than this is the network's, and nobody's harm. */
const TOLERATED_MS = 60_000;

export interface ClockWatch {
  readonly now: () => Date;
  /** Hears of it once. */
  readonly warn: (sentence: string) => void;
}

/** The same door; who goes through it learns whether this machine's clock is wrong. */
export function watchClock(send: Send, { now, warn }: ClockWatch): Send {
  let isTold = false;
  return async (request) => {
    const askedAt = now();
    const reply = await send(request);
    if (isTold) return reply;
    const skew = describeSkew(askedAt, now(), reply.headers);
    if (skew === undefined) return reply;
    isTold = true;
    warn(`this machine's clock is ${skew} ${request.url.host}; set it, for codes and the end of credentials are judged by it`);
    return reply;
  };
}

/** The reply was written between these two moments. One out of a cache tells of an older one. */
function describeSkew(askedAt: Date, gotAt: Date, headers: ReplyHeaders): string | undefined {
  if (headers.has("age")) return undefined;
  const theirs = timeOf(headers, askedAt).getTime();
  const aheadMs = askedAt.getTime() - theirs;
  const behindMs = theirs - gotAt.getTime();
  if (aheadMs > TOLERATED_MS) return `${inMinutes(aheadMs)} ahead of`;
  return behindMs > TOLERATED_MS ? `${inMinutes(behindMs)} behind` : undefined;
}

function inMinutes(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}
