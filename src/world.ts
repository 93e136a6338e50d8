/** Somebody whose turn this process has waited for before the program was loaded, and which may be over. */
export interface WaitedFor {
  /** What the turn was for. */
  readonly file: string;
  readonly holder: string;
}

/** What happened before the program was loaded. */
export interface Doorstep {
  readonly waitedFor?: WaitedFor | undefined;
  readonly taken?: readonly string[] | undefined;
}

/** What the program takes from outside, handed in by main so that nothing else touches the process, the clock or the network. */
export interface World {
  readonly waitedFor: WaitedFor | undefined;
  /** What this process took the locks of before the program was loaded: whoever takes one here takes it out. */
  readonly taken: Set<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The same for the programs that we start: without our secrets. */
  readonly childEnv: Readonly<Record<string, string | undefined>>;
  /** What was given on the command line and taken out of it, by option. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly platform: string;
  /** The device files of the terminal that the person sits at, whether there is one or not. */
  readonly terminal: { readonly input: string; readonly output: string };
  /** The program that runs this one: Node. */
  readonly execPath: string;
  /** This process, by its number and its machine. */
  readonly pid: number;
  readonly hostName: string;
  readonly cwd: string;
  /** The person's home directory, or undefined where there is none. */
  readonly home: string | undefined;
  readonly now: () => Date;
  /** Resolves after `ms`, rejects at once when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** The same, but it does not keep the program going. */
  readonly doze: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Aborted by Ctrl-C, a closed terminal or a request to end. */
  readonly signal: AbortSignal;
  /** The first line of standard input, without its end; undefined where that is a terminal, which would show what is typed. */
  readonly readInput: () => Promise<string | undefined>;
  /** The programs that called this one, by name, the nearest first. */
  readonly ancestors: () => readonly string[];
  /** To be called before somebody else's code is loaded: from then on it cannot write to standard output, and not block or end the program. */
  readonly admitStranger: (packageName: string) => void;
  /** Standard output where it is a terminal. */
  readonly outputTerminal: () => { readonly columns: number; readonly hasColors: boolean } | undefined;
  /** The answer, written once, at the end. */
  readonly writeOutput: (text: string) => void;
  /** Errors, warnings and, without a terminal, what only informs. */
  readonly writeDiagnosis: (text: string) => void;
}
