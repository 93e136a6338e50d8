import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Reply, Request } from "../http/message.ts";
import type { Aws, Issued } from "./aws.ts";
import { fail } from "./reply.ts";

const SKEW_MS = 15 * 60_000;
const SHAPE =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request,\s*SignedHeaders=([a-z0-9;-]+),\s*Signature=([0-9a-f]{64})$/u;

interface Signed {
  readonly accessKeyId: string;
  readonly scope: readonly [day: string, region: string, service: string];
  readonly names: readonly string[];
  readonly signature: string;
  readonly time: string;
}

/**
 * Whose credentials signed the request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function authenticate(aws: Aws, request: Request): Issued | { readonly refusal: Reply } {
  const signed = readSignature(request);
  if (signed === undefined) return { refusal: fail(403, "MissingAuthenticationToken", "Request is missing Authentication Token") };
  const issued = aws.credentials.get(signed.accessKeyId);
  if (issued === undefined || request.headers["x-amz-security-token"] !== issued.sessionToken) {
    return { refusal: fail(403, "InvalidClientTokenId", "The security token included in the request is invalid.") };
  }
  if (issued.expiresAt <= aws.clock.now())
    return { refusal: fail(403, "ExpiredToken", "The security token included in the request is expired") };
  const problem = isTimely(aws, signed.time)
    ? findMismatch(request, signed, issued)
    : `Signature not yet current or expired: ${signed.time}`;
  return problem === undefined ? issued : { refusal: fail(403, "SignatureDoesNotMatch", problem) };
}

function readSignature(request: Request): Signed | undefined {
  const [, accessKeyId, day, region, service, names, signature] = SHAPE.exec(request.headers["authorization"] ?? "") ?? [];
  const time = request.headers["x-amz-date"];
  if (accessKeyId === undefined || day === undefined || region === undefined || service === undefined || time === undefined)
    return undefined;
  return { accessKeyId, scope: [day, region, service], names: (names ?? "").split(";"), signature: signature ?? "", time };
}

/** Clients sign with the machine's time; a sandbox whose clock was put forward takes that as well as its own. */
function isTimely(aws: Aws, time: string): boolean {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u.exec(time) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  return [aws.clock.now(), aws.clock.machine()].some((now) => Math.abs(now.getTime() - at) <= SKEW_MS);
}

function findMismatch(request: Request, signed: Signed, issued: Issued): string | undefined {
  const [day, region, service] = signed.scope;
  if (service !== "sts") return `Credential should be scoped to correct service: 'sts'.`;
  if (!signed.time.startsWith(day)) return "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.";
  if (!signed.names.includes("host") || !signed.names.includes("x-amz-date") || !signed.names.includes("x-amz-security-token")) {
    return "'Host', 'X-Amz-Date' and 'X-Amz-Security-Token' must be in the 'SignedHeaders' of the Authorization header.";
  }
  const key = [day, region, service, "aws4_request"].reduce<Buffer | string>(
    (secret, part) => hmac(secret, part),
    `AWS4${issued.secretAccessKey}`,
  );
  const text = [
    "AWS4-HMAC-SHA256",
    signed.time,
    `${day}/${region}/${service}/aws4_request`,
    sha256(canonicalRequest(request, signed.names)),
  ].join("\n");
  const isRight = timingSafeEqual(Buffer.from(hmac(key, text).toString("hex")), Buffer.from(signed.signature));
  return isRight
    ? undefined
    : "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.";
}

function canonicalRequest(request: Request, names: readonly string[]): string {
  const query = [...request.query].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const headers = names.map((name) => `${name}:${(request.headers[name] ?? "").trim().replace(/\s+/gu, " ")}\n`);
  return [request.method, request.path, query.join("&"), headers.join(""), names.join(";"), sha256(request.body)].join("\n");
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/gu, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
