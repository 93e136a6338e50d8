import { stoppable } from "./watched.ts";

const SHIFT_MS = 400 * 24 * 3_600_000 + 5 * 3_600_000 + 7 * 60_000 + 11_000;

/** Runs what is synchronous in another year, at another hour: what is pure does the same then. */
export function atAnotherTime<T>(action: () => T): T {
  const now = globalThis.Date;
  globalThis.Date = laterThan(now);
  try {
    return stoppable(action);
  } finally {
    globalThis.Date = now;
  }
}

function laterThan(Now: DateConstructor): DateConstructor {
  return new Proxy(Now, {
    get: (target, name): unknown => (name === "now" ? () => Now.now() + SHIFT_MS : Reflect.get(target, name)),
    construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [Now.now() + SHIFT_MS] : args, self) as Date,
    apply: () => new Now(Now.now() + SHIFT_MS).toString(),
  });
}
