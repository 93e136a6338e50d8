import { readFileSync } from "node:fs";
import { test } from "node:test";
import { formatChecks, packageChecks } from "@aws-okta-processor/contract/conformance";
import { format } from "../dist/format.js";

const packageJson: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

for (const { title, run } of [...packageChecks(packageJson), ...formatChecks(format)]) test(title, run);
