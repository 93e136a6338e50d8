import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { type IPty, spawn } from "@lydell/node-pty";
import type { Ran, Surroundings } from "./process.ts";

/** Somebody at a terminal while a program runs whose stdin is closed, and whose stdout and stderr go elsewhere. */
export interface Sitting {
  readonly pid: number;
  /** Waits until the terminal shows it, after what was seen before. */
  readonly see: (what: string | RegExp) => Promise<void>;
  readonly type: (text: string) => void;
  /** The window is closed. */
  readonly hangUp: () => void;
  readonly end: () => Promise<Ended>;
}

export interface Ended extends Ran {
  /** All that the terminal has shown, without its control sequences. */
  readonly shown: string;
  /** `stty -g` before the program and after it. */
  readonly settings: { readonly before: string; readonly after: string };
}

export const ENTER = "\r";
export const CONTROL_C = "\u0003";
export const DOWN = "\u001b[B";
export const UP = "\u001b[A";

/** A shell around the program, as a person's own: it outlives Ctrl-C and looks at the terminal before and after. */
const AROUND = 'trap : INT; stty -g </dev/tty >before; "$@" >out 2>err <&-; code=$?; stty -g </dev/tty >after; exit $code';
/** No shell: the program itself is told when the window is closed. It reads nothing from stdin, but somebody must hold the terminal open. */
const ALONE = 'exec "$@" >out 2>err';

export interface SittingOptions extends Surroundings {
  readonly alone?: boolean;
  readonly patienceMs?: number;
}

export async function sitDown(
  command: readonly string[],
  { env, cwd, alone = false, patienceMs = 15_000 }: SittingOptions,
): Promise<Sitting> {
  const records = await mkdtemp(path.join(tmpdir(), "aop-pty-"));
  const script = `${(alone ? ALONE : AROUND).replaceAll(/([<>])(before|out|err|after)/g, `$1'${records}/$2'`)}`;
  const pty = spawn("/bin/sh", ["-c", script, "sh", ...command], { env: { ...env, TERM: "xterm" }, cwd, cols: 160, rows: 30 });
  const watch = watchScreen(pty, patienceMs);
  const exited = new Promise<number>((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)));
  const read = (name: string) => readFile(path.join(records, name), "utf8").catch(() => "");
  return {
    pid: pty.pid,
    see: watch.see,
    type: (text) => pty.write(text),
    hangUp: () => closeWindow(pty),
    end: async () => {
      const exitCode = await watch.within(exited, "the program to end");
      const [stdout, stderr, before, after] = await Promise.all(["out", "err", "before", "after"].map(read));
      await rm(records, { recursive: true });
      return {
        stdout: stdout ?? "",
        stderr: stderr ?? "",
        exitCode,
        shown: watch.shown(),
        settings: { before: before ?? "", after: after ?? "" },
      };
    },
  };
}

/** Its types leave out that a terminal of Unix can be closed. */
function closeWindow(pty: IPty): void {
  (pty as IPty & { readonly destroy: () => void }).destroy();
}

interface Screen {
  readonly shown: () => string;
  readonly see: (what: string | RegExp) => Promise<void>;
  readonly within: <T>(promise: Promise<T>, what: string) => Promise<T>;
}

function watchScreen(pty: IPty, patienceMs: number): Screen {
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
      setTimeout(giveUp, patienceMs).unref();
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
