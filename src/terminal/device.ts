import { closeSync, openSync, writeSync } from "node:fs";
import { ReadStream, WriteStream } from "node:tty";
import type { World } from "../world.ts";

/** The terminal that the person sits at, whatever the standard streams are. */
export interface Device {
  readonly write: (text: string) => void;
  /** Fresh streams for one prompt; both must be destroyed after it. */
  readonly open: () => { readonly input: ReadStream; readonly output: WriteStream };
  /** Descriptors for a program; they may be closed as soon as it has started. */
  readonly lend: () => { readonly input: number; readonly output: number; readonly close: () => void };
  readonly close: () => void;
}

/** What the terminal that a process belongs to is called. */
export function terminalFiles(platform: string): World["terminal"] {
  return platform === "win32" ? { input: "\\\\.\\CONIN$", output: "\\\\.\\CONOUT$" } : { input: "/dev/tty", output: "/dev/tty" };
}

/** @returns undefined where there is none: a service, a cron job, an editor */
export function openDevice({ input, output }: World["terminal"]): Device | undefined {
  const descriptor = tryOpen(output);
  if (descriptor === undefined) return undefined;
  return {
    write: (text) => writeIfThere(descriptor, text),
    open: () => ({ input: new ReadStream(openSync(input, "r+")), output: new WriteStream(openSync(output, "r+")) }),
    lend: () => lend(input, output),
    close: () => closeSync(descriptor),
  };
}

function lend(inputName: string, outputName: string): ReturnType<Device["lend"]> {
  const input = openSync(inputName, "r+");
  const output = openSync(outputName, "r+");
  return {
    input,
    output,
    close: () => {
      closeSync(input);
      closeSync(output);
    },
  };
}

/** Nobody reads what is written to a terminal that was closed. */
function writeIfThere(descriptor: number, text: string): void {
  try {
    writeSync(descriptor, text);
  } catch {
    return;
  }
}

function tryOpen(name: string): number | undefined {
  try {
    return openSync(name, "r+");
  } catch {
    return undefined;
  }
}
