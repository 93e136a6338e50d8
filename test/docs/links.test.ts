import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { pages, ROOT } from "./markdown.ts";

test.each(pages.map(({ file }) => file))("every link of %s leads to something that is there", (file) => {
  const { text } = pages.find((page) => page.file === file) ?? { text: "" };
  const targets = Array.from(withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g), ([, target = ""]) => target);
  expect(targets.filter((target) => !/^https:\/\//.test(target) && !isThere(path.join(ROOT, path.dirname(file)), file, target))).toEqual(
    [],
  );
});

test("every page is linked from the README", () => {
  const readme = pages.find(({ file }) => file === "README.md")?.text ?? "";
  expect(pages.map(({ file }) => file).filter((file) => file !== "README.md" && !readme.includes(`](${file})`))).toEqual([]);
});

function isThere(folder: string, from: string, target: string): boolean {
  const [name = "", anchor] = target.split("#");
  const file = name === "" ? path.join(ROOT, from) : path.join(folder, name);
  return existsSync(file) && (anchor === undefined || anchorsOf(readFileSync(file, "utf8")).includes(anchor));
}

/** As the usual hosts make them from headings. */
function anchorsOf(text: string): readonly string[] {
  const headings = Array.from(withoutBlocks(text).matchAll(/^#+ (.*)$/gm), ([, heading = ""]) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function withoutBlocks(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, "");
}
