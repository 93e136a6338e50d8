import { readdir, readFile } from "node:fs/promises";
import type { Account } from "@aws-okta-processor/sandbox";

/** What make.py wrote: a command line and the file that holds what it prints. */
export interface Golden {
  readonly golden: string;
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A name below the home, and the credentials that the original kept there. */
export type KeptGolden = Golden & { readonly kept: readonly [name: string, content: string] };
export type ListedGolden = Golden & { readonly scene: string };

export interface Scene {
  readonly scene: string;
  readonly accounts: readonly Account[];
}

export async function readCases(): Promise<readonly (KeptGolden | ListedGolden)[]> {
  return (await readLines("cases.jsonl")) as readonly (KeptGolden | ListedGolden)[];
}

export async function readScenes(): Promise<readonly Scene[]> {
  return (await readLines("scenes.jsonl")) as readonly Scene[];
}

export function readGolden(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), "utf8");
}

/** The golden files that there are, by name. */
export async function listGoldens(): Promise<readonly string[]> {
  const names = await readdir(new URL(".", import.meta.url), { recursive: true });
  return names.map((name) => name.replaceAll("\\", "/")).filter((name) => name.endsWith(".out"));
}

async function readLines(name: string): Promise<readonly unknown[]> {
  const text = await readFile(new URL(name, import.meta.url), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}
