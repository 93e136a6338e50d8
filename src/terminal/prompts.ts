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

/** Ends with the answer, or with CancelledError on Ctrl-C, a closed terminal or an aborted signal; the terminal is then as it was. */
async function runPrompt<T>(
  device: Device,
  signal: AbortSignal,
  run: (streams: Omit<PromptOptions, "name" | "message">) => Promise<T>,
): Promise<T> {
  const { input, output } = openStreams(device);
  const restore = guardReadline();
  try {
    const gone = new Promise<never>((_resolve, reject) => {
      const cancel = () => reject(new CancelledError());
      for (const event of ["end", "close", "error"]) input.on(event, cancel);
      output.on("error", cancel);
      signal.addEventListener("abort", cancel, { once: true });
    });
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
 * @see https://github.com/enquirer/enquirer/issues/483
 */
function guardReadline(): () => void {
  const create = readline.createInterface;
  readline.createInterface = ((...given: Parameters<typeof create>) => {
    const created = create(...given);
    const pause = created.pause.bind(created);
    let closed = false;
    created.once("close", () => {
      closed = true;
    });
    created.pause = () => (closed ? created : pause());
    created.on("SIGINT", () => undefined);
    return created;
  }) as typeof create;
  return () => {
    readline.createInterface = create;
  };
}
