// The option table of the cached answer: the rows that `authenticate` takes, and of each what decides its value. The words are the full
// program's, which says what is wrong with an option.
import { OPTIONS } from "../../dist/options/table.js";

const COMMAND = "authenticate";
const NEEDED = ["name", "char", "env", "kind", "emptyIsValue", "noFlag", "fromWorkingDirectory", "default", "defaultOnWindows"];

/** For esbuild: it stands in for src/options/table.ts. */
export const plainOptions = {
  name: "plain-options",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]options[\\/]table\.ts$/ }, () => ({ contents: table() }));
  },
};

function table() {
  const rows = OPTIONS.filter(isTaken).map(shorten);
  const typed = "OPTIONS.filter((row) => row.noFlag !== true)";
  return `const heeded = [${JSON.stringify(COMMAND)}], ignored = [];
    export const OPTIONS = [${rows.join(", ")}];
    export const optionsOf = () => ${typed};`;
}

const isTaken = ({ commands, ignoredBy }) => commands.includes(COMMAND) || ignoredBy?.includes(COMMAND) === true;

function shorten(row) {
  const fields = Object.entries(row).filter(([field]) => NEEDED.includes(field));
  if (row.refused !== undefined) fields.push(["refused", ""]);
  if (row.flagOnly === true || row.flagOnly?.includes(COMMAND) === true) fields.push(["flagOnly", true]);
  const commands = row.commands.includes(COMMAND) ? "heeded" : "ignored";
  return `{ ${fields.map(([field, value]) => `${field}: ${JSON.stringify(value)}`).join(", ")}, commands: ${commands} }`;
}
