import readline from "node:readline";
import enquirer from "enquirer";
import { CancelledError } from "../errors.ts";
import type { Device } from "./device.ts";
import { createMenu, type MenuOptions } from "./menu.ts";
import type { PromptClass, PromptOptions } from "./prompt-class.ts";

const { Input, Password } = enquirer as unknown as { readonly Input: PromptClass; readonly Password: PromptClass };

/** Between a question and its answer. */
const SEPARATOR = "›";

export function askText(device: Device, message: string, signal: AbortSignal): Promise<string> {
  return runPrompt(device, signal, (streams) => new Input({ name: "text", message, separator: SEPARATOR, ...streams }).run());
}

export function askSecret(device: Device, message: string, signal: AbortSignal): Promise<string> {
  return runPrompt(device, signal, (streams) => new Password({ name: "secret", message, separator: SEPARATOR, ...streams }).run());
}

export function chooseItem<T>(device: Device, options: MenuOptions<T>, signal: AbortSignal): Promise<T> {
  return runPrompt(device, signal, (streams) => createMenu({ ...options, ...streams }));
}

/** Ends with the answer, or with CancelledError on Ctrl-C, Ctrl-D, a closed terminal or an aborted signal; the terminal is then as it was. */
async function runPrompt<T>(
  device: Device,
  signal: AbortSignal,
  run: (streams: Omit<PromptOptions, "name" | "message">) => Promise<T>,
): Promise<T> {
  const { input, output } = openStreams(device);
  let cancel = (): void => undefined;
  const gone = new Promise<never>((_resolve, reject) => {
    cancel = () => reject(new CancelledError());
  });
  const restore = guardReadline(cancel);
  try {
    for (const event of ["end", "close", "error"]) input.on(event, cancel);
    output.on("error", cancel);
    signal.addEventListener("abort", cancel, { once: true });
    return await Promise.race([run({ stdin: input, stdout: output }), gone]);
  } catch (error) {
    throw error instanceof Error ? error : new CancelledError();
  } finally {
    restore();
    if (!input.destroyed) input.setRawMode(false);
    input.destroy();
    output.destroy();
  }
}

/** A terminal that was there and cannot be opened was closed. */
function openStreams(device: Device): ReturnType<Device["open"]> {
  try {
    return device.open();
  } catch (error) {
    throw new CancelledError("cancelled", { code: "CANCELLED", cause: error });
  }
}

/**
 * enquirer 2.4.1 pauses a readline interface that Ctrl-C has closed already, which Node throws at from 24.2 on. For the time of a prompt,
 * Ctrl-C closes nothing by itself and a closed interface is not paused.
 *
 * Ctrl-D on an empty line closes the interface behind enquirer's back, which then waits for ever, or, with nothing else to wait for, ends
 * the process as if all were well. enquirer itself pauses before it closes: whatever closes without that is the end of the input.
 *
 * @see https://github.com/enquirer/enquirer/issues/483
 */
function guardReadline(onEnd: () => void): () => void {
  const create = readline.createInterface;
  readline.createInterface = ((...given: Parameters<typeof create>) => {
    const created = create(...given);
    const pause = created.pause.bind(created);
    const close = created.close.bind(created);
    let state: "open" | "paused" | "closed" = "open";
    created.pause = () => {
      if (state === "closed") return created;
      state = "paused";
      return pause();
    };
    created.close = () => {
      if (state === "open") onEnd();
      close();
      state = "closed";
    };
    created.on("SIGINT", () => undefined);
    // Ctrl-Z would pause it for good: Node does so when the program goes on, and enquirer does not hear of it.
    created.on("SIGTSTP", () => undefined);
    // It repeats the errors of a terminal that was closed; the prompt has heard of them.
    created.on("error", () => undefined);
    return created;
  }) as typeof create;
  return () => {
    readline.createInterface = create;
  };
}
