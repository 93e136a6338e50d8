import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { ROOT } from "./markdown.ts";

/** An error that a source makes; `…` stands in its message for what is only known then. */
export interface Thrown {
  readonly className: string;
  readonly code: string;
  readonly message: string;
}

/** Every error of src, each once. */
export function findThrown(): readonly Thrown[] {
  const found = sources().flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ESNext, true);
    return newExpressions(source).flatMap((expression) => readError(expression) ?? []);
  });
  return [...new Map(found.map((thrown) => [JSON.stringify(thrown), thrown])).values()];
}

function sources(): readonly string[] {
  const files = readdirSync(path.join(ROOT, "src"), { recursive: true, encoding: "utf8" });
  return files.filter((name) => name.endsWith(".ts")).map((name) => path.join(ROOT, "src", name));
}

function newExpressions(node: ts.Node): readonly ts.NewExpression[] {
  const inner: ts.NewExpression[] = ts.isNewExpression(node) ? [node] : [];
  ts.forEachChild(node, (child) => {
    inner.push(...newExpressions(child));
  });
  return inner;
}

/** @returns undefined for what is none of the five classes */
function readError({ expression, arguments: given }: ts.NewExpression): Thrown | undefined {
  const className = expression.getText();
  if (!/^(?:Usage|Refused|Remote|Cancelled|Bug)Error$/.test(className)) return undefined;
  const [message, details] = given ?? [];
  if (message === undefined) return { className, code: "CANCELLED", message: "cancelled" };
  const code = /\bcode: "([A-Z_]+)"/.exec(details?.getText() ?? "")?.[1];
  if (code === undefined) throw new Error(`an error without a code that can be read: ${details?.getText() ?? message.getText()}`);
  return { className, code, message: messageOf(message).replaceAll(/…(?:[ .]?…)+/g, "…") };
}

function messageOf(message: ts.Expression): string {
  if (ts.isStringLiteralLike(message)) return message.text;
  if (!ts.isTemplateExpression(message)) return "…";
  return message.head.text + message.templateSpans.map(({ literal }) => `…${literal.text}`).join("");
}
