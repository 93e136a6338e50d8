import type { ReadStream, WriteStream } from "node:tty";

export interface PromptOptions {
  readonly name: string;
  readonly message: string;
  readonly separator?: string;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
}

/** What is used of enquirer's prompts; its own types leave most of it out. @see https://github.com/enquirer/enquirer#-custom-prompts */
export declare class Prompt {
  readonly state: { size: number; submitted: boolean; cancelled?: boolean; prompt: string };
  readonly styles: Readonly<Record<"primary" | "strong" | "muted" | "danger", (text: string) => string>>;
  readonly height: number;
  readonly width: number;
  input: string;
  cursor: number;
  value: unknown;
  constructor(options: PromptOptions);
  run(): Promise<string>;
  clear(lines: number): void;
  write(text: string): void;
  restore(): void;
  alert(): void;
  prefix(): Promise<string>;
  submit(): Promise<void>;
}

export type PromptClass = typeof Prompt;
