import { describe, expect, test } from "vitest";
import { type Encoding, type Fault, parseScenario, scenarios } from "../../../plugins/sandbox/src/index.ts";
import { begin, fetchAssertion, logIn, open } from "./client.ts";

const noMfa = scenarios["no-mfa"];
const AUTHN = "POST /api/v1/authn";

const faulty = (...faults: readonly Fault[]) => open({ ...noMfa, faults });

/** What fetch says of the request; nothing of the sandbox's own client, which reads whole replies. */
async function ask(origin: string, signal?: AbortSignal): Promise<string> {
  const body = JSON.stringify({ username: "jdoe", password: "correct horse" });
  const request = { method: "POST", body, headers: { "content-type": "application/json" }, ...(signal === undefined ? {} : { signal }) };
  try {
    const reply = await fetch(`${origin}/api/v1/authn`, request);
    const text = await reply.text();
    return `${reply.status} ${text.includes('"sessionToken"') && text.trim().endsWith("}") ? "whole" : `${text.length} characters`}`;
  } catch (error) {
    for (let at: unknown = error; at instanceof Error; at = at.cause) if ("code" in at && typeof at.code === "string") return at.code;
    return error instanceof Error ? error.name : "";
  }
}

describe("a fault on the wire", () => {
  test("without a status comes after the endpoint has done its work", async () => {
    const sandbox = await faulty({ on: AUTHN, wire: "reset" });
    expect([await ask(sandbox.origin), sandbox.calls.map(({ status }) => status)]).toEqual(["ECONNRESET", [200]]);
  });

  test("with a status comes in place of it", async () => {
    const sandbox = await faulty({ on: AUTHN, wire: "reset", status: 500 });
    expect([await ask(sandbox.origin), sandbox.secrets().map(({ kind }) => kind)]).toEqual(["ECONNRESET", ["password"]]);
  });

  test.each(["hang", "trickle"] as const)("(%s) keeps one waiting", async (wire) => {
    const sandbox = await faulty({ on: AUTHN, wire });
    expect([await ask(sandbox.origin, AbortSignal.timeout(500)), sandbox.count(AUTHN)]).toEqual(["TimeoutError", 1]);
  });

  test.each([
    ["cut", "UND_ERR_SOCKET"],
    ["said-longer", "UND_ERR_SOCKET"],
    ["said-shorter", /^200 \d+ characters$/],
  ] as const)("(%s) spoils the body", async (wire, told) => {
    const sandbox = await faulty({ on: AUTHN, wire });
    expect(await ask(sandbox.origin)).toMatch(told);
  });

  test("may be the last that is heard of a server", async () => {
    const sandbox = await faulty({ on: AUTHN, wire: "last", times: 1 });
    expect([await ask(sandbox.origin), await ask(sandbox.origin)]).toEqual(["200 whole", "ECONNREFUSED"]);
  });
});

describe("a body", () => {
  test("may be of any size", async () => {
    const sandbox = await faulty({ on: AUTHN, status: 200, mebibytes: 7 });
    expect(await ask(sandbox.origin)).toBe(`200 ${7 * 1024 * 1024} characters`);
  });

  const whole = async (encodings: readonly Encoding[]) => {
    const sandbox = await faulty({ on: AUTHN, encodings });
    expect(await ask(sandbox.origin)).toBe("200 whole");
  };

  test.each([[["gzip"]], [["deflate"]], [["br"]], [["gzip", "br"]], [["gzip", "gzip"]]] as const)("may be packed: %j", whole);

  // fetch unpacks it from Node 24 on.
  test.runIf(Number.parseInt(process.versions.node, 10) >= 24)("may be packed by zstd", () => whole(["zstd"]));

  test("of 200 MiB comes as a few bytes where it is packed twice", async () => {
    const sandbox = await faulty({ on: "sign-in", status: 200, mebibytes: 200, encodings: ["gzip", "gzip"], contentType: "text/plain" });
    const reply = await fetch(sandbox.signInUrl, { headers: { "accept-encoding": "identity" } });
    expect(reply.headers.get("content-encoding")).toBe("gzip, gzip");
    await reply.body?.cancel();
  });
});

test("a clock may be behind or ahead of this machine's", async () => {
  const sandbox = await open({ ...noMfa, clockOffsetSeconds: -420 });
  const { headers } = await logIn(sandbox);
  expect(Math.round((Date.parse(headers.get("date") ?? "") - Date.now()) / 60_000)).toBe(-7);
});

test("secrets that went over the wire are known, each once", async () => {
  const sandbox = await open();
  await begin(sandbox);
  expect(sandbox.secrets()).toEqual([
    { kind: "password", value: "correct horse" },
    { kind: "state token", value: expect.stringMatching(/^00/) },
    { kind: "device token", value: expect.any(String) },
  ]);
  const other = await open(noMfa);
  const assertion = await fetchAssertion(other);
  expect(other.secrets().find(({ kind }) => kind === "assertion")?.value).toBe(assertion);
  expect(other.secrets().map(({ kind }) => kind)).toEqual(expect.arrayContaining(["session token", "session id"]));
});

test("faults are data that a file could hold", () => {
  const faults = [{ on: "okta", wire: "cut", mebibytes: 3, encodings: ["gzip", "br"] }];
  const scenario = parseScenario({ ...noMfa, faults, clockOffsetSeconds: -60 });
  expect(scenario).toMatchObject({ faults, clockOffsetSeconds: -60 });
  expect(() => parseScenario({ ...noMfa, faults: [{ on: "okta", wire: "bend" }] })).toThrow("faults[0].wire must be one of: reset, hang,");
});
