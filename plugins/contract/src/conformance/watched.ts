import { AsyncLocalStorage } from "node:async_hooks";
import { enforceBans } from "./bans.ts";
import { type Check, demand, Lesson } from "./check.ts";
import { CHECK_MS, interruptibly } from "./interruptible.ts";

/** Of one run of a check. */
interface Watch {
  /** Keeps what a plugin did that no plugin may, and throws it at the plugin, which may catch it. */
  readonly report: (rule: string) => never;
  /** Rejects at the first of it. */
  readonly broken: Promise<never>;
  readonly reported: () => Lesson | undefined;
  /** The function of the plugin that is being called. */
  calling: string;
}

const watches = new AsyncLocalStorage<Watch>();

/** The same checks, each of which fails as well where the plugin does not end, or does what no plugin may. */
export function watchedChecks(kind: string, checks: readonly Check[]): readonly Check[] {
  return checks.map(({ title, run }) => ({ title, run: () => watchCheck(kind, run) }));
}

/** Has messages name the function of the plugin that is called. */
export function calling<T>(name: string, action: () => T): T {
  const watch = watches.getStore();
  if (watch !== undefined) watch.calling = name;
  return action();
}

/** Starts what is asynchronous, and waits no longer than until it does what no plugin may. */
export async function callingLong<T>(name: string, action: () => Promise<T>): Promise<T> {
  const started = calling(name, () => interruptibly(() => name, action));
  const watch = watches.getStore();
  return watch === undefined ? started : Promise.race([started, watch.broken]);
}

/** Runs what is synchronous, so that whoever called can clean up after it even where it does not end. */
export function stoppable<T>(action: () => T): T {
  return interruptibly(() => watches.getStore()?.calling ?? "a plugin", action);
}

/** Runs what is the test's own, and may do what it likes. */
export function unwatched<T>(action: () => T): T {
  return watches.exit(action);
}

let underWay = 0;
let liftBans: () => void = () => undefined;

async function watchCheck(kind: string, run: Check["run"]): Promise<void> {
  const watch = createWatch(kind);
  const environment = { ...process.env };
  let changed: string | undefined;
  if (underWay++ === 0) liftBans = enforceBans((rule) => watches.getStore()?.report(rule));
  try {
    await watches.run(watch, () => interruptibly(() => watch.calling, run, CHECK_MS));
  } catch (error) {
    throw watch.reported() ?? error;
  } finally {
    if (--underWay === 0) liftBans();
    changed = restore(environment);
  }
  const lesson = watch.reported();
  if (lesson !== undefined) throw lesson;
  demand(changed === undefined, `${kind} must leave process.env as it was; it changed ${changed}`);
}

function createWatch(kind: string): Watch {
  const lessons: Lesson[] = [];
  let fail = (_: Lesson): void => undefined;
  const broken = new Promise<never>((_, reject) => {
    fail = reject;
  });
  broken.catch(() => undefined);
  const report = (rule: string): never => {
    const lesson = new Lesson(`${kind} ${rule}`);
    lessons.push(lesson);
    fail(lesson);
    throw lesson;
  };
  return { report, broken, reported: () => lessons[0], calling: kind };
}

/** @returns the first variable that had changed */
function restore(environment: Readonly<NodeJS.ProcessEnv>): string | undefined {
  const names = new Set([...Object.keys(environment), ...Object.keys(process.env)]);
  const changed = [...names].filter((name) => environment[name] !== process.env[name]);
  for (const name of changed) {
    const before = environment[name];
    if (before === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = before;
  }
  return changed[0];
}
