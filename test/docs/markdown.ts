import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A fenced block of a page. */
export interface Block {
  /** `README.md:40`, for messages. */
  readonly place: string;
  readonly language: string;
  /** What follows the language: `file=~/.aws/config`, which is there from the first command on; or `edit=src/format.ts`. */
  readonly file: string | undefined;
  /** Whether it is written where it stands, for commands above it make its folder or want it as it was. */
  readonly isEdit: boolean;
  readonly lines: readonly string[];
}

/** What stands under one heading of the second level; its examples are one session. */
export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export interface Page {
  readonly file: string;
  readonly text: string;
  readonly sections: readonly Section[];
}

/** README.md and what is in docs; decisions are not for newcomers and promise nothing. */
export const pages: readonly Page[] = ["README.md", ...docs()].map(readPage);

export function pageOf(file: string): Page {
  const page = pages.find((candidate) => candidate.file === file);
  if (page === undefined) throw new Error(`there is no ${file}`);
  return page;
}

/** The cells of every table row, code marks left out. */
export function tableRows(text: string): readonly (readonly string[])[] {
  const rows = text.split("\n").filter((line) => line.startsWith("|") && !/^\|[-|\s]+$/.test(line));
  return rows.map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.replaceAll("\\|", "|").trim()),
  );
}

function docs(): readonly string[] {
  return readdirSync(path.join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md") && path.dirname(name) !== "decisions")
    .map((name) => `docs/${name}`)
    .toSorted();
}

function readPage(file: string): Page {
  const text = readFileSync(path.join(ROOT, file), "utf8");
  const sections: { title: string; blocks: Block[] }[] = [{ title: "", blocks: [] }];
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const [, title] = /^## (.*)$/.exec(line) ?? [];
    if (title !== undefined) sections.push({ title, blocks: [] });
    const [, language, how, file_] = /^```(\w*)(?: (file|edit)=(\S+))?$/.exec(line) ?? [];
    if (language === undefined) {
      if (line.startsWith("```")) throw new Error(`${file}:${at + 1} has a fence that nobody reads: ${line}`);
      continue;
    }
    const end = lines.indexOf("```", at + 1);
    if (end === -1) throw new Error(`${file}:${at + 1} opens a block that never ends`);
    const block = { place: `${file}:${at + 1}`, language, file: file_, isEdit: how === "edit", lines: lines.slice(at + 1, end) };
    sections.at(-1)?.blocks.push(block);
    at = end;
  }
  return { file, text, sections };
}
