import { type Call, matches } from "./call.ts";
import type { Clock } from "./clock.ts";
import type { Reply } from "./http/message.ts";
import type { Fault } from "./scenario.ts";

/** Looks for the fault that takes the place of a reply, and counts it down. */
export type FaultFinder = (call: Omit<Call, "at" | "status">) => Reply | undefined;

export function createFaultFinder(faults: readonly Fault[], clock: Clock): FaultFinder {
  const armed = faults.map((fault) => ({ fault, seen: 0 }));
  return (call) => {
    const meant = armed.filter(({ fault }) => matches(fault.on, call));
    for (const entry of meant) entry.seen += 1;
    const due = meant.find(({ fault, seen }) => isDue(fault, seen));
    return due === undefined ? undefined : replyOf(due.fault, clock);
  };
}

function isDue(fault: Fault, seen: number): boolean {
  const passed = seen - (fault.after ?? 0);
  return passed > 0 && passed <= (fault.times ?? Number.POSITIVE_INFINITY);
}

function replyOf(fault: Fault, clock: Clock): Reply {
  const headers = {
    date: clock.now().toUTCString(),
    "content-type": fault.contentType ?? "application/json",
    ...rateHeaders(fault, clock),
    ...fault.headers,
  };
  return { status: fault.status, headers, body: fault.body ?? "" };
}

function rateHeaders(fault: Fault, clock: Clock): Reply["headers"] {
  if (fault.rateLimitResetSeconds === undefined) return {};
  const reset = Math.ceil(clock.now().getTime() / 1000) + fault.rateLimitResetSeconds;
  return { "x-rate-limit-limit": "600", "x-rate-limit-remaining": "0", "x-rate-limit-reset": String(reset) };
}
