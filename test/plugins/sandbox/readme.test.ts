import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseScenario, scenarios } from "../../../plugins/sandbox/src/index.ts";

const readme = readFileSync(path.join(import.meta.dirname, "../../../plugins/sandbox/README.md"), "utf8");

test("the README lists the scenarios that there are", () => {
  const rows = Object.entries(scenarios).map(([name, { title }]) => `| \`${name}\` | ${title} |`);
  expect(readme).toContain(`| Name | What is played |\n|---|---|\n${rows.join("\n")}\n\n`);
});

test("the README's example of a scenario is one", () => {
  const [, example = ""] = /```json\n([\s\S]*?)```/u.exec(readme) ?? [];
  expect(parseScenario(JSON.parse(example), scenarios.default).users[0]?.login).toBe("ada@example.com");
});
