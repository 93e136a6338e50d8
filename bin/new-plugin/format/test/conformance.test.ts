import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { pluginChecks } from "@aws-okta-processor/contract/conformance";

// What every plugin must hold: a check that fails says what the contract asks for and what was seen.
const folder = fileURLToPath(new URL("..", import.meta.url));

for (const { title, run } of await pluginChecks(folder)) test(title, run);
