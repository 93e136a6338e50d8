import type { ReadStream, WriteStream } from "node:tty";

/** What is used of enquirer's prompts; its own types leave most of it out. @see https://github.com/enquirer/enquirer#-custom-prompts */
export interface PromptOptions {
  readonly name: string;
  readonly message: string;
  readonly separator?: string;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
}

/** Methods, for a class of ours overrides them. */
export interface Prompt {
  readonly state: { size: number; submitted: boolean; cancelled?: boolean; prompt: string };
  readonly styles: Readonly<Record<"primary" | "strong" | "muted" | "danger", (text: string) => string>>;
  readonly height: number;
  readonly width: number;
  input: string;
  cursor: number;
  value: unknown;
  run(): Promise<never>;
  clear(lines: number): void;
  write(text: string): void;
  restore(): void;
  alert(): void;
  prefix(): Promise<string>;
  submit(): Promise<void>;
  cancel(): Promise<void>;
}

export type PromptClass = new (options: PromptOptions) => Prompt;
