import { type Call, matches } from "./call.ts";
import type { Clock } from "./clock.ts";
import type { Fate, Reply } from "./http/message.ts";
import type { Fault } from "./scenario.ts";

/** Looks for the fault that is due at a call, and counts it down. */
export type FaultFinder = (call: Omit<Call, "at" | "status">) => DueFault | undefined;

export interface DueFault {
  /** In place of the endpoint's own, where there is one. */
  readonly reply: Reply | undefined;
  readonly fate: Fate;
}

export function createFaultFinder(faults: readonly Fault[], clock: Clock): FaultFinder {
  const armed = faults.map((fault) => ({ fault, seen: 0 }));
  return (call) => {
    const meant = armed.filter(({ fault }) => matches(fault.on, call));
    for (const entry of meant) entry.seen += 1;
    const due = meant.find(({ fault, seen }) => isDue(fault, seen));
    return due === undefined ? undefined : describe(due.fault, clock);
  };
}

function isDue(fault: Fault, seen: number): boolean {
  const passed = seen - (fault.after ?? 0);
  return passed > 0 && passed <= (fault.times ?? Number.POSITIVE_INFINITY);
}

function describe(fault: Fault, clock: Clock): DueFault {
  const { mebibytes, encodings, wire, status } = fault;
  return { reply: status === undefined ? undefined : replyOf(status, fault, clock), fate: { mebibytes, encodings, wire } };
}

function replyOf(status: number, fault: Fault, clock: Clock): Reply {
  const headers = {
    date: clock.now().toUTCString(),
    "content-type": fault.contentType ?? "application/json",
    ...rateHeaders(fault, clock),
    ...fault.headers,
  };
  return { status, headers, body: fault.body ?? "" };
}

function rateHeaders(fault: Fault, clock: Clock): Reply["headers"] {
  if (fault.rateLimitResetSeconds === undefined) return {};
  const reset = Math.ceil(clock.now().getTime() / 1000) + fault.rateLimitResetSeconds;
  return { "x-rate-limit-limit": "600", "x-rate-limit-remaining": "0", "x-rate-limit-reset": String(reset) };
}
