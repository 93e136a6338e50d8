import { randomUUID } from "node:crypto";
import { escapeMarkup } from "../http/escape.ts";
import type { Reply } from "../http/message.ts";

const NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

/** Elements by name; what is undefined is left out. */
export interface Tree {
  readonly [name: string]: string | Tree | undefined;
}

export function succeed(action: string, result: Tree): Reply {
  const requestId = randomUUID();
  const tree = { [`${action}Result`]: result, ResponseMetadata: { RequestId: requestId } };
  return xml(200, requestId, `<${action}Response xmlns="${NAMESPACE}">${render(tree)}</${action}Response>`);
}

export function fail(status: number, code: string, message: string): Reply {
  const requestId = randomUUID();
  const tree = { Error: { Type: status < 500 ? "Sender" : "Receiver", Code: code, Message: message }, RequestId: requestId };
  return xml(status, requestId, `<ErrorResponse xmlns="${NAMESPACE}">${render(tree)}</ErrorResponse>`);
}

function xml(status: number, requestId: string, body: string): Reply {
  return { status, headers: { "content-type": "text/xml", "x-amzn-requestid": requestId }, body: `${body}\n` };
}

function render(tree: Tree): string {
  const written = Object.entries(tree).map(([name, value]) => {
    if (value === undefined) return "";
    return `<${name}>${typeof value === "string" ? escapeMarkup(value) : render(value)}</${name}>`;
  });
  return written.join("");
}
