// Runs the checks of the contract on our keychain and the one that this session has; prints each failure as `TITLE: LESSON`.
import { fileURLToPath } from "node:url";
import { pluginChecks } from "@aws-okta-processor/contract/conformance";

const folder = fileURLToPath(new URL("../../../plugins/keychain-os", import.meta.url));
const checks = await pluginChecks(folder, { keychains: { keychain: { service: "aws-okta-processor test" } } });
const lines = [];
for (const { title, run } of checks) {
  try {
    await run();
    lines.push(`${title}: passed`);
  } catch (error) {
    lines.push(`${title}: ${error.message}`);
  }
}
process.stdout.write(`${lines.join("\n")}\n`);
