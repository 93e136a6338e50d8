import { spawn } from "@lydell/node-pty";
import type { Measurable } from "./run-once.ts";

/** Somebody at a terminal with a stopwatch. */
export interface Typist {
  /** Waits until the terminal has shown it since the last time. @returns when, by the clock of `performance.now` */
  readonly see: (what: RegExp) => Promise<number>;
  /** @returns after how many milliseconds the terminal shows it */
  readonly type: (keys: string, until: RegExp) => Promise<number>;
  readonly hangUp: () => void;
}

const PATIENCE_MS = 30_000;

export function sitDown({ command: [file = "", ...args], env, cwd }: Measurable): Typist {
  const pty = spawn(file, args, { env: { ...env, TERM: "xterm" }, cwd, cols: 160, rows: 30 });
  let unseen = "";
  let look = (): void => undefined;
  pty.onData((data) => {
    unseen += data;
    look();
  });
  const see: Typist["see"] = (what) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`waited for ${what}; the terminal shows:\n${unseen}`)), PATIENCE_MS);
      look = () => {
        const found = what.exec(unseen);
        if (found === null) return;
        clearTimeout(late);
        unseen = unseen.slice(found.index + found[0].length);
        look = () => undefined;
        resolve(performance.now());
      };
      look();
    });
  const type: Typist["type"] = async (keys, until) => {
    unseen = "";
    const startedAt = performance.now();
    pty.write(keys);
    return (await see(until)) - startedAt;
  };
  return { see, type, hangUp: () => pty.kill("SIGKILL") };
}
