import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const UPDATE = "node scripts/node24.cjs vitest run test/plugins/contract/api.test.ts --update";
const LESSON = `a change of contract 1 is a decision: see docs/decisions/0017-what-contract-one-promises.md, then update the snapshot by \`${UPDATE}\``;

const entries = [
  ["@aws-okta-processor/contract", "index.d.ts"],
  ["@aws-okta-processor/contract/conformance", "conformance/index.d.ts"],
] as const;

test("what contract 1 declares is what was decided", async () => {
  await expect(declarations(), LESSON).toMatchFileSnapshot("contract-1.d.ts.txt");
});

test("what contract 1 declares is read, names and shapes and no comments", () => {
  const declared = declarations();
  for (const name of ["ContractVersion", "Factor", "Format", "Shell", "PluginExamples", "pluginChecks", "Check"])
    expect(declared).toMatch(new RegExp(`\\b(interface|type|function) ${name}\\b`));
  expect(declared).toContain('readonly canAsk: (purpose: Question["purpose"]) => boolean;');
  expect(declared).not.toContain("/**");
});

/** What the built package declares, without comments: each exported name by its declaration, in the order of the alphabet. */
function declarations(): string {
  const files = entries.map(([, file]) => fileURLToPath(new URL(`../../../plugins/contract/dist/${file}`, import.meta.url)));
  const program = ts.createProgram(files, { module: ts.ModuleKind.Node20, noLib: true, types: [] });
  const parts = entries.map(([name], index) => `// ${name}\n\n${exportsOf(program, files[index] ?? "").join("\n\n")}\n`);
  return parts.join("\n");
}

function exportsOf(program: ts.Program, file: string): readonly string[] {
  const checker = program.getTypeChecker();
  const printer = ts.createPrinter({ removeComments: true });
  const source = program.getSourceFile(file);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${file} is no module; build first`);
  const symbols = checker
    .getExportsOfModule(module)
    .map((symbol) => ((symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol));
  return symbols
    .flatMap(({ declarations = [] }) => declarations.map((node) => printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile())))
    .sort();
}
