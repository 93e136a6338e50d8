import { mkdtemp, readFile } from "node:fs/promises";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { type IPty, spawn } from "@lydell/node-pty";
import type { Ran, Surroundings } from "./process.ts";

/** Somebody at a terminal where a program runs. */
export interface Sitting {
  readonly pid: number;
  /** Waits until the terminal shows it, after what was seen before. */
  readonly see: (what: string | RegExp) => Promise<void>;
  /** All that the terminal has shown, without its control sequences. */
  readonly shown: () => string;
  readonly type: (text: string) => void;
  /** The window is closed. */
  readonly hangUp: () => void;
  readonly end: () => Promise<Ended>;
}

export interface Ended extends Ran {
  readonly shown: string;
  /** `stty -g` before the program and after it. */
  readonly settings: { readonly before: string; readonly after: string };
}

export const ENTER = "\r";
export const CONTROL_C = "\u0003";
export const CONTROL_D = "\u0004";
export const DOWN = "\u001b[B";
export const UP = "\u001b[A";

const LOOK = (name: string) => `stty -g </dev/tty >"$0/${name}"`;

const WAYS = {
  /** As a person's shell runs it for a variable: stdin closed, stdout and stderr elsewhere. The shell outlives Ctrl-C. */
  "in a shell": `trap : INT; ${LOOK("before")}; "$@" >"$0/out" 2>"$0/err" <&-; code=$?; ${LOOK("after")}; exit $code`,
  /** All of it at the terminal. */
  "on a screen": `trap : INT; ${LOOK("before")}; "$@"; code=$?; ${LOOK("after")}; exit $code`,
  /** No shell: the program itself is told when the window is closed. Somebody must hold the terminal open, and here it is stdin. */
  alone: 'exec "$@" >"$0/out" 2>"$0/err"',
};

export interface SittingOptions extends Surroundings {
  /** For what is written down. */
  readonly folder: string;
  readonly way?: keyof typeof WAYS;
}

const PATIENCE_MS = 15_000;

export async function sitDown(command: readonly string[], { env, cwd, folder, way = "in a shell" }: SittingOptions): Promise<Sitting> {
  const records = await mkdtemp(path.join(folder, "terminal-"));
  const pty = spawn("/bin/sh", ["-c", WAYS[way], records, ...command], { env: { ...env, TERM: "xterm" }, cwd, cols: 160, rows: 30 });
  const watch = watchScreen(pty);
  const exited = new Promise<number>((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)));
  const read = (name: string) => readFile(path.join(records, name), "utf8").catch(() => "");
  return {
    pid: pty.pid,
    see: watch.see,
    shown: watch.shown,
    type: (text) => pty.write(text),
    hangUp: () => closeWindow(pty),
    end: async () => {
      const exitCode = await watch.within(exited, "the program to end");
      const settings = { before: await read("before"), after: await read("after") };
      return { stdout: await read("out"), stderr: await read("err"), exitCode, shown: watch.shown(), settings };
    },
  };
}

/** Its types leave out that a terminal of Unix can be closed. */
function closeWindow(pty: IPty): void {
  // node-pty sends a SIGHUP of its own after the kernel's; it may meet a program that has let go of its handlers and is about to end.
  Object.assign(pty, { kill: () => undefined });
  (pty as IPty & { readonly destroy: () => void }).destroy();
}

interface Screen {
  readonly shown: () => string;
  readonly see: (what: string | RegExp) => Promise<void>;
  readonly within: <T>(promise: Promise<T>, what: string) => Promise<T>;
}

function watchScreen(pty: IPty): Screen {
  let raw = "";
  let seen = 0;
  let look = () => {};
  pty.onData((data) => {
    raw += data;
    look();
  });
  const shown = () => stripVTControlCharacters(raw).replaceAll("\r\n", "\n");
  const within = async <T>(promise: Promise<T>, what: string): Promise<T> => {
    const late = new Promise<never>((_resolve, reject) => {
      const giveUp = () => reject(new Error(`waited for ${what}; the terminal shows:\n${shown()}`));
      setTimeout(giveUp, PATIENCE_MS).unref();
    });
    return Promise.race([promise, late]);
  };
  const see = (what: string | RegExp) => {
    const found = new Promise<void>((resolve) => {
      look = () => {
        const rest = shown().slice(seen);
        const match = typeof what === "string" ? { index: rest.indexOf(what), length: what.length } : matchOf(what, rest);
        if (match.index === -1) return;
        seen += match.index + match.length;
        look = () => {};
        resolve();
      };
      look();
    });
    return within(found, String(what));
  };
  return { shown, see, within };
}

function matchOf(pattern: RegExp, text: string): { readonly index: number; readonly length: number } {
  const match = pattern.exec(text);
  return { index: match?.index ?? -1, length: match?.[0].length ?? 0 };
}
