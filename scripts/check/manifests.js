// Whether each oclif.manifest.json is what the code says now.
import { renderManifests } from "../build/manifests.js";

const drifted = (await renderManifests()).filter(({ changed }) => changed);
for (const { file } of drifted) process.stderr.write(`${file} is not what the code says; run \`npm run build\` and commit it\n`);
if (drifted.length > 0) process.exitCode = 1;
