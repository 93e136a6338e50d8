// The option table of README.md, from the table in the code. With --check it only says whether the README holds it.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { OPTIONS } from "../dist/options/table.js";
import { root } from "./workspaces.js";

const BEGIN = "<!-- options: written by scripts/option-table.js -->";
const END = "<!-- /options -->";

const file = path.join(root, "README.md");
const before = readFileSync(file, "utf8");
const after = replaceTable(before);
if (process.argv.includes("--check")) {
  if (after !== before) {
    process.stderr.write("README.md: the option table is not what the code says; run `npm run docs` and commit it\n");
    process.exitCode = 1;
  }
} else if (after !== before) writeFileSync(file, after);

function replaceTable(text) {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`README.md must hold "${BEGIN}" and, after it, "${END}"`);
  return `${text.slice(0, begin + BEGIN.length)}\n\n${renderTable()}\n\n${text.slice(end)}`;
}

function renderTable() {
  const options = OPTIONS.filter(({ refused }) => refused === undefined);
  const groups = [...new Set(options.map(({ group }) => group))];
  const rows = groups.flatMap((group) => options.filter((row) => row.group === group).map(renderRow));
  return ["| Option | Variable | Used by | What it is |", "|---|---|---|---|", ...rows].join("\n");
}

function renderRow(row) {
  const long = row.noFlag === true ? `${row.name}:` : `--${row.name}`;
  const flags = [row.char === undefined ? undefined : `-${row.char}`, long].filter((flag) => flag !== undefined);
  const name = row.value ?? "VALUE";
  const value = row.kind === "switch" ? "" : ` ${row.valueOptional === true ? `[${name}]` : name}`;
  const users = row.commands.length === 2 ? "both" : `\`${row.commands.join("`, `")}\``;
  const fallback = row.default === undefined ? "" : ` (default \`${row.default}\`${windows(row)})`;
  return `| ${cell(`\`${flags.join(", ")}${value}\``)} | ${variable(row)} | ${users} | ${cell(row.help + fallback)} |`;
}

function variable({ env, commands, flagOnly }) {
  const readers = commands.filter((command) => flagOnly !== true && flagOnly?.includes(command) !== true);
  if (env === undefined || readers.length === 0) return "";
  return readers.length === commands.length ? `\`${env}\`` : `\`${env}\` (\`${readers.join("`, `")}\`)`;
}

function windows({ defaultOnWindows }) {
  return defaultOnWindows === undefined ? "" : `, on Windows \`${defaultOnWindows}\``;
}

function cell(text) {
  return text.replaceAll("|", "\\|");
}
