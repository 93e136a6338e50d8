import path from "node:path";
import type { Format } from "@aws-okta-processor/contract";
import { expect, test } from "vitest";
import { createRegistry, mayPrint } from "../../src/extensions/registry.ts";
import { bundledPackages } from "../support/bundled.ts";

const formats = createRegistry(bundledPackages).list("formats");

test.each(formats.map((extension) => [extension.name, extension] as const))(
  "%s says in its package.json what it prints",
  async (_, extension) => {
    const { format } = (await import(path.join(extension.package.root, extension.file))) as { readonly format: Format };
    expect([mayPrint(extension, "roles"), mayPrint(extension, "credentials")]).toEqual([
      format.roles !== undefined,
      format.credentials !== undefined,
    ]);
  },
);

test.each([undefined, "roles", { wiki: "roles" }, { other: ["roles"] }])("a format of a package that says %j may print both", (prints) => {
  const block = { contract: 1, formats: { wiki: "./wiki.js" }, prints };
  const [extension] = createRegistry([{ name: "acme", version: "1.0.0", root: "/", source: "installed", own: false, block }]).list(
    "formats",
  );
  expect(extension !== undefined && mayPrint(extension, "roles") && mayPrint(extension, "credentials")).toBe(true);
});
