import type { ReplyHeaders } from "./exchange.ts";

/** The time of whoever sent a reply; ours where it tells none. */
export function timeOf(headers: ReplyHeaders, now: Date): Date {
  const sentAtMs = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(sentAtMs) ? now : new Date(sentAtMs);
}
