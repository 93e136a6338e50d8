/** What goes over the wire and is for nobody else's eyes, so that a test can look for it where it should not be. */
import { type Reply, type Request, readCookies } from "./http/message.ts";

export type SecretKind =
  | "password"
  | "code"
  | "state token"
  | "session token"
  | "session id"
  | "device token"
  | "assertion"
  | "secret access key"
  | "AWS session token";

export interface WireSecret {
  readonly kind: SecretKind;
  readonly value: string;
}

export interface Ledger {
  readonly note: (request: Request, reply: Reply) => void;
  readonly secrets: () => readonly WireSecret[];
}

export function createLedger(): Ledger {
  const known = new Map<string, SecretKind>();
  return {
    note: (request, reply) => {
      for (const [kind, value] of [...inRequest(request), ...inReply(request, reply)]) {
        if (value !== undefined && value.length > 2) known.set(value, kind);
      }
    },
    secrets: () => [...known].map(([value, kind]) => ({ kind, value })),
  };
}

type Found = readonly [SecretKind, string | undefined];

const FIELDS = {
  password: "password",
  oldPassword: "password",
  newPassword: "password",
  passCode: "code",
  answer: "code",
  stateToken: "state token",
  sessionToken: "session token",
} as const satisfies Readonly<Record<string, SecretKind>>;

const COOKIES = { sid: "session id", DT: "device token" } as const satisfies Readonly<Record<string, SecretKind>>;

function inRequest(request: Request): readonly Found[] {
  const cookies = readCookies(request);
  return [
    ...inFields(request.body),
    ["password", new URLSearchParams(request.body).get("password") ?? undefined],
    ["state token", request.query.get("stateToken") ?? undefined],
    ["AWS session token", request.headers["x-amz-security-token"]],
    ...Object.entries(COOKIES).map(([name, kind]): Found => [kind, cookies.get(name)]),
  ];
}

function inReply({ path }: Request, { headers, body }: Reply): readonly Found[] {
  const lines = [headers["set-cookie"] ?? []].flat();
  const [, id] = path === "/api/v1/sessions" ? (/"id":"([^"]+)"/u.exec(body) ?? []) : [];
  return [
    ...inFields(body),
    ["session id", id],
    ["assertion", /name="SAMLResponse" type="hidden" value="([^"]+)"/u.exec(body)?.[1]?.replace(/&#x([0-9a-f]+);/gu, decode)],
    ["secret access key", /<SecretAccessKey>([^<]+)</u.exec(body)?.[1]],
    ["AWS session token", /<SessionToken>([^<]+)</u.exec(body)?.[1]],
    ...Object.entries(COOKIES).flatMap(([name, kind]) =>
      lines.map((line): Found => [kind, new RegExp(`^${name}=([^;]+)`, "u").exec(line)?.[1]]),
    ),
  ];
}

const decode = (_: string, hex: string): string => String.fromCodePoint(Number.parseInt(hex, 16));

/** Fields of JSON, or of a script's object, wherever they stand. */
function inFields(text: string): readonly Found[] {
  return Object.entries(FIELDS).flatMap(([name, kind]) =>
    [...text.matchAll(new RegExp(`"${name}":("(?:[^"\\\\]|\\\\.)*")`, "gu"))].map(
      ([, literal = '""']): Found => [kind, readLiteral(literal)],
    ),
  );
}

function readLiteral(literal: string): string | undefined {
  try {
    return String(JSON.parse(literal.replaceAll(/\\x([0-9a-f]{2})/giu, "\\u00$1")));
  } catch {
    return undefined;
  }
}
