import { existsSync, mkdtempSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { npm, pack } from "../packaging/npm.ts";
import type { Bench } from "./measure.ts";
import type { Group } from "./row.ts";

/** What is fetched and what is then on the disk, of a package that is packed here and installed from its file. */
export async function measureSize({ folder }: Bench): Promise<Group> {
  const prefix = mkdtempSync(path.join(folder, "prefix-"));
  const [tarball] = await pack("--pack-destination", prefix);
  if (tarball === undefined) throw new Error("npm packed nothing");
  const file = path.join(prefix, tarball.filename);
  const packed = statSync(file).size;
  await npm("install", "--global", "--prefix", prefix, "--prefer-offline", "--ignore-scripts", "--loglevel=error", file);
  const installed = path.join(prefix, process.platform === "win32" ? "node_modules" : "lib/node_modules");
  return {
    title: "Size",
    rows: [
      { title: "the tarball", figures: { bytes: packed, count: tarball.files.length }, targets: {}, note: "count: files" },
      { title: "the tarball, unpacked", figures: { bytes: tarball.unpackedSize }, targets: {} },
      {
        title: "installed with all that it depends on",
        figures: { bytes: bytesBelow(installed), count: packagesBelow(installed) },
        targets: {},
        note: "count: packages",
      },
    ],
  };
}

function bytesBelow(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

function packagesBelow(modules: string): number {
  const folders = readdirSync(modules, { recursive: true, encoding: "utf8" });
  return folders.filter((name) => {
    const isPackage = /(?:^|[\\/]node_modules[\\/])(?:@[^\\/]+[\\/])?[^@.\\/][^\\/]*$/.test(name);
    return isPackage && existsSync(path.join(modules, name, "package.json"));
  }).length;
}
