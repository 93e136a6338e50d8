import { createHmac, timingSafeEqual } from "node:crypto";
import type { DuoRequest } from "./duo.ts";

/** Signs what the org asks for, as a JSON Web Token. @see https://www.rfc-editor.org/rfc/rfc7515 */
export function signRequest(request: DuoRequest, secret: string): string {
  const parts = [{ alg: "HS512", typ: "JWT" }, request].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  const content = parts.join(".");
  return `${content}.${sign(content, secret)}`;
}

/** @returns undefined for what was not signed with this secret */
export function readRequest(token: string, secret: string): DuoRequest | undefined {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const [wanted, given] = [sign(`${header}.${payload}`, secret), signature].map((text) => Buffer.from(text));
  if (wanted === undefined || given === undefined || wanted.length !== given.length || !timingSafeEqual(wanted, given)) return undefined;
  return JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as DuoRequest;
}

function sign(content: string, secret: string): string {
  return createHmac("sha512", secret).update(content).digest("base64url");
}
