/** Writers of what a terminal, a shell, a file system or another program reads. */
import assert from "node:assert/strict";
import path from "node:path";
import type { Format, FormatContext, RoleListing, Shell } from "@aws-okta-processor/contract";
import { parse as parseCsv } from "csv-parse/sync";
import { parse as parseDotenv } from "dotenv";
import fc from "fast-check";
import { parse as parseYaml } from "yaml";
import { format as json } from "../../plugins/format-json/src/json.ts";
import { format as csv } from "../../plugins/format-rows/src/csv.ts";
import { format as jsonl } from "../../plugins/format-rows/src/jsonl.ts";
import { rowsOf } from "../../plugins/format-rows/src/rows.ts";
import { format as table } from "../../plugins/format-table/src/table.ts";
import { format as yaml } from "../../plugins/format-yaml/src/yaml.ts";
import { shell as dotenv } from "../../plugins/shell-dotenv/src/dotenv.ts";
import { deviceFile, sessionFile, signInFile } from "../../src/cache/paths.ts";
import { describeFailure } from "../../src/commands/describe-failure.ts";
import { RefusedError } from "../../src/errors.ts";
import { cleanText } from "../../src/terminal/clean.ts";
import { formatContext } from "../support/format-context.ts";
import { hostileText, wellFormedText } from "./hostile.ts";
import { shellTargets } from "./shells.ts";
import { assertShown, type Target, targetOf } from "./target.ts";

/** Listings whose every name is anything at all. */
const listings: fc.Arbitrary<RoleListing> = fc.record({
  applicationUrl: wellFormedText,
  organization: wellFormedText,
  user: wellFormedText,
  accounts: fc.array(
    fc.record({
      name: wellFormedText,
      id: wellFormedText,
      nameRaw: wellFormedText,
      roles: fc.array(fc.record({ arn: wellFormedText, suffix: wellFormedText }), { maxLength: 3 }),
    }),
    { maxLength: 3 },
  ),
});

const write = (format: Format, listing: RoleListing, context: FormatContext = formatContext()) =>
  Array.from(format.roles?.(listing, context) ?? []).join("");
const atTerminal = formatContext({ terminal: { columns: 80, hasColors: false } });

export function writerTargets(): readonly Target[] {
  const formats = (name: string, check: (listing: RoleListing) => void) =>
    targetOf(
      name,
      400,
      fc.asyncProperty(listings, async (listing) => check(listing)),
    );
  const asJson = (listing: RoleListing): unknown => JSON.parse(write(json, listing));
  return [
    targetOf(
      "lines at the terminal",
      3000,
      fc.asyncProperty(hostileText, async (text) => assertShown(cleanText(text))),
    ),
    targetOf("errors", 2000, fc.asyncProperty(hostileText, hostileText, checkError)),
    formats("CSV", (listing) => {
      assert.deepEqual(parseCsv(write(csv, listing), { columns: true, record_delimiter: "\n" }), Array.from(rowsOf([listing])));
    }),
    formats("CSV at the terminal", (listing) => write(csv, listing, atTerminal).split("\n").forEach(assertShown)),
    formats("JSON lines", (listing) => {
      const read: unknown[] = write(jsonl, listing)
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line) as unknown);
      assert.deepEqual(read, Array.from(rowsOf([listing])));
    }),
    formats("YAML", (listing) => {
      const text = write(yaml, listing);
      assert.deepEqual(parseYaml(text), asJson(listing));
      text.split("\n").forEach(assertShown);
    }),
    formats("tables", (listing) => write(table, listing, atTerminal).split("\n").forEach(assertShown)),
    targetOf(
      "dotenv",
      2000,
      fc.asyncProperty(wellFormedText, async (value) => checkDotenv(value)),
    ),
    targetOf("names of files", 3000, fc.asyncProperty(person, person, checkNames)),
    ...shellTargets(),
  ];
}

async function checkError(message: string, hint: string): Promise<void> {
  const { text } = describeFailure(new RefusedError(message, { code: "X", hint }), false);
  const lines = text.split("\n");
  assert.equal(lines.length, 3);
  lines.forEach(assertShown);
  assert(text.length < 10_000);
}

function rendered(shell: Shell, variables: Readonly<Record<string, string>>): string | undefined {
  try {
    return shell.render(variables);
  } catch {
    return undefined;
  }
}

function checkDotenv(value: string): void {
  const text = rendered(dotenv, { A: value });
  if (text !== undefined) assert.deepEqual(parseDotenv(text), { A: value });
}

const name = fc.oneof(
  hostileText,
  fc
    .array(fc.constantFrom("a", "-", ".", "/", "\\", "%", "2", "D", "\0", "\ud800", "\ufffd", "é", "CON"), { maxLength: 8 })
    .map((parts) => parts.join("")),
  fc.constantFrom("../../etc/passwd", "/", "..", "CON", "nul", "a".repeat(300), "é".repeat(300), `${"a".repeat(300)}b`),
);
const person = fc.tuple(name, name);

async function checkNames(one: readonly [string, string], other: readonly [string, string]): Promise<void> {
  const isSame = one[0] === other[0] && one[1] === other[1];
  const cache = path.join("/home/jdoe", ".aws-okta-processor", "cache");
  for (const fileOf of [deviceFile, signInFile, sessionFile]) {
    const [file, second] = [fileOf("/home/jdoe", ...one), fileOf("/home/jdoe", ...other)];
    assert.equal(path.dirname(file), cache);
    assert(Buffer.byteLength(path.basename(file)) <= 220);
    assert.doesNotMatch(file, /\0|\p{Cs}/u);
    // The original's name of a session has room for two people; whose it is stands in the file.
    if (fileOf !== sessionFile) assert.equal(file === second, isSame);
  }
}
