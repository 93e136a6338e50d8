import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { pageOf, ROOT, tableRows } from "./markdown.ts";

const readme = pageOf("README.md").text;
const blocks = readdirSync(path.join(ROOT, "plugins")).flatMap((name) => readBlock(path.join(ROOT, "plugins", name)));

test.each([
  ["factors", ["`--factor`"], []],
  ["formats", ["`--output` of get-roles", "`--output` of authenticate"], ["env"]],
  ["shells", ["`--target-shell`"], []],
] as const)("the README lists the %s that are installed", (kind, heads, more) => {
  const listed = heads.flatMap((head) => rowsUnder(head).flatMap(([names = ""]) => names.replaceAll("`", "").split(", ")));
  const others = Array.from(new Set(listed)).filter((name) => !more.some((other) => other === name));
  expect(others.toSorted()).toEqual(blocks.flatMap((block) => Object.keys(block[kind] ?? {})).toSorted());
});

test("the README says of each shell how its lines are used", async () => {
  for (const [names = "", use] of rowsUnder("`--target-shell`")) {
    for (const name of names.replaceAll("`", "").split(", ")) expect(use, name).toBe(asCode(await evaluateOf(name)));
  }
});

test("the README asks for the Node that package.json asks for", () => {
  const { engines } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as { readonly engines: { readonly node: string } };
  expect(readme).toContain(`Node.js ${engines.node.replace(">=", "")} or later`);
});

test("how a command runs is told in ten steps", () => {
  const steps = Array.from(pageOf("docs/how-a-command-runs.md").text.matchAll(/^\*\*(\d+)\. /gm), ([, number]) => Number(number));
  expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

interface Block {
  readonly folder: string;
  readonly factors?: Readonly<Record<string, string>>;
  readonly formats?: Readonly<Record<string, string>>;
  readonly shells?: Readonly<Record<string, string>>;
}

function readBlock(folder: string): readonly Block[] {
  const { awsOktaProcessor } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
    readonly awsOktaProcessor?: Omit<Block, "folder">;
  };
  return awsOktaProcessor === undefined ? [] : [{ ...awsOktaProcessor, folder }];
}

async function evaluateOf(name: string): Promise<string> {
  const block = blocks.find(({ shells }) => shells?.[name] !== undefined);
  const module = (await import(path.join(block?.folder ?? "", block?.shells?.[name] ?? ""))) as {
    readonly shell: { readonly evaluate: string };
  };
  return module.shell.evaluate;
}

/** As Markdown has it, with two marks where the code has one of its own. */
function asCode(text: string): string {
  return text.includes("`") ? `\`\`${text}\`\`` : `\`${text}\``;
}

/** The rows of the table whose first column has this head. */
function rowsUnder(head: string): readonly (readonly string[])[] {
  const rows = tableRows(readme.slice(readme.indexOf(`| ${head} |`)).split("\n\n")[0] ?? "");
  return rows.slice(1);
}
