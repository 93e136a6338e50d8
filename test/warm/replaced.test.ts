import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { replacesBundled } from "../../src/warm/replaced.ts";
import { useFolder } from "../support/folder.ts";

const list = (...plugins: readonly object[]) => JSON.stringify({ oclif: { schema: 1, plugins }, dependencies: {} });
const stranger = list({ name: "acme-csv", type: "user", tag: "latest" });
const linked = list({ name: "acme-csv", type: "link", root: "/src/acme-csv" });
const update = list({ name: "@aws-okta-processor/format-json", type: "user" });

const replaces = (
  file: string,
  content: string,
  { env = {}, platform = "linux" }: { env?: Record<string, string>; platform?: string } = {},
) => {
  const folder = useFolder({ [file]: content });
  const inside = Object.entries(env).map(([name, value]) => [name, value.replace("HOME", folder.path)]);
  return replacesBundled(folder.path, Object.fromEntries(inside) as NodeJS.ProcessEnv, platform);
};

const HERE = ".local/share/aws-okta-processor/package.json";

test.each([
  ["no list", "elsewhere", "", false],
  ["an empty list", HERE, list(), false],
  ["a stranger's package", HERE, stranger, false],
  ["a keychain of our own name", HERE, list({ name: "@aws-okta-processor/keychain-os", type: "user" }), false],
  ["a linked package", HERE, linked, true],
  ["an update of a bundled package", HERE, update, true],
  ["an update that is linked", HERE, linked.replace("acme-csv", "@aws-okta-processor/format-json"), true],
  ["a list that is torn behind a link", HERE, linked.slice(0, -5), true],
])("of %s it is known whether a bundled package is replaced", (_, file, content, expected) => {
  expect(replaces(file, content)).toBe(expected);
});

test.each([
  ["XDG_DATA_HOME", "data/aws-okta-processor/package.json", { env: { XDG_DATA_HOME: "HOME/data" } }],
  ["AWS_OKTA_PROCESSOR_DATA_DIR", "mine/package.json", { env: { XDG_DATA_HOME: "HOME/data", AWS_OKTA_PROCESSOR_DATA_DIR: "HOME/mine" } }],
  ["LOCALAPPDATA on Windows", "local/aws-okta-processor/package.json", { env: { LOCALAPPDATA: "HOME/local" }, platform: "win32" }],
  ["an empty XDG_DATA_HOME", HERE, { env: { XDG_DATA_HOME: "", AWS_OKTA_PROCESSOR_DATA_DIR: "" } }],
  ["LOCALAPPDATA elsewhere", HERE, { env: { LOCALAPPDATA: "HOME/local" } }],
])("the list is looked for where oclif keeps it: %s", (_, file, given) => {
  expect(replaces(file, linked, given)).toBe(true);
});

test.skipIf(process.platform === "win32")("nobody waits at a pipe in its place", () => {
  const folder = useFolder({ "data/aws-okta-processor/list": "" });
  execFileSync("mkfifo", [`${folder.path}/data/aws-okta-processor/package.json`]);
  expect(replacesBundled(folder.path, { XDG_DATA_HOME: `${folder.path}/data` }, "linux")).toBe(false);
});
