export const COMMANDS = ["authenticate", "get-roles"] as const;
export type CommandName = (typeof COMMANDS)[number];
export type OptionKind = "text" | "switch" | "duration" | "organization" | "url";

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
  readonly group: "Okta" | "AWS" | "Output" | "Cache";
  readonly help: string;
  /** The commands in which it has an effect. */
  readonly commands: readonly CommandName[];
  /** The commands that take it without effect, as the original does. */
  readonly ignoredBy?: readonly CommandName[];
  readonly secret?: true;
  /** Not an option of the original: it takes no shortened flag away from one that is. */
  readonly added?: true;
  /** An empty variable is a value of its own, and not "not given". */
  readonly emptyIsValue?: true;
  /** Of one command line alone: it has neither a variable nor a key in a dotfile. */
  readonly flagOnly?: true;
  /** A dotfile in the working directory may set it only to a host of AWS, or not at all. */
  readonly fromWorkingDirectory?: "aws-only" | "never";
  /** Known only to be refused, with this advice; it is in no help and no list. */
  readonly refused?: string;
}
