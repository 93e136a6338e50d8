import { AsyncLocalStorage } from "node:async_hooks";

/** Code of somebody else's at work, and whatever it began meanwhile: its timers, its promises. */
export interface Shift {
  readonly packageName: string;
  /** What it did that is the host's alone to do, in words. */
  offence: string | undefined;
}

const shifts = new AsyncLocalStorage<Shift>();

export function workAs<T>(shift: Shift, run: () => T): T {
  return shifts.run(shift, run);
}

/** Whose code is running right now; undefined for ours. */
export function whoIsAtWork(): Shift | undefined {
  return shifts.getStore();
}

const awaited = new Set<Shift>();

/** Notes whose promise it is as long as nobody has kept it. */
export async function waitFor<T>(shift: Shift, promise: Promise<T>): Promise<T> {
  awaited.add(shift);
  return promise.finally(() => awaited.delete(shift));
}

/** Whose promise is still to be kept; undefined where there is none, or it is ours. */
export function whoIsWaitedFor(): Shift | undefined {
  return awaited.values().next().value;
}

let lookForDebugger = (): boolean => false;

/** Says how to find out whether somebody looks into the program with a debugger; it costs too much to be found out in vain. */
export function findDebuggerBy(look: () => boolean): void {
  lookForDebugger = look;
}

/** Whoever debugs takes the time that it takes: nothing is ended for being slow. */
export function isDebugged(): boolean {
  return lookForDebugger();
}
