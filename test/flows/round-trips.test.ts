/** What is asked of Okta and AWS, what of it at the same time, and what does not hold up the answer. */
import { channel } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import path from "node:path";
import { scenarios } from "@aws-okta-processor/sandbox";
import { expect, onTestFinished, test } from "vitest";
import { sessionFile } from "../../src/cache/paths.ts";
import type { Exchange } from "../../src/http/exchange.ts";
import { callsOf } from "../support/calls.ts";
import { useFolder } from "../support/folder.ts";
import { faulty, replies, useSandbox } from "../support/sandbox.ts";
import { type Coming, type Place, usePlace, visit } from "../support/visit.ts";
import { createWorld } from "../support/world.ts";

const REFRESH = "POST /api/v1/sessions/me/lifecycle/refresh";
const PAGE = "GET /home/amazon_aws/*/272";
const ASSUME = "sts AssumeRoleWithSAML";
const SIGN_IN = ["POST /api/v1/authn", "POST /api/v1/sessions"];
const role = "arn:aws:iam::111122223333:role/Developer";
const LATENCY_MS = 200;

/** A sandbox far away, without factors. */
async function useFarPlace(): Promise<Place> {
  return { sandbox: await useSandbox("no-mfa", { latencyMs: LATENCY_MS }), home: useFolder() };
}

/** With application and role known, and the session of an earlier visit if there was one. */
function come(place: Place, world: Coming["world"] = {}) {
  return visit(place, { flags: { role, application: place.sandbox.applicationUrl(), "no-aws-cache": true }, world });
}

/** The kept session, as its file has it. */
function keptIn({ home, sandbox }: Place): string {
  return home.read(path.relative(home.path, sessionFile(home.path, "jdoe", sandbox.organization)));
}

/** What was asked, in turns: what was answered less than a turn after another was asked at the same time. */
function turnsOf(calls: Place["sandbox"]["calls"]): readonly (readonly string[])[] {
  const turns: string[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const call of calls) {
    if (call.at.getTime() - last >= LATENCY_MS * 0.9) {
      turns.push([]);
      last = call.at.getTime();
    }
    turns.at(-1)?.push(...callsOf({ calls: [call] }));
  }
  return turns.map((turn) => turn.sort());
}

/** A refresh that nobody answers, and whether somebody still waits for it. */
function hangingRefresh() {
  const asked: AbortSignal[] = [];
  const { exchange } = createWorld();
  const hanging: Exchange = ({ url, signal, ...rest }) => {
    if (!url.href.endsWith("/refresh")) return exchange({ url, signal, ...rest });
    asked.push(signal);
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("ended"))));
  };
  return { asked, exchange: hanging };
}

test("with nothing kept four requests follow one another, and there is no other", async () => {
  const here = come(await useFarPlace());
  await here.authenticate();
  expect(turnsOf(here.calls())).toEqual([...SIGN_IN, PAGE, ASSUME].map((call) => [call]));
});

test("with a kept session two requests follow one another; it is prolonged beside them, and kept so", async () => {
  const place = await useFarPlace();
  await come(place).authenticate();
  const before = keptIn(place);
  place.sandbox.advance(60_000);
  const here = come(place);
  await here.authenticate();
  expect(turnsOf(here.calls())).toEqual([[PAGE, REFRESH], [ASSUME]]);
  expect(keptIn(place)).not.toBe(before);
});

test("roles are listed with two requests, one after the other", async () => {
  const place = await useFarPlace();
  await come(place).authenticate();
  const here = visit(place, { flags: { application: place.sandbox.applicationUrl() } });
  await here.getRoles();
  expect(turnsOf(here.calls())).toEqual([[PAGE, REFRESH], ["sign-in POST /saml"]]);
});

test("a session that takes its time to be prolonged holds nothing up: it stays as it was kept, and nobody waits on", async () => {
  const place = await usePlace("no-mfa");
  await come(place).authenticate();
  const [before, { asked, exchange }] = [keptIn(place), hangingRefresh()];
  const here = come(place, { exchange });
  await here.authenticate();
  expect([callsOf({ calls: here.calls() }), asked.map(({ aborted }) => aborted), keptIn(place)]).toEqual([[PAGE, ASSUME], [true], before]);
});

test.each([
  ["fails", { status: 500, body: "" }],
  ["is refused", { status: 400, body: '{"errorCode":"E0000001","errorSummary":"no"}' }],
  ["says that it is gone, though it opens the application", { status: 404, body: '{"errorCode":"E0000007","errorSummary":"gone"}' }],
])("a session whose prolonging %s gives the answer all the same, and nothing is told", async (_, reply) => {
  const place = await usePlace(faulty("no-mfa", { on: REFRESH, ...reply }));
  await come(place).authenticate();
  const before = keptIn(place);
  const here = come(place);
  await here.authenticate();
  expect([callsOf({ calls: here.calls() }).filter((call) => call !== REFRESH), here.world.written.diagnosis, keptIn(place)]).toEqual([
    [PAGE, ASSUME],
    "",
    before,
  ]);
});

test("a session that another has taken the place of meanwhile is not put back", async () => {
  const place = await usePlace("no-mfa");
  await come(place).authenticate();
  const file = path.relative(place.home.path, sessionFile(place.home.path, "jdoe", place.sandbox.organization));
  const another = JSON.stringify({ ...JSON.parse(keptIn(place)), id: "102another" });
  const { exchange } = createWorld();
  const here = come(place, {
    exchange: async (outgoing) => {
      const reply = await exchange(outgoing);
      if (outgoing.url.href.endsWith("/refresh")) place.home.write(file, another);
      return reply;
    },
  });
  await here.authenticate();
  expect(keptIn(place)).toBe(another);
});

test("an application that wants more of a session that Okta says is gone is given a new session, and no more", async () => {
  const demand = { on: PAGE, status: 200, contentType: "text/html", body: "<script>var stateToken = 'unknown';</script>" };
  const gone = replies(REFRESH, { errorCode: "E0000007" }, { status: 404 });
  const place = await usePlace({ ...scenarios["no-mfa"], faults: [{ ...demand, after: 1, times: 1 }, gone] });
  await come(place).authenticate();
  const here = come(place);
  await here.authenticate();
  expect(callsOf({ calls: here.calls() }).filter((call) => call !== REFRESH)).toEqual([PAGE, ...SIGN_IN, PAGE, ASSUME]);
});

test("what follows one another goes through one connection to each server", async () => {
  const place = await usePlace("no-mfa");
  const opened: number[] = [];
  const note = (message: unknown) => {
    const { socket } = message as { readonly socket: Socket };
    socket.once("connect", () => opened.push(socket.remotePort ?? 0));
  };
  const connections = channel("net.client.socket");
  connections.subscribe(note);
  onTestFinished(() => void connections.unsubscribe(note));
  await come(place).authenticate();
  expect(opened).toEqual([place.sandbox.origin, place.sandbox.stsUrl].map((url) => Number(new URL(url).port)));
});
