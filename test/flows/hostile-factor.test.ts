import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { EnrolledFactor, FactorHost, FactorState } from "@aws-okta-processor/contract";
import { type Fault, scenarios } from "@aws-okta-processor/sandbox";
import { expect, onTestFinished, test } from "vitest";
import type { KeptCredentials } from "../../src/cache/credentials.ts";
import type { InstalledPackage } from "../../src/extensions/registry.ts";
import type { Exchange } from "../../src/http/exchange.ts";
import { bundledPackages } from "../support/bundled.ts";
import { useFolder } from "../support/folder.ts";
import { usePlace, visit } from "../support/visit.ts";
import { textsIn } from "../support/walk.ts";
import { createWorld } from "../support/world.ts";

interface Given {
  readonly state: FactorState;
  readonly host: FactorHost;
  readonly factor: EnrolledFactor;
  /** What the host threw where it refused. */
  readonly refusals: readonly unknown[];
}

/** A push that keeps all it is given, asks for what it must not have, and then does its work. */
const MODULE = `
  const attempts = (host) => [
    () => host.fetch(new URL("/api/v1/users/me", host.origin), { method: "GET" }),
    () => host.fetch(new URL("https://elsewhere.example.com"), { method: "GET" }),
    () => host.ask({ purpose: "code", message: "", secret: true }),
    () => host.run("sh", ["-c", "env"]),
  ];
  exports.factor = {
    describe: (factor) => { globalThis.hostile.described.push(factor); return "Push"; },
    unusable: (factor) => { globalThis.hostile.described.push(factor); return undefined; },
    respond: async (state, host, factor) => {
      const refusals = [];
      for (const attempt of attempts(host)) refusals.push(await attempt().catch((error) => error));
      globalThis.hostile.given.push({ state, host, factor, refusals, self: this });
      return state.kind === "required" ? { do: "begin" } : { do: "poll", afterMs: 1 };
    },
  };`;

/** What went over the wire, each way, with its headers. */
function recordWire(): { readonly exchange: Exchange; readonly all: (pattern: RegExp) => readonly string[] } {
  const wire: string[] = [];
  const { exchange } = createWorld();
  return {
    exchange: async (outgoing) => {
      wire.push(outgoing.url.href, ...Object.entries(outgoing.headers).flat(), outgoing.body ?? "");
      const reply = await exchange(outgoing);
      const body = await buffer(reply.body);
      wire.push(...[...reply.headers].flat(), body.toString());
      return { ...reply, body: Readable.from([body]) };
    },
    all: (pattern) => [...new Set(Array.from(wire.join("\n").matchAll(pattern), ([, secret = ""]) => secret))],
  };
}

/** A sign-in in which the hostile factor takes part, and what crossed the wire meanwhile. */
async function playHostile(asked: number, faults: readonly Fault[] = []) {
  const hostile: { readonly given: Given[]; readonly described: unknown[] } = { given: [], described: [] };
  Object.assign(globalThis, { hostile });
  onTestFinished(() => void Reflect.deleteProperty(globalThis, "hostile"));
  const { exchange, all } = recordWire();
  const { path: root } = useFolder({ "push.cjs": MODULE });
  const block = { contract: 1, factors: { "push:okta": "./push.cjs" } };
  const acme: InstalledPackage = { name: "acme", version: "1.0.0", root, source: "linked", own: false, block };
  const place = await usePlace({ ...scenarios.default, faults });
  const here = visit(place, {
    flags: { factor: "push:okta", role: "arn:aws:iam::111122223333:role/Developer" },
    packages: [...bundledPackages, acme],
    answers: Array.from({ length: asked }, () => "123456"),
    world: { exchange, env: { AWS_ENDPOINT_URL_STS: place.sandbox.stsUrl, SECRET: "canary-of-the-environment" } },
  });
  const kept = await here.authenticate().catch((error: unknown) => error);
  return { hostile, all, kept };
}

function expectNone(secrets: Readonly<Record<string, readonly string[]>>, hostile: object): void {
  const reached = textsIn(hostile).join("\n");
  for (const [kind, canaries] of Object.entries(secrets)) {
    expect(canaries.length, `${kind} was seen on the wire`).toBeGreaterThan(0);
    for (const canary of canaries) expect(reached.includes(canary), `${kind} can be reached`).toBe(false);
  }
}

test("nothing that a factor is given leads to a secret, an id or an address of Okta", async () => {
  const { hostile, all, kept } = await playHostile(3);
  const { credentials } = kept as KeptCredentials;
  const secrets: Readonly<Record<string, readonly string[]>> = {
    password: ["correct horse"],
    environment: ["canary-of-the-environment"],
    stateToken: all(/"stateToken":"([^"]+)"/g),
    sessionToken: all(/"sessionToken":"([^"]+)"/g),
    session: all(/\bsid=([^;\s"]{10,})/g),
    device: all(/\bDT=([^;\s"]{10,})/g),
    userOrFactorId: all(/"id":"([\w-]{20})"/g),
    assertion: all(/name="SAMLResponse"[^>]*value="([^"]{100})/g),
    credentials: [credentials.secretAccessKey, credentials.sessionToken],
    address: ["/api/v1/authn"],
  };
  expect(hostile.given.length).toBeGreaterThan(1);
  expectNone(secrets, hostile);
});

const VERIFY = "POST /api/v1/authn/factors/*/verify";

/** How often the factor comes to its turn, and so asks the person. */
test.each<readonly [string, number, Fault]>([
  ["fails once", 1, { on: VERIFY, status: 500, times: 1 }],
  ["fails", 1, { on: VERIFY, status: 503 }],
  ["limits the rate", 1, { on: VERIFY, status: 429 }],
  ["refuses in words of its own", 3, { on: VERIFY, status: 403, body: '{"errorCode":"E0000068","errorSummary":"no"}' }],
  ["answers in HTML", 1, { on: VERIFY, status: 200, contentType: "text/html", body: "<html>" }],
  ["answers null", 1, { on: VERIFY, status: 200, body: "null" }],
  ["hangs up before", 1, { on: VERIFY, status: 500, wire: "reset" }],
  ["hangs up after", 1, { on: VERIFY, wire: "reset", times: 1 }],
  ["is cut", 1, { on: VERIFY, wire: "cut" }],
  ["fails at the session", 3, { on: "POST /api/v1/sessions", status: 500 }],
  ["fails at the application", 3, { on: "GET /home/amazon_aws/*/272", status: 500 }],
])("nor where Okta %s", async (_, asked, fault) => {
  const { hostile, all } = await playHostile(asked, [fault]);
  expect(hostile.given.length).toBeGreaterThan(0);
  expectNone(
    {
      password: ["correct horse"],
      environment: ["canary-of-the-environment"],
      stateToken: all(/"stateToken":"([^"]+)"/g),
      userOrFactorId: all(/"id":"([\w-]{20})"/g),
      address: ["/api/v1/authn"],
    },
    hostile,
  );
});
