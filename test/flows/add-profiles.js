// Adds profiles to a file, one after the other, with the terminal that there is.

import { writeProfiles } from "../../src/flows/write-profiles.ts";
import { openTerminal } from "../../src/terminal/terminal.ts";
import { world } from "../files/real-world.js";

const [file, yes, ...roles] = process.argv.slice(2);
const terminal = openTerminal(world, false);

for (const role of roles) {
  const command = ["organization", "user", "application", "role", "key"]
    .map((option) => `--${option}="${option === "key" ? `one-${role}` : role}"`)
    .join(" ");
  const profiles = [
    { section: `profile ${role}`, settings: { credential_process: `aws-okta-processor authenticate ${command}`, region: "eu-west-1" } },
  ];
  try {
    await writeProfiles({ file, profiles, prune: false, inConfig: true, listed: new Set(), yes: yes === "--yes" }, { world, terminal });
  } catch (error) {
    process.stderr.write(`${error.code}: ${error.message}\n${error.hint}\n`);
    process.exitCode = error.exitCode;
  }
}
