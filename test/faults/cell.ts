import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Sandbox, type Scenario, startSandbox } from "@aws-okta-processor/sandbox";
import { PROGRAM, type Ran, runWithoutTerminal, words } from "../support/process.ts";
import { findLeaks, findLeaksInFiles, isCache, type Leak } from "./canaries.ts";
import { yubikey } from "./factors.ts";
import type { FaultKind } from "./faults.ts";
import { type FaultyRequest, PASSWORD } from "./requests.ts";

/** What came of one fault at one request. */
export interface Cell {
  readonly request: string;
  readonly fault: string;
  readonly outcome: "recovered" | "refused" | "hung" | "wrong";
  readonly exitCode: number | null;
  /** The lines of the error. */
  readonly told: readonly string[];
  readonly ms: number;
  readonly leaks: readonly Leak[];
  /** Files of the caches that are torn, changed or gone. */
  readonly lost: readonly string[];
  /** How often a password and a code were sent beyond once. */
  readonly resubmitted: number;
  readonly calls: readonly string[];
}

/** Longer than the far end takes on a busy machine. */
const TIMEOUT_SECONDS = 20;
/** Far beyond all deadlines of a run together: only what waits without end comes here. */
const HUNG_MS = 90_000;

const COMPILED = fileURLToPath(new URL("../../node_modules/.cache/test-program", import.meta.url));

/** @returns undefined where this fault cannot be had at this request */
export async function tryCell(request: FaultyRequest, kind: FaultKind): Promise<Cell | undefined> {
  if (kind.isRefused === true && request.kept) return undefined;
  const sandbox = await startSandbox({ scenario: sceneOf(request, kind) });
  const place = settle();
  try {
    if (request.kept) await run(place, sandbox, { command: request.command });
    const before = sandbox.calls.length;
    const kept = foreignFiles(place);
    const env = { ...(await addressOf(request, kind)), ...kind.env, DEBUG: "*" };
    const started = performance.now();
    const ran = await run(place, sandbox, { command: request.command, env, refetch: true });
    const ms = Math.round(performance.now() - started);
    const seen = { ran, sandbox, place, kept, calls: sandbox.calls.slice(before) };
    return { request: request.name, fault: kind.name, ms, ...judge(request, seen) };
  } finally {
    await sandbox.close();
    rmSync(place.root, { recursive: true, force: true, maxRetries: 3 });
  }
}

function sceneOf(request: FaultyRequest, { fault, isRefused, clockOffsetSeconds }: FaultKind): Scenario {
  const faults = [
    ...(fault === undefined ? [] : [{ ...fault, on: request.on, after: request.passes }]),
    ...(isRefused === true && request.before !== undefined
      ? [{ on: request.before.on, after: request.before.passes, times: 1, wire: "last" as const }]
      : []),
  ];
  return { ...request.scene, faults, ...(clockOffsetSeconds === undefined ? {} : { clockOffsetSeconds }) };
}

/** The first request of a server is refused where nobody listens from the beginning. */
async function addressOf(request: FaultyRequest, { isRefused }: FaultKind): Promise<Readonly<Record<string, string>>> {
  if (isRefused !== true || request.before !== undefined) return {};
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  const port = typeof address === "object" ? address?.port : undefined;
  return { [request.server]: `http://127.0.0.1:${port}` };
}

interface Place {
  readonly root: string;
  readonly home: string;
  readonly cwd: string;
  /** Where the password is; the program does not write here. */
  readonly vault: string;
}

/** The programs that are asked for the password and the code write down what they see of the one that asks. */
const SPY = `tr '\\0' '\\n' </proc/$PPID/cmdline >>"$HOME/seen-by-children"; env >>"$HOME/seen-by-children"; cat "$VAULT/$1"`;

function settle(): Place {
  const root = mkdtempSync(path.join(tmpdir(), "aop-faults-"));
  const place = { root, home: path.join(root, "home"), cwd: path.join(root, "home", "work"), vault: path.join(root, "vault") };
  for (const folder of [place.cwd, path.join(place.home, "tmp"), place.vault]) mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(place.vault, "password"), `${PASSWORD}\n`);
  writeFileSync(path.join(place.vault, "code"), `${yubikey.codes[0]}\n`);
  writeFileSync(path.join(place.home, "spy"), SPY);
  for (const [name, content] of Object.entries(FOREIGN)) {
    mkdirSync(path.dirname(path.join(place.home, name)), { recursive: true });
    writeFileSync(path.join(place.home, name), content, { mode: 0o600 });
  }
  return place;
}

/** Of other people and other programs: a run of ours does not touch them. */
const FOREIGN = {
  ".aws/boto/cache/0123456789abcdef0123456789abcdef01234567.json": '{"Credentials": {"AccessKeyId": "ASIAOTHER"}}',
  ".aws-okta-processor/cache/ada-other.okta.com-session.json": '{"id": "102other", "expiresAt": "2030-01-01T00:00:00.000Z"}',
};

interface Asked {
  readonly command: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly refetch?: boolean;
}

/** The code is asked for by a command, and then the password comes by its variable. */
function run({ home, cwd, vault }: Place, sandbox: Sandbox, { command, env = {}, refetch = false }: Asked): Promise<Ran> {
  const asksForCode = command.includes("--factor token");
  const source = asksForCode
    ? { AWS_OKTA_PASS: PASSWORD, AWS_OKTA_FACTOR_CODE_COMMAND: 'sh "$HOME/spy" code' }
    : { AWS_OKTA_PASSWORD_COMMAND: 'sh "$HOME/spy" password' };
  const variables = {
    ...sandbox.environment,
    PATH: [path.dirname(process.execPath), process.env["PATH"] ?? ""].join(path.delimiter),
    HOME: home,
    TMPDIR: path.join(home, "tmp"),
    VAULT: vault,
    XDG_CACHE_HOME: COMPILED,
    AWS_OKTA_USER: "jdoe",
    AWS_OKTA_TIMEOUT: String(TIMEOUT_SECONDS),
    ...(refetch ? { AWS_OKTA_NO_AWS_CACHE: "1" } : {}),
    ...source,
    ...env,
  };
  return runWithoutTerminal([process.execPath, PROGRAM, ...words(command)], { env: variables, cwd, timeoutMs: HUNG_MS });
}

interface Seen {
  readonly ran: Ran;
  readonly sandbox: Sandbox;
  readonly place: Place;
  readonly kept: readonly string[];
  readonly calls: Sandbox["calls"];
}

function judge(request: FaultyRequest, { ran, sandbox, place, kept, calls }: Seen): Omit<Cell, "request" | "fault" | "ms"> {
  const secrets = sandbox.secrets();
  // The line of the error, and what follows it; whatever DEBUG writes stands before.
  const lines = ran.stderr.trimEnd().split("\n");
  const at = lines.findLastIndex((line) => line.startsWith("aws-okta-processor: "));
  const told = at === -1 ? [] : lines.slice(at);
  const answered = ran.exitCode === 0 && ran.stdout !== "" && told.length === 0;
  const refused = [2, 3, 4].includes(ran.exitCode ?? 0) && ran.stdout === "" && told.length >= 1 && told.length <= 2;
  const count = (on: string) =>
    calls.filter(({ method, path: at }) => on === `${method} ${at.replace(/factors\/[^/]+/, "factors/*")}`).length;
  const codes = request.name === "code" ? count("POST /api/v1/authn/factors/*/verify") : 1;
  return {
    outcome: ran.exitCode === null ? "hung" : answered ? "recovered" : refused ? "refused" : "wrong",
    exitCode: ran.exitCode,
    told,
    leaks: [
      ...findLeaks(secrets, "stderr", ran.stderr),
      ...(answered ? [] : findLeaks(secrets, "stdout", ran.stdout)),
      ...findLeaksInFiles(secrets, place.home),
    ],
    lost: findLost(place, kept, calls),
    resubmitted: [count("POST /api/v1/authn"), count("POST /user/verify_password"), codes].reduce(
      (sum, sent) => sum + Math.max(0, sent - 1),
      0,
    ),
    calls: calls.map(({ method, path: at, action, status }) => [method, at, action, status].filter((part) => part !== undefined).join(" ")),
  };
}

const cacheFiles = ({ home }: Place): readonly string[] =>
  readdirSync(home, { recursive: true, encoding: "utf8" }).filter((name) => isCache(name));

function foreignFiles(place: Place): readonly string[] {
  return cacheFiles(place);
}

/** What was there is there, whole; and a session that was used is kept. */
function findLost(place: Place, kept: readonly string[], calls: Sandbox["calls"]): readonly string[] {
  const now = cacheFiles(place);
  const read = (name: string) => readFileSync(path.join(place.home, name), "utf8");
  const torn = now.filter((name) => !isJson(read(name)));
  const changed = Object.entries(FOREIGN).flatMap(([name, content]) => (now.includes(name) && read(name) === content ? [] : [name]));
  const used = calls.some(({ path: at }) => at === "/api/v1/users/me/appLinks");
  const session = used && !now.some((name) => /jdoe.*-session\.json$/.test(name)) ? ["the session that was used"] : [];
  return [...torn, ...changed, ...kept.filter((name) => !now.includes(name)), ...session];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
