// What oclif does at every start that this program does not need, or could have for less. Each place must be there as it is written here:
// a new version of oclif that says it otherwise stops the build.
import { readFile } from "node:fs/promises";
import path from "node:path";

const CHANGES = {
  "config/plugin.js": [
    // The first localeCompare of a process loads the tables of all languages; ids of commands are ASCII.
    [".sort((a, b) => a.id.localeCompare(b.id))", ".sort((a, b) => (a.id < b.id ? -1 : 1))"],
    // Only plugins without a manifest are searched for commands.
    ['const tinyglobby_1 = require("tinyglobby");', ""],
    ["(0, tinyglobby_1.glob)(", 'require("tinyglobby").glob('],
  ],
  "config/plugin-loader.js": [
    // The plugins that package.json names are names, and no patterns.
    ['const minimatch_1 = require("minimatch");', ""],
    ["(0, minimatch_1.minimatch)(p, w)", 'p === w || (/[^\\w@/.-]/.test(w) && require("minimatch").minimatch(p, w))'],
  ],
  "util/os.js": [
    // Whether Linux is Windows' own is nothing to us.
    ["(await import('wsl-utils')).isWsl ? 'wsl' : (0, node_os_1.platform)()", "(0, node_os_1.platform)()"],
  ],
  "clean-stack/index.js": [
    // It ends the program of whoever has neither HOME nor an account, as it is loaded; this text stands in no path.
    ["typeof os.homedir === 'undefined' ? '' : os.homedir()", "'\\0'"],
  ],
};

/** For esbuild. */
export const quickOclif = {
  name: "quick-oclif",
  setup({ onLoad }) {
    const changed = /[\\/](?:@oclif[\\/]core[\\/]lib[\\/](?:config|util)[\\/](?:plugin|plugin-loader|os)|clean-stack[\\/]index)\.js$/;
    onLoad({ filter: changed }, async ({ path: file }) => {
      const changes = CHANGES[file.split(path.sep).slice(-2).join("/")];
      return { contents: change(await readFile(file, "utf8"), changes, file) };
    });
  },
};

function change(text, changes, file) {
  return changes.reduce((before, [from, to]) => {
    if (before.split(from).length !== 2) throw new Error(`${file} does not say once: ${from}`);
    return before.replace(from, () => to);
  }, text);
}
