/**
 * The dialogue with the person, at the terminal device and nowhere else. Without one, what informs goes to stderr and what asks is an error
 * that names the option which would have answered. Silence stops information, never a question.
 */
import type { Finished } from "@aws-okta-processor/contract";
import { UsageError } from "../errors.ts";
import type { World } from "../world.ts";
import { cleanText } from "./clean.ts";
import { type Device, openDevice } from "./device.ts";
import type { MenuItem } from "./menu-items.ts";
import type { Program } from "./run-child.ts";

export interface Question {
  readonly message: string;
  /** What to do where nobody can be asked: `give --user or AWS_OKTA_USER`. */
  readonly remedy: string;
}

export interface Menu<T> extends Question {
  readonly items: readonly MenuItem<T>[];
}

export interface Terminal {
  /** Whether anybody can be asked. */
  readonly attended: boolean;
  readonly ask: (question: Question) => Promise<string>;
  readonly askSecret: (question: Question) => Promise<string>;
  readonly choose: <T>(menu: Menu<T>) => Promise<T>;
  /** A line that stays and is shown even in silence, for one cannot go on without it. */
  readonly announce: (line: string) => void;
  /** A line that stays. */
  readonly tell: (line: string) => void;
  /** The one line that says what is waited for; replaced by the next, gone when done. */
  readonly progress: (line: string | undefined) => void;
  /**
   * Runs a program, to which the terminal belongs meanwhile; it sees no secret of ours.
   *
   * @returns undefined where there is no such program; a shell says so by the exit code 127
   * @throws CancelledError, and UsageError `COMMAND_FAILED` where it cannot be run, writes too much, does not end or is ended by a signal
   */
  readonly run: (program: Program) => Promise<Finished | undefined>;
  readonly close: () => void;
}

type Surroundings = Pick<World, "terminal" | "signal" | "writeDiagnosis" | "childEnv" | "sleep">;

export function openTerminal(world: Surroundings, silent: boolean): Terminal {
  const device = openDevice(world.terminal);
  return device === undefined ? refusingTerminal(world, silent) : speakingTerminal(device, world, silent);
}

const ERASE_LINE = "\r\u001b[2K";

function speakingTerminal(device: Device, world: Surroundings, silent: boolean): Terminal {
  const { signal } = world;
  let shown: string | undefined;
  const erase = () => {
    if (shown !== undefined) device.write(ERASE_LINE);
    shown = undefined;
  };
  const write = (line: string) => {
    erase();
    device.write(`${cleanText(line)}\n`);
  };
  const prompts = async () => {
    erase();
    return import("./prompts.ts");
  };
  return {
    attended: true,
    ask: async (question) => (await prompts()).askText(device, cleanText(question.message), signal),
    askSecret: async (question) => (await prompts()).askSecret(device, cleanText(question.message), signal),
    choose: async (menu) => (await prompts()).chooseItem(device, { message: cleanText(menu.message), items: menu.items }, signal),
    announce: write,
    tell: (line) => (silent ? undefined : write(line)),
    progress: (line) => {
      if (line === shown || silent) return;
      erase();
      if (line !== undefined) device.write(cleanText(line));
      shown = line;
    },
    run: async (program) => {
      erase();
      return (await import("./run-child.ts")).runChild(program, world, device);
    },
    close: () => {
      erase();
      device.close();
    },
  };
}

function refusingTerminal(world: Surroundings, silent: boolean): Terminal {
  let last: string | undefined;
  const write = (line: string) => {
    if (line !== last) world.writeDiagnosis(`${cleanText(line)}\n`);
    last = line;
  };
  const refuse = ({ message, remedy }: Question): Promise<never> =>
    Promise.reject(new UsageError(`there is no terminal to ask for: ${cleanText(message)}`, { code: "NO_TERMINAL", hint: remedy }));
  return {
    attended: false,
    ask: refuse,
    askSecret: refuse,
    choose: refuse,
    announce: write,
    tell: (line) => (silent ? undefined : write(line)),
    progress: (line) => (silent || line === undefined ? undefined : write(line)),
    run: async (program) => (await import("./run-child.ts")).runChild(program, world, undefined),
    close: () => undefined,
  };
}
