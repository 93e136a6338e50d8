export const COMMANDS = ["authenticate", "get-roles"] as const;
export type CommandName = (typeof COMMANDS)[number];
export type OptionKind = "text" | "switch" | "duration" | "patience" | "organization" | "region" | "url" | "packages";

/** What is kept where the keychain of the caches cannot be used. */
export const CACHE_FALLBACKS = ["nothing", "plain", "fail"] as const;

/** The value of a flag that has none: no argument of a command line can hold it. */
export const STANDS_ALONE = "\0";

export interface OptionRow {
  /** The long flag and the dotfile key. */
  readonly name: string;
  readonly char?: string;
  readonly env?: string;
  readonly kind: OptionKind;
  /** What stands for the value in help. */
  readonly value?: string;
  readonly default?: string;
  readonly defaultOnWindows?: string;
  readonly group: "Okta" | "AWS" | "Output" | "Cache" | "Network" | "Plugins";
  readonly help: string;
  /** The commands in which it has an effect. */
  readonly commands: readonly CommandName[];
  /** The commands that take it without effect, as the original does. */
  readonly ignoredBy?: readonly CommandName[];
  readonly secret?: true;
  /** Not an option of the original, in all commands or in these: it takes no shortened flag away from one that is. */
  readonly added?: true | readonly CommandName[];
  /** What it takes are the names of what is installed. */
  readonly completes?: "factors" | "formats" | "shells" | "keychains";
  /** What it takes, where that is closed, or what it takes beside those names. */
  readonly values?: readonly string[];
  /** What it takes beside what is installed, in a command. */
  readonly alsoTakes?: Readonly<Partial<Record<CommandName, readonly string[]>>>;
  /** The flag may stand alone, which gives it the value `STANDS_ALONE`. */
  readonly valueOptional?: true;
  /** An empty variable is a value of its own, and not "not given". */
  readonly emptyIsValue?: true;
  /** Of one command line alone, in all commands or in these: neither its variable nor a key in a dotfile is read. */
  readonly flagOnly?: true | readonly CommandName[];
  /** Not of a command line: only its variable and a key in a dotfile are read. */
  readonly noFlag?: true;
  /** A dotfile in the working directory may set it only to a host of AWS, or not at all. */
  readonly fromWorkingDirectory?: "aws-only" | "never";
  /** Known only to be refused, with this advice; it is in no help and no list. */
  readonly refused?: string;
}

/** Whether a mark of a row holds in a command. */
export function holdsIn(command: CommandName, mark: true | readonly CommandName[] | undefined): boolean {
  return mark === true || mark?.includes(command) === true;
}
