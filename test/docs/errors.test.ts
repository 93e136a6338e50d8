import { expect, test } from "vitest";
import * as errors from "../../src/errors.ts";
import { pageOf, tableRows } from "./markdown.ts";
import { findThrown, type Thrown } from "./thrown.ts";

interface Described {
  readonly exitCode: number;
  readonly code: string;
  readonly messages: readonly string[];
}

const { text } = pageOf("docs/errors.md");
const described = text.split("\n## ").flatMap(readSection);
const thrown = findThrown();

test("every error of the source is described under its exit code, and nothing else is", () => {
  expect(described.map(({ exitCode, code }) => `${exitCode} ${code}`).toSorted()).toEqual(
    [...new Set(thrown.map((error) => `${exitCodeOf(error)} ${error.code}`))].toSorted(),
  );
});

test("every message that can be told by its words is in the table", () => {
  const missing = thrown.filter((error) => /[a-z]{2}/.test(error.message) && !messagesOf(error).some((message) => says(message, error)));
  expect(missing).toEqual([]);
});

test("every message in the table is one that the source can print", () => {
  const unknown = described.flatMap(({ code, messages }) =>
    messages.filter((message) => !thrown.some((error) => error.code === code && fits(message, error))),
  );
  expect(unknown).toEqual([]);
});

test("both tables of exit codes are those of the classes", () => {
  const classes = ["BugError", "UsageError", "RefusedError", "RemoteError", "CancelledError"];
  const rows = tableRows(text).map(([exitCode, name]) => [exitCode, name?.replaceAll("`", "")]);
  expect(rows.filter(([, name]) => classes.includes(name ?? ""))).toEqual(classes.map((name) => [exitCodeOf({ className: name }), name]));
  const readme = pageOf("README.md").text.split("\n## Exit codes\n")[1]?.split("\n## ")[0] ?? "";
  expect(tableRows(readme).map(([code]) => code)).toEqual(["Code", "0", ...classes.map((name) => exitCodeOf({ className: name }))]);
});

function readSection(section: string): readonly Described[] {
  const exitCode = Number(/^Exit code (\d+)/.exec(section)?.[1]);
  if (Number.isNaN(exitCode)) return [];
  return tableRows(section)
    .slice(1)
    .map(([printed = "", code = ""]) => ({
      exitCode,
      code: code.replaceAll("`", ""),
      messages: Array.from(printed.matchAll(/`([^`]+)`/g), ([, message = ""]) => message),
    }));
}

function messagesOf({ code }: Thrown): readonly string[] {
  return described.filter((row) => row.code === code).flatMap(({ messages }) => messages);
}

/** Whether whoever looks for a message finds it in the table, as it is, or with more said or less. */
function says(message: string, error: Thrown): boolean {
  return fits(message, error) || fits(error.message, { ...error, message });
}

/** Whether the second message, whose `…` stands for anything, can be the first. */
function fits(message: string, { message: template }: Thrown): boolean {
  const pattern = template.split("…").map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${pattern.join(".*")}$`, "u").test(message);
}

function exitCodeOf({ className }: Pick<Thrown, "className">): string {
  const { BugError, CancelledError, RefusedError, RemoteError, UsageError } = errors;
  const found = [BugError, CancelledError, RefusedError, RemoteError, UsageError]
    .map((Class) => new Class("", { code: "" }))
    .find(({ name }) => name === className);
  return String(found?.exitCode);
}
