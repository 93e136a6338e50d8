import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const repository = path.join(import.meta.dirname, "../..");

/** Each line is one import that a rule forbids: the rule, who imports, what it imports, what the rule names. */
const FORBIDDEN: readonly (readonly [rule: string, from: string, specifier: string, to: string])[] = [
  ["ground-stands-on-nothing", "src/bad-ground.ts", "./http/send.ts", "src/http/send.ts"],
  ["doors-are-strangers", "src/cache/bad-sideways.ts", "../terminal/prompt.ts", "src/terminal/prompt.ts"],
  ["doors-are-strangers", "src/files/bad-sideways.ts", "../cache/shelf.ts", "src/cache/shelf.ts"],
  ["doors-are-strangers", "src/http/bad-upwards.ts", "../okta/api.ts", "src/okta/api.ts"],
  ["domains-are-strangers", "src/aws/bad-sideways.ts", "../okta/api.ts", "src/okta/api.ts"],
  ["domains-are-strangers", "src/okta/bad-door.ts", "../cache/shelf.ts", "src/cache/shelf.ts"],
  ["domains-are-strangers", "src/aws/bad-door.ts", "../files/lock.ts", "src/files/lock.ts"],
  ["domains-are-strangers", "src/options/bad-upwards.ts", "../flows/flow.ts", "src/flows/flow.ts"],
  ["flows-know-no-front", "src/flows/bad-upwards.ts", "../commands/get.ts", "src/commands/get.ts"],
  ["main-is-the-top", "src/commands/bad-upwards.ts", "../main.ts", "src/main.ts"],
  ["few-know-oclif", "src/extensions/bad-registry.ts", "@oclif/core", "node_modules/@oclif/core/index.js"],
  ["few-know-oclif", "src/flows/bad-oclif.ts", "@oclif/core", "node_modules/@oclif/core/index.js"],
  ["warm-reaches-no-package", "src/warm/bad-package.ts", "../cache/write.ts", "node_modules/writer/index.js"],
  ["warm-reaches-no-work", "src/warm/bad-work.ts", "../options/remote.ts", "src/http/send.ts"],
  ["host-knows-no-plugin", "src/extensions/bad-bundled.ts", "@aws-okta-processor/shell-one", "plugins/shell-one/src/one.ts"],
  ["contract-is-types-only", "plugins/shell-one/src/bad-value.ts", "@aws-okta-processor/contract", "plugins/contract/src/index.ts"],
  ["plugins-know-the-contract-only", "plugins/shell-two/src/bad-host.ts", "../../../src/errors.ts", "src/errors.ts"],
  ["plugins-know-the-contract-only", "plugins/shell-two/src/bad-sister.ts", "../../shell-one/src/one.ts", "plugins/shell-one/src/one.ts"],
  ["host-knows-no-test", "src/okta/bad-test.ts", "../../test/support.ts", "test/support.ts"],
  ["no-cycle", "src/okta/bad-circle-back.ts", "./bad-circle.ts", "src/okta/bad-circle.ts"],
  ["no-unresolvable", "src/okta/bad-lost.ts", "./gone.ts", "./gone.ts"],
  ["declared-packages-only", "plugins/shell-one/src/bad-borrowed.ts", "writer", "node_modules/writer/index.js"],
  ["no-dev-package-in-the-product", "src/okta/bad-dev.ts", "tester", "node_modules/tester/index.js"],
];

/** A small house in order. */
const HOUSE: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({
    name: "house",
    type: "module",
    dependencies: { "@oclif/core": "1", writer: "1", "@aws-okta-processor/shell-one": "1" },
    devDependencies: { tester: "1", "@aws-okta-processor/contract": "1" },
  }),
  "node_modules/@oclif/core/package.json": JSON.stringify({ name: "@oclif/core", version: "1.0.0", main: "index.js" }),
  "node_modules/@oclif/core/index.js": "exports.x = 1;",
  "node_modules/writer/package.json": JSON.stringify({ name: "writer", version: "1.0.0", main: "index.js" }),
  "node_modules/writer/index.js": "exports.x = 1;",
  "node_modules/tester/package.json": JSON.stringify({ name: "tester", version: "1.0.0", main: "index.js" }),
  "node_modules/tester/index.js": "exports.x = 1;",
  "plugins/contract/package.json": JSON.stringify({ name: "@aws-okta-processor/contract", type: "module", exports: "./src/index.ts" }),
  "plugins/contract/src/index.ts": "export interface Shell { readonly name: string }\nexport const version = 1;\n",
  "plugins/shell-one/package.json": JSON.stringify({
    name: "@aws-okta-processor/shell-one",
    type: "module",
    exports: "./src/one.ts",
    devDependencies: { "@aws-okta-processor/contract": "1" },
  }),
  "plugins/shell-one/src/one.ts":
    'import type { Shell } from "@aws-okta-processor/contract";\nexport const shell: Shell = { name: "one" };\n',
  "plugins/shell-two/package.json": JSON.stringify({ name: "@aws-okta-processor/shell-two", type: "module", exports: "./src/two.ts" }),
  "plugins/shell-two/src/two.ts": 'import os from "node:os";\nexport const x = os.EOL;\n',
  "test/support.ts": 'import os from "node:os";\nexport const x = os.EOL;\n',
  "src/errors.ts": "export const x = 1;\n",
  "src/main.ts": importing("@oclif/core", "./flows/flow.ts", "./commands/get.ts"),
  "src/commands/get.ts": importing("@oclif/core", "../flows/flow.ts", "../options/table.ts"),
  "src/flows/flow.ts": importing("../okta/api.ts", "../aws/roles.ts", "../cache/shelf.ts", "../files/lock.ts", "../terminal/prompt.ts"),
  "src/okta/api.ts": importing("../http/send.ts", "../errors.ts"),
  "src/aws/roles.ts": importing("../http/send.ts"),
  "src/options/table.ts": importing("../errors.ts"),
  "src/options/remote.ts": importing("../http/send.ts"),
  "src/commands/discovery.ts": importing("@oclif/core"),
  "src/http/send.ts": importing("../errors.ts"),
  "src/cache/shelf.ts": importing("../errors.ts"),
  "src/files/lock.ts": importing("../errors.ts"),
  "src/cache/write.ts": importing("writer"),
  "src/terminal/prompt.ts": importing("../errors.ts"),
  "src/warm/warm.ts": `${importing("../options/table.ts", "../cache/shelf.ts", "node:fs")}import { shells } from "virtual:bundled-shells";\nexport { shells };\n`,
};

let good: string;
let bad: string;

beforeAll(() => {
  good = build(HOUSE);
  bad = build({ ...HOUSE, ...badFiles() });
});

afterAll(() => {
  for (const folder of [good, bad]) rmSync(folder, { recursive: true, force: true });
});

test("a house in order breaks no rule", () => {
  expect(cruise(good)).toStrictEqual([]);
});

test("every forbidden import is found by its rule, and nothing else is", () => {
  const expected = [
    ...FORBIDDEN.map(([rule, from, , to]) => `${rule}: ${from} -> ${to}`),
    "no-orphan: src/okta/bad-orphan.ts -> src/okta/bad-orphan.ts",
  ];
  expect(cruise(bad)).toStrictEqual(expected.sort());
});

test("every rule is shown to fail", () => {
  const code = 'console.log(JSON.stringify(require("./.dependency-cruiser.cjs").forbidden.map(({ name }) => name)))';
  const rules: unknown = JSON.parse(execFileSync(process.execPath, ["-e", code], { cwd: repository, encoding: "utf8" }));
  expect(rules).toStrictEqual(expect.arrayContaining([...new Set(FORBIDDEN.map(([rule]) => rule))]));
  expect(rules).toHaveLength(new Set([...FORBIDDEN.map(([rule]) => rule), "no-orphan"]).size);
});

function importing(...specifiers: readonly string[]): string {
  return specifiers.map((specifier, index) => `import * as i${index} from "${specifier}";\nexport { i${index} };\n`).join("");
}

function badFiles(): Readonly<Record<string, string>> {
  const broken = FORBIDDEN.map(([, from, specifier]) => [from, importing(specifier)] as const);
  return {
    ...Object.fromEntries(broken),
    "src/okta/bad-circle.ts": importing("./bad-circle-back.ts"),
    "src/okta/bad-orphan.ts": "export const x = 1;\n",
  };
}

function build(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "aop-floors-"));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  mkdirSync(path.join(folder, "node_modules/@aws-okta-processor"));
  for (const name of ["contract", "shell-one"]) {
    symlinkSync(path.join(folder, "plugins", name), path.join(folder, "node_modules/@aws-okta-processor", name));
  }
  for (const file of [".dependency-cruiser.cjs", "tsconfig.base.json"]) cpSync(path.join(repository, file), path.join(folder, file));
  return folder;
}

/** @returns `rule: from -> to` of every violation, sorted */
function cruise(folder: string): readonly string[] {
  const program = path.join(repository, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const { stdout, stderr } = spawnSync(process.execPath, [program, "src", "plugins", "--output-type", "json"], {
    cwd: folder,
    encoding: "utf8",
  });
  if (stderr !== "") throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as { summary: { violations: readonly { rule: { name: string }; from: string; to: string }[] } };
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`).sort();
}
