import { execFile } from "node:child_process";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import type { InstalledPackage } from "../../src/extensions/registry.ts";
import { extensionsOf } from "../support/extensions.ts";
import { failureOf } from "../support/failure.ts";
import { type Folder, useFolder } from "../support/folder.ts";

const ESM = { "package.json": '{"type":"module"}' };
const FORMAT = "export const format = { credentials: () => 'csv' };";

type Offered = Readonly<Record<string, Readonly<Record<string, string>>>>;

function pack(folder: Folder, offered: Offered, given: Partial<InstalledPackage> = {}): InstalledPackage {
  return {
    name: "acme-plugin",
    version: "1.0.0",
    root: folder.path,
    source: "installed",
    own: false,
    block: { contract: 1, ...offered },
    ...given,
  };
}

const extend = (...packages: readonly InstalledPackage[]) => extensionsOf(packages);

/** A format whose module is this text, in a package of these files. */
function csvOf(module: string, { file = "./csv.js", files = ESM }: { file?: string; files?: Readonly<Record<string, string>> } = {}) {
  const folder = useFolder({ ...files, [path.basename(file)]: module });
  return extend(pack(folder, { formats: { csv: file } })).extensions.format("csv");
}

describe("a module", () => {
  test.each([
    ["is ESM", "./csv.js", ESM, FORMAT],
    ["is ESM by its ending", "./csv.mjs", {}, FORMAT],
    ["is CommonJS whose names Node sees", "./csv.cjs", ESM, "exports.format = { credentials: () => 'csv' };"],
    [
      "is CommonJS whose names Node does not see",
      "./csv.cjs",
      ESM,
      "const all = { format: { credentials: () => 'csv' } }; module.exports = all;",
    ],
    [
      "is what TypeScript makes of ESM for CommonJS",
      "./csv.cjs",
      ESM,
      '"use strict";Object.defineProperty(exports, "__esModule", { value: true });exports.format = { credentials: () => "csv" };',
    ],
    ["is in a package without a type", "./csv.js", { "package.json": "{}" }, "exports.format = { credentials: () => 'csv' };"],
    ["waits before it is ready", "./csv.js", ESM, `await Promise.resolve();${FORMAT}`],
  ])("may be one that %s", async (_, file, files, module) => {
    const { value, packageName } = await csvOf(module, { file, files });
    expect([
      value.credentials?.({ accessKeyId: "", secretAccessKey: "", sessionToken: "", expiration: "" }, { variables: {} }),
      packageName,
    ]).toEqual(["csv", "acme-plugin"]);
  });

  test("is read by Node itself, whatever its kind", async () => {
    const folder = useFolder({
      ...ESM,
      "a.js": FORMAT,
      "b.cjs": "const all = { format: { credentials: () => 'csv' } }; module.exports = all;",
    });
    const load = fileURLToPath(new URL("../../dist/extensions/load.js", import.meta.url));
    const registry = `{ list: () => [], refusal: () => undefined, find: (_, name) => ({ extension: { kind: "formats", name, file: "./" + name, package: { name: "acme", source: "bundled", root: ${JSON.stringify(folder.path)} } } }) }`;
    const script = `const { createExtensions } = await import(${JSON.stringify(pathToFileURL(load).href)});
      const extensions = createExtensions(${registry}, {});
      for (const name of ["a.js", "b.cjs"]) console.log((await extensions.format(name)).value.credentials());`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
    expect(stdout).toBe("csv\ncsv\n");
  });

  test("is not loaded before it is asked for", async () => {
    const folder = useFolder({ ...ESM, "csv.js": "throw new Error('too early');", "tsv.js": FORMAT.replace("csv", "tsv") });
    const { extensions } = extend(pack(folder, { formats: { csv: "./csv.js", tsv: "./tsv.js" } }));
    expect((await extensions.format("tsv")).packageName).toBe("acme-plugin");
  });

  const failed = (how: string) => ({
    name: "BugError",
    code: "PLUGIN_FAILED",
    message: `acme-plugin ${how} (csv)`,
    hint: "report it to its authors, or run: aws-okta-processor plugins uninstall acme-plugin",
  });

  test.each([
    ["throws", "throw new TypeError('x');"],
    ["throws nothing", "throw undefined;"],
    ["is no JavaScript", "export const ="],
    ["imports what is not there", "import 'nowhere';"],
  ])("that %s is named with its package", async (_, module) => {
    expect(await failureOf(() => csvOf(module))).toEqual(failed("cannot be loaded"));
  });

  test("that is not there is named with its package", async () => {
    const folder = useFolder(ESM);
    expect(await failureOf(() => extend(pack(folder, { formats: { csv: "./none.js" } })).extensions.format("csv"))).toEqual(
      failed("cannot be loaded"),
    );
  });

  test.each([
    ["nothing", ""],
    ["another name", "export const shell = { credentials: () => 'csv' };"],
    ["a default alone", "export default () => 'csv';"],
    ["undefined", "export const format = undefined;"],
    ["a function", "export const format = () => 'csv';"],
    ["an object of the wrong shape", "export const format = { credentials: 'csv', roles: 1 };"],
  ])("that exports %s is named with its package", async (_, module) => {
    expect(await failureOf(() => csvOf(module))).toEqual(failed("has no export format of the contract's shape"));
  });

  test.each(["../evil.js", "./../evil.js", "/etc/evil.js", "evil.js", "dist/../../evil.js", "file:///etc/evil.js", "node:fs", "./", "."])(
    "at %s is outside its package and refused",
    async (file) => {
      const folder = useFolder({ "evil.js": FORMAT, "inside/package.json": '{"type":"module"}' });
      const inside = pack(folder, { formats: { csv: file } }, { root: path.join(folder.path, "inside") });
      expect(await failureOf(() => extend(inside).extensions.format("csv"))).toEqual(failed("names a file outside itself"));
    },
  );

  test("of a package whose name begins like another's is outside of it", async () => {
    const folder = useFolder({ "inside/package.json": "{}", "inside-evil/evil.mjs": FORMAT });
    const inside = pack(folder, { formats: { csv: "./../inside-evil/evil.mjs" } }, { root: path.join(folder.path, "inside") });
    expect(await failureOf(() => extend(inside).extensions.format("csv"))).toEqual(failed("names a file outside itself"));
  });
});

describe("the shape", () => {
  test.each([
    ["formats", "format", "{ roles: () => [] }"],
    ["formats", "format", "{ credentials: () => '' }"],
    ["shells", "shell", "{ render: () => '', unset: () => '', evaluate: '' }"],
  ] as const)("of %s may be %s = %s", async (kind, name, value) => {
    const { extensions } = extend(pack(useFolder({ ...ESM, "a.js": `export const ${name} = ${value};` }), { [kind]: { a: "./a.js" } }));
    expect((await extensions[name]("a")).packageName).toBe("acme-plugin");
  });

  test.each(["{ render: () => '' }", "{ unset: () => '' }", "{ render: '', unset: '' }", "null"])(
    "of a shell may not be %s",
    async (value) => {
      const { extensions } = extend(pack(useFolder({ ...ESM, "a.js": `export const shell = ${value};` }), { shells: { a: "./a.js" } }));
      expect((await failureOf(() => extensions.shell("a"))).message).toBe("acme-plugin has no export shell of the contract's shape (a)");
    },
  );

  test.each(["{ describe: () => '' }", "{ respond: () => '' }", "[]"])("of a factor may not be %s", async (value) => {
    const { extensions } = extend(pack(useFolder({ ...ESM, "a.js": `export const factor = ${value};` }), { factors: { "a:b": "./a.js" } }));
    expect((await failureOf(() => extensions.factor("a:b", undefined))).message).toBe(
      "acme-plugin has no export factor of the contract's shape (a:b)",
    );
  });
});

describe("a factor", () => {
  const named = (...names: readonly string[]) => {
    const modules = names.map((name, index) => [
      `${index}.js`,
      `export const factor = { describe: () => ${JSON.stringify(name)}, respond: () => 0 };`,
    ]);
    const folder = useFolder({ ...ESM, ...Object.fromEntries(modules) });
    return extend(pack(folder, { factors: Object.fromEntries(names.map((name, index) => [name, `./${index}.js`])) })).extensions;
  };
  const plain = { key: "", factorType: "", provider: "", vendorName: undefined, profile: {} };

  test.each([
    ["its vendor's name", "claims_provider:custom", "Duo Universal Prompt", "claims_provider:custom/duo universal prompt"],
    ["its key, of another vendor", "claims_provider:custom", "Other", "claims_provider:custom"],
    ["its key, without a vendor", "claims_provider:custom", undefined, "claims_provider:custom"],
    ["its type", "claims_provider:other", "Duo Universal Prompt", "claims_provider:*"],
    ["its longer type", "token:software:totp:google", undefined, "token:software:totp:*"],
    ["its shorter type", "token:rsa", undefined, "token:*"],
  ])("is found by %s, the most exact first", async (_, key, vendor, name) => {
    const names = [
      "token:*",
      "claims_provider:*",
      "claims_provider:custom",
      "Claims_Provider:Custom/Duo Universal Prompt",
      "token:software:totp:*",
    ];
    expect((await named(...names).factor(key, vendor))?.value.describe(plain)).toBe(name === names[3]?.toLowerCase() ? names[3] : name);
  });

  test.each(["sms:okta", "token:software:totp:okta", "", "token"])("%j that nobody answers is not found", async (key) => {
    expect(await named("token:*", "push:okta").factor(key, undefined)).toBe(undefined);
  });

  test("of another contract is not found, and told", async () => {
    const { extensions, told } = extend(
      pack(useFolder(), { factors: { "sms:okta": "./a.js" } }, { block: { contract: 9, factors: { "sms:*": "./a.js" } } }),
    );
    expect([await extensions.factor("sms:okta", undefined), told]).toEqual([
      undefined,
      ["acme-plugin offers sms:*, but is written for contract 9, and this program speaks 1"],
    ]);
  });
});

describe("what is not installed", () => {
  test.each([
    ["format", 'there is no format "xml" (--output)', "installed: csv, tsv"],
    ["shell", 'there is no shell "xml" (--target-shell)', "installed: nu"],
  ] as const)("is told of a %s, with what is", async (name, message, hint) => {
    const { extensions } = extend(pack(useFolder(), { formats: { tsv: "./a.js", csv: "./a.js" }, shells: { nu: "./a.js" } }));
    expect(await failureOf(() => extensions[name]("xml"))).toEqual({ name: "UsageError", code: "EXTENSION_UNKNOWN", message, hint });
  });

  test("because it is for another contract is told as that", async () => {
    const { extensions } = extend(pack(useFolder(), {}, { block: { contract: 2, formats: { csv: "./a.js" } } }));
    expect(await failureOf(() => extensions.format("csv"))).toMatchObject({
      code: "EXTENSION_UNKNOWN",
      message: "acme-plugin offers csv, but is written for contract 2, and this program speaks 1",
    });
  });
});

test("whose code is used where that is not plain is told, before it runs", async () => {
  const folder = useFolder({ ...ESM, "csv.js": "throw new Error('x');" });
  const { extensions, told } = extend(pack(folder, { formats: { csv: "./csv.js" } }, { source: "linked", own: true }));
  await failureOf(() => extensions.format("csv"));
  expect(told).toEqual(["csv comes from the linked package acme-plugin"]);
});
