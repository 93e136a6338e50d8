import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRegistry, type InstalledPackage } from "../../src/extensions/registry.ts";
import { failureOf } from "../support/failure.ts";

const block = (offered: Readonly<Record<string, unknown>> = { formats: { csv: "./dist/csv.js" } }, contract: unknown = 1) => ({
  contract,
  ...offered,
});

function pack(name: string, given: Partial<InstalledPackage> = {}): InstalledPackage {
  return { name, version: "1.0.0", root: `/plugins/${name}`, source: "installed", own: false, block: block(), ...given };
}

const bundled = pack("@aws-okta-processor/format-csv", { source: "bundled", own: true });

/** Whose csv is used, and what is told of it. */
function csvOf(...packages: readonly InstalledPackage[]) {
  const found = createRegistry(packages).find("formats", "csv");
  return found === undefined ? undefined : [found.extension.package.name, found.notice];
}

describe("a package", () => {
  test("offers what its block names, by kind", () => {
    const offered = { factors: { "push:okta": "./a.js" }, formats: { csv: "./b.js", tsv: "./b.js" }, shells: { nu: "./c.js" } };
    const registry = createRegistry([pack("acme", { block: block(offered) })]);
    const list = (kind: "factors" | "formats" | "shells") => registry.list(kind).map(({ name, file }) => [name, file]);
    expect([list("factors"), list("formats"), list("shells")]).toEqual([
      [["push:okta", "./a.js"]],
      [
        ["csv", "./b.js"],
        ["tsv", "./b.js"],
      ],
      [["nu", "./c.js"]],
    ]);
  });

  test("is listed for a name where it would be used for it", () => {
    const listed = (...packages: readonly InstalledPackage[]) =>
      createRegistry(packages)
        .list("formats")
        .map((one) => one.package.name);
    expect([listed(pack("zebra"), bundled), listed(pack("zebra", { source: "linked" }), bundled, pack("acme"))]).toEqual([
      [bundled.name],
      ["zebra"],
    ]);
  });

  test("is found under each of its names, in lower case", () => {
    const registry = createRegistry([pack("acme", { block: block({ formats: { CSV: "./b.js" } }) })]);
    expect([registry.find("formats", "csv")?.extension.name, registry.find("formats", "CSV"), registry.find("shells", "csv")]).toEqual([
      "csv",
      undefined,
      undefined,
    ]);
  });

  test.each([
    [undefined],
    [null],
    ["block"],
    [[]],
    [{}],
    [{ contract: 1 }],
    [block({ formats: null })],
    [block({ formats: ["./a.js"] })],
    [block({ formats: { csv: 1, tsv: null, xml: {} } })],
    [block({ commands: { csv: "./a.js" } })],
  ])("whose block is %j offers nothing", (given) => {
    const registry = createRegistry([pack("acme", { block: given })]);
    expect([registry.list("formats"), registry.find("formats", "csv")]).toEqual([[], undefined]);
  });

  test("may call what it offers like what JavaScript knows", () => {
    const registry = createRegistry([
      pack("acme", { block: JSON.parse('{"contract":1,"shells":{"__proto__":"./a.js","constructor":"./b.js"}}') }),
    ]);
    expect([registry.list("shells").map(({ name }) => name), registry.find("shells", "toString")]).toEqual([
      ["__proto__", "constructor"],
      undefined,
    ]);
  });
});

describe("a name", () => {
  test("of one package is used without a word", () => {
    expect(csvOf(bundled)).toEqual([bundled.name, undefined]);
  });

  test("that is bundled is reserved; who else claims it is told", () => {
    expect(csvOf(pack("acme"), bundled)).toEqual([bundled.name, "csv is the bundled one; acme offers it too and is not used for it"]);
  });

  test("that is bundled may be an update that the person installed, and that is told", () => {
    expect(csvOf({ ...bundled, source: "installed", version: "2.0.0" })).toEqual([
      bundled.name,
      `csv comes from ${bundled.name} 2.0.0, installed in place of the bundled one`,
    ]);
  });

  test("that is bundled stays reserved for its update", () => {
    const update: InstalledPackage = { ...bundled, source: "installed" };
    expect(csvOf(pack("acme"), update, pack("zebra"))).toEqual([
      bundled.name,
      "csv is the bundled one; acme offers it too and is not used for it",
    ]);
  });

  test("of a linked package replaces any other, and that is told", () => {
    const linked = pack("zebra", { source: "linked" });
    expect([csvOf(linked, bundled), csvOf(pack("acme"), linked), csvOf({ ...bundled, source: "linked" })]).toEqual([
      ["zebra", "csv comes from the linked package zebra"],
      ["zebra", "csv comes from the linked package zebra"],
      [bundled.name, `csv comes from the linked package ${bundled.name}`],
    ]);
  });

  test("of a linked package that replaces nothing is used without a word", () => {
    expect(csvOf(pack("zebra", { source: "linked" }))).toEqual(["zebra", undefined]);
  });

  test.each(["installed", "linked"] as const)("of two %s packages is an error that names both, when it is asked for", async (source) => {
    const registry = createRegistry([pack("zebra", { source }), pack("acme", { source })]);
    expect(await failureOf(() => registry.find("formats", "csv"))).toEqual({
      name: "UsageError",
      code: "EXTENSION_AMBIGUOUS",
      message: "both acme and zebra offer csv",
      hint: "uninstall one of them: aws-okta-processor plugins uninstall zebra",
    });
    expect([registry.list("formats").map(({ name }) => name), registry.find("formats", "tsv")]).toEqual([["csv"], undefined]);
  });
});

describe("a package for another contract", () => {
  const foreign = pack("acme", { block: block(undefined, 2) });

  test("offers nothing, and is named with the reason where its name is asked for", () => {
    const registry = createRegistry([foreign]);
    expect([
      registry.find("formats", "csv"),
      registry.list("formats"),
      registry.refusal("formats", "csv"),
      registry.refusal("formats", "tsv"),
    ]).toEqual([undefined, [], "acme offers csv, but is written for contract 2, and this program speaks 1", undefined]);
  });

  test.each([
    [undefined, "none"],
    [null, "of no number"],
    ["1", '"1"'],
    [0, "0"],
    [{ a: 1 }, "of no number"],
  ])("%j is told as %s", (contract, told) => {
    const registry = createRegistry([pack("acme", { block: { contract, formats: { csv: "./a.js" } } })]);
    expect(registry.refusal("formats", "csv")).toBe(`acme offers csv, but is written for contract ${told}, and this program speaks 1`);
  });

  test("does not get in the way of others", () => {
    expect([csvOf(foreign, bundled), csvOf(foreign, pack("zebra"))]).toEqual([
      [bundled.name, undefined],
      ["zebra", undefined],
    ]);
  });
});

test("nothing depends on the order in which packages are found", () => {
  const sources = ["installed", "linked", "bundled"] as const;
  const some = fc.uniqueArray(
    fc.record({
      name: fc.constantFrom("a", "b", "c", "d"),
      source: fc.constantFrom(...sources),
      own: fc.boolean(),
      contract: fc.constantFrom(1, 1, 2),
    }),
    { selector: ({ name }) => name },
  );
  const outcome = (packages: readonly InstalledPackage[]) => {
    const registry = createRegistry(packages);
    try {
      return [registry.find("formats", "csv"), registry.refusal("formats", "csv"), registry.list("formats")];
    } catch (error) {
      return [String(error)];
    }
  };
  fc.assert(
    fc.property(some, fc.infiniteStream(fc.nat()), (given, order) => {
      const packages = given.map(({ name, source, own, contract }) => pack(name, { source, own, block: block(undefined, contract) }));
      const ranked = packages.map((one) => ({ one, rank: order.next().value ?? 0 })).sort((a, b) => a.rank - b.rank);
      expect(outcome(ranked.map(({ one }) => one))).toEqual(outcome(packages));
    }),
  );
});
