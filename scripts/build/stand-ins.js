// What the cached answer has in the place of some of the program's modules: a file that is half as long is read in half the time. What is wrong
// with an option the full program says, so here an error is an error and no more.
import { OPTIONS } from "../../dist/options/table.js";

const COMMAND = "authenticate";
const NEEDED = ["name", "char", "env", "kind", "emptyIsValue", "noFlag", "fromWorkingDirectory", "default", "defaultOnWindows"];
/** Where nothing is found of these, parseOptions gives what they stand for by default. */
const READ_FROM_NOTHING = ["duration", "timeout", "cache-fallback"];

const STAND_INS = {
  "errors.ts": () => "export class UsageError extends Error {}",
  // Of get-roles alone.
  "options/profile-options.ts": () => "export const parseProfileOptions = () => {};",
  "options/table.ts": table,
};

/** What the full program says of a mistake. */
const SAID = /\bnew (\w+)\(`(?:[^`\\]|\\.)*`,\{code:"[A-Z_]+"(?:,hint:(?:"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|[\w.]+))?\}\)/g;

/** What a value must be, in words: that it is a text says that it is not so. */
const MUST = /(["`])must be (?:(?!\1|\\).)*\1/g;

/** For esbuild. */
export const standIns = {
  name: "stand-ins",
  setup({ onLoad, onResolve }) {
    for (const [name, contents] of Object.entries(STAND_INS)) {
      const filter = new RegExp(`${["", "src", ...name.split("/")].join("[\\\\/]").replace(/\./g, "\\.")}$`);
      onLoad({ filter }, () => ({ contents: contents() }));
    }
    // esbuild copies a builtin to have its default beside the rest; of these only the default is used.
    onResolve({ filter: /^node:(?:os|path)$/ }, ({ path: id, kind }) =>
      kind === "require-call" ? { path: id, external: true } : { path: id, namespace: "default-alone" },
    );
    onLoad({ filter: /.*/, namespace: "default-alone" }, ({ path: id }) => ({
      contents: `export default require(${JSON.stringify(id)});`,
    }));
  },
};

/** @param text minified */
export const unsaid = (text) => text.replaceAll(SAID, "new $1").replaceAll(MUST, '""');

/** The option table: the rows that `authenticate` takes, and of each what decides its value. */
function table() {
  const rows = OPTIONS.filter(isTaken).map(shorten);
  const typed = "OPTIONS.filter((row) => row.noFlag !== true)";
  return `const heeded = [${JSON.stringify(COMMAND)}], ignored = [];
    export const OPTIONS = [${rows.join(", ")}];
    export const optionsOf = () => ${typed};`;
}

const isNeedless = ({ name }, field, value) =>
  (field === "default" && READ_FROM_NOTHING.includes(name)) || (field === "kind" && value !== "switch");

const isTaken = ({ commands, ignoredBy }) => commands.includes(COMMAND) || ignoredBy?.includes(COMMAND) === true;

function shorten(row) {
  const fields = Object.entries(row).filter(([field, value]) => NEEDED.includes(field) && !isNeedless(row, field, value));
  if (row.refused !== undefined) fields.push(["refused", ""]);
  if (row.flagOnly === true || row.flagOnly?.includes(COMMAND) === true) fields.push(["flagOnly", true]);
  const commands = row.commands.includes(COMMAND) ? "heeded" : "ignored";
  return `{ ${fields.map(([field, value]) => `${field}: ${JSON.stringify(value)}`).join(", ")}, commands: ${commands} }`;
}
