import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { pluginChecks } from "@aws-okta-processor/contract/conformance";
import { enrolled } from "./enrolled.ts";

// What every plugin must hold: a check that fails says what the contract asks for and what was seen.
const folder = fileURLToPath(new URL("..", import.meta.url));
const examples = { factors: { "{{name}}": { enrolled } } };

for (const { title, run } of await pluginChecks(folder, examples)) test(title, run);
