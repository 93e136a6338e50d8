import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { pluginChecks } from "@aws-okta-processor/contract/conformance";

// The secrets of the checks are not for your own keychain.
process.env["HOME"] = await mkdtemp(path.join(tmpdir(), "keychain-test-"));
process.env["USERPROFILE"] = process.env["HOME"];

// What every plugin must hold: a check that fails says what the contract asks for and what was seen.
const folder = fileURLToPath(new URL("..", import.meta.url));
const examples = { keychains: { "{{name}}": { service: "{{package}} test" } } };

for (const { title, run } of await pluginChecks(folder, examples)) test(title, run);
