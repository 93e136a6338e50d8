import { writeFile } from "node:fs/promises";
import path from "node:path";
import { npm, pack } from "./npm.ts";

/** What of ours a plugin is built and tested with. */
const WORKSPACES = ["plugins/contract", "plugins/sandbox"];

/** Installs the host, the contract and the sandbox of this checkout into a folder, as packed, and others by their ranges from a registry. */
export async function installOurs(folder: string, others: Readonly<Record<string, string>>): Promise<void> {
  const packed = await pack(
    "--pack-destination",
    folder,
    "--include-workspace-root",
    ...WORKSPACES.flatMap((name) => ["--workspace", name]),
  );
  const ours = Object.fromEntries(packed.map(({ name, filename }) => [name, `file:${path.join(folder, filename)}`]));
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ private: true, devDependencies: { ...others, ...ours } }));
  await npm("install", "--prefix", folder, "--prefer-offline", "--ignore-scripts");
}
