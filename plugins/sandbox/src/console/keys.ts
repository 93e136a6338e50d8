import type { ReadStream } from "node:tty";

const CONTROL_C = "\u0003";
const CONTROL_D = "\u0004";

export interface Keys {
  /** Gives the terminal back as it was. */
  readonly release: () => void;
}

/** Listens for single keys; Ctrl-C and Ctrl-D arrive as `stop`. */
export function listenForKeys(stdin: ReadStream, onKey: (key: string) => void): Keys {
  const onData = (chunk: Buffer): void => {
    for (const char of chunk.toString("utf8")) onKey(char === CONTROL_C || char === CONTROL_D ? "stop" : char.toLowerCase());
  };
  stdin.setRawMode(true);
  stdin.on("data", onData);
  stdin.resume();
  return {
    release: () => {
      stdin.off("data", onData);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}
