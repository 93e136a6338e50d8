import { expect, test } from "vitest";
import { readSpec, registryName } from "../../../src/flows/installing/package-spec.ts";

test.each([
  ["./acme.tgz", "file:/somewhere/here/acme.tgz"],
  ["../acme", "file:/somewhere/acme"],
  [".", "file:/somewhere/here"],
  ["..", "file:/somewhere"],
  ["/tmp/acme.tgz", "file:/tmp/acme.tgz"],
  ["file:acme.tgz", "file:/somewhere/here/acme.tgz"],
  ["file:./acme.tgz", "file:/somewhere/here/acme.tgz"],
  ["file:/tmp/a b.tgz", "file:/tmp/a b.tgz"],
])("the path %j becomes whole", (typed, spec) => {
  expect(readSpec(typed, "/somewhere/here")).toBe(spec);
});

test.each([
  "acme",
  "acme@1.2.3",
  "acme@latest",
  "@acme/rc",
  "@acme/rc@^1",
  "acme/rc",
  "https://registry.example.com/acme/-/acme-1.0.0.tgz",
  "git+https://git.example.com/acme.git",
  "git+ssh://git@git.example.com/acme.git#v1",
  "git+file:///tmp/acme",
  "file:///tmp/acme.tgz",
  "github:acme/rc",
])("%j stays as it is", (typed) => {
  expect(readSpec(typed, "/somewhere/here")).toBe(typed);
});

test.each([
  ["acme", "acme"],
  ["acme@1.2.3", "acme"],
  ["acme@latest", "acme"],
  ["@acme/rc", "@acme/rc"],
  ["@acme/rc@^1.0", "@acme/rc"],
  ["acme/rc", undefined],
  ["file:/tmp/acme.tgz", undefined],
  ["git+https://git.example.com/acme.git", undefined],
  ["https://example.com/acme.tgz", undefined],
  ["github:acme/rc", undefined],
  ["acme@npm:evil", undefined],
  ["acme@file:/tmp/evil", undefined],
])("%j asks a registry for %j", (spec, name) => {
  expect(registryName(spec)).toBe(name);
});
