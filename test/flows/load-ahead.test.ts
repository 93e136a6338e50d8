import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect } from "vitest";
import { createBeside } from "../../src/flows/beside.ts";
import { createLoadAhead } from "../../src/flows/load-ahead.ts";
import { createSend } from "../../src/http/send.ts";
import { faulty } from "../support/sandbox.ts";
import { test } from "../support/sandbox-home.ts";
import { reply, useServer } from "../support/server.ts";
import { createWorld } from "../support/world.ts";

async function ask(url: URL, method: "GET" | "POST" = "GET"): Promise<void> {
  const world = createWorld();
  await createSend(world, { userAgent: "test/1", signal: world.signal })({ method, url, headers: {}, repeatable: false });
}

describe("libraries", () => {
  /** A loader that notes when it is asked. */
  function setUp() {
    const log: string[] = [];
    const load = (library: string) => async () => void log.push(library);
    const beside = createBeside();
    return { log, beside, loadAhead: createLoadAhead(beside, { pages: load("pages"), sts: load("sts") }) };
  }

  test("are loaded one by one, each when a request is on its way, and not when it is answered", async () => {
    const { log, loadAhead } = setUp();
    const { url } = await useServer((response) => {
      log.push("answer");
      reply(200)(response);
    });
    loadAhead("pages", "sts");
    await setTimeout(5);
    log.push("ask");
    await ask(url, "POST");
    log.push("ask");
    await ask(url);
    await ask(url);
    expect([log.slice(0, 3), log.slice(3)].map((turn) => turn.toSorted())).toEqual([
      ["answer", "ask", "pages"],
      ["answer", "answer", "ask", "sts"],
    ]);
    expect(log[0]).toBe("ask");
  });

  test("are not loaded where nothing was sent before the end", async () => {
    const { log, beside, loadAhead } = setUp();
    loadAhead("pages");
    await beside.end();
    await ask((await useServer(reply(200))).url);
    expect(log).toEqual([]);
  });

  test("that cannot be loaded are no matter before they are needed", async () => {
    const beside = createBeside();
    createLoadAhead(beside, { pages: () => Promise.reject(new Error("no")), sts: () => Promise.resolve() })("pages");
    await ask((await useServer(reply(200))).url);
    await beside.end();
  });
});

describe("a sign-in that is refused", () => {
  const RECORDING = `--require=${fileURLToPath(new URL("../support/record-modules.cjs", import.meta.url))}`;

  test.concurrent.for([
    ["authenticate", [true, true]],
    ["get-roles", [true, false]],
  ] as const)("has had loaded what %s would have needed next, and nothing else", async ([line, loaded], { enter }) => {
    const fault = { on: "POST /api/v1/sessions", status: 403, body: '{"errorCode":"E0000006","errorSummary":"no"}' };
    const { home, run } = await enter(faulty("no-mfa", fault), { latencyMs: 500 });
    const file = path.join(home, "modules.json");
    const { exitCode } = await run(line, { NODE_OPTIONS: RECORDING, AOP_MODULES: file });
    const modules = JSON.parse(await readFile(file, "utf8")) as readonly string[];
    const has = (name: string) => modules.some((module) => module.endsWith(`/dist/program/${name}.cjs`));
    expect([exitCode, has("cheerio-slim"), has("aws-sdk-client-sts")]).toEqual([3, ...loaded]);
  });
});
