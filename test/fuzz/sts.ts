/** STS over a real socket, through the AWS SDK, with its reply changed. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { parseIamArn } from "../../src/aws/arn.ts";
import { assumeRoleWithSaml } from "../../src/aws/sts.ts";
import { createSend } from "../../src/http/send.ts";
import { Secret } from "../../src/secret.ts";
import { createWorld } from "../support/world.ts";
import { changed } from "./hostile.ts";
import type { Recorded } from "./place.ts";
import { readOrRefuse, type Target, targetOf } from "./target.ts";

const send = createSend(createWorld(), { userAgent: "test/1", signal: new AbortController().signal });
const PLAIN = /^[!-~]+$/;
const ERROR = `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>`;

export function stsTarget(recorded: readonly Recorded[]): Target {
  const replies = recorded.flatMap(({ on, body }) => (on === "POST /" ? [body] : []));
  const statuses = fc.constantFrom(200, 200, 200, 400, 403);
  const property = fc.asyncProperty(changed([...replies, ...replies, ERROR]), statuses, async (body, status) => {
    const read = await readOrRefuse(() => askSts(body, status));
    if (read === undefined) return;
    for (const text of [read.accessKeyId, read.secretAccessKey.reveal(), read.sessionToken.reveal()]) assert.match(text, PLAIN);
    assert.equal(Number.isNaN(read.expiresAt.getTime()), false);
    assert.equal(typeof read.assumedRole.arn, "string");
  });
  return targetOf("STS replies", 300, property);
}

/** One server a process, which is no reason for it to go on. */
let server: { readonly endpoint: string; reply: { body: string; status: number } } | undefined;

async function askSts(body: string, status: number) {
  server ??= await serve();
  server.reply = { body, status };
  const [role, principal] = ["role/A", "saml-provider/okta"].map((name) => parseIamArn(`arn:aws:iam::111122223333:${name}`));
  assert(role !== undefined && principal !== undefined);
  const options = { region: "us-east-1", endpoint: server.endpoint, durationSeconds: 3600, send, signal: new AbortController().signal };
  return assumeRoleWithSaml({ role, principal }, new Secret("PHNhbWw+"), options);
}

async function serve(): Promise<NonNullable<typeof server>> {
  const listener = createServer((request, response) => {
    request.resume().on("end", () => {
      response.writeHead(server?.reply.status ?? 500, { "content-type": "text/xml" }).end(server?.reply.body);
    });
  });
  listener.listen(0, "127.0.0.1").unref();
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, reply: { body: "", status: 500 } };
}
