import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Scenario, startSandbox } from "@aws-okta-processor/sandbox";

/** A reply of the sandbox, as it came over a real socket. */
export interface Recorded {
  /** `POST /api/v1/authn` */
  readonly on: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** What a reply becomes on its way. */
export type Change = (reply: Recorded) => Recorded;

/** An empty home, and a sandbox to which one comes through doors that change what it says. */
export interface Place {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

export async function openPlace(scenario: Scenario, change: Change): Promise<Place> {
  const sandbox = await startSandbox({ scenario });
  const home = await mkdtemp(path.join(tmpdir(), "aop-fuzz-"));
  const doors = await Promise.all([sandbox.origin, sandbox.signInUrl, sandbox.stsUrl].map((url) => openDoor(url, change)));
  const [okta = "", signIn = "", sts = ""] = doors.map(({ url }) => url);
  const env = {
    ...{ AWS_OKTA_ORGANIZATION: new URL(okta).origin, AWS_OKTA_SIGN_IN_URL: signIn, AWS_ENDPOINT_URL_STS: sts },
    ...{ PATH: "", HOME: home, AWS_OKTA_USER: "jdoe", AWS_OKTA_PASS: "correct horse", AWS_OKTA_FACTOR: "Okta Verify push" },
  };
  const close = async () => {
    for (const door of doors) door.close();
    await sandbox.close();
    await rm(home, { recursive: true, force: true });
  };
  return { home, env, close };
}

interface Door {
  readonly url: string;
  readonly close: () => void;
}

async function openDoor(target: string, change: Change): Promise<Door> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { on, reply, text } = await forward(request, target);
    // Whoever came through the door finds the org there.
    const body = text.replaceAll(new URL(target).origin, `http://${request.headers.host ?? ""}`);
    const becomes = change({ on, status: reply.status, contentType: reply.headers.get("content-type") ?? "", body });
    response.writeHead(becomes.status, headersOf(reply).flat()).end(becomes.body);
  };
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}${new URL(target).pathname}`, close };
}

/** Of one hop alone. */
const HOP = ["host", "connection", "keep-alive", "content-length", "transfer-encoding", "content-encoding", "content-length"];

async function forward(request: IncomingMessage, target: string) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Buffer));
  const { method = "GET" } = request;
  const url = new URL(request.url ?? "/", target);
  const headers = Object.entries(request.headers).filter(([name]) => !HOP.includes(name));
  const sent = method === "GET" ? {} : { body: Buffer.concat(chunks) };
  const reply = await fetch(url, { method, headers: Object.fromEntries(headers) as Record<string, string>, redirect: "manual", ...sent });
  return { on: `${method} ${url.pathname}`, reply, text: await reply.text() };
}

const headersOf = (reply: Response): readonly (readonly [string, string])[] => [...reply.headers].filter(([name]) => !HOP.includes(name));
