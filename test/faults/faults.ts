import type { Encoding, Fault, Wire } from "@aws-okta-processor/sandbox";

/** What goes wrong at a request, once or for good. */
export interface FaultKind {
  readonly name: string;
  /** Nothing where the far end is as it should be. */
  readonly fault: Omit<Fault, "on" | "after"> | undefined;
  /** Nobody listens any more when the request comes. */
  readonly isRefused?: true;
  readonly clockOffsetSeconds?: number;
  /** Variables of the program, beside those of every run. */
  readonly env?: Readonly<Record<string, string>>;
}

/** All but `stream`, with which Node writes down the first bytes of whatever it reads. */
const NODE_DEBUG =
  "child_process,cluster,crypto,diagnostics,dns,esm,fetch,fs,http,http2,https,inspector,module,net,process,source_map,timer,tls,tty,undici,url,util,vm,websocket,worker,zlib";

const HTML = "<!doctype html><html><h1>Sign in to the Wi-Fi</h1></html>";

const replies = (name: string, fault: Omit<Fault, "on" | "after">): FaultKind => ({ name, fault: { status: 200, ...fault } });
const onTheWire = (name: string, wire: Wire, fault: Partial<Fault> = {}): FaultKind => ({ name, fault: { wire, ...fault } });
/** What never ends, or would take minutes. */
const waits = (name: string, wire: Wire, fault: Partial<Fault> = {}): FaultKind => ({
  ...onTheWire(name, wire, fault),
  env: { AWS_OKTA_TIMEOUT: "2" },
});
const bomb = (...encodings: readonly Encoding[]): FaultKind =>
  replies(`200 MiB in ${encodings.join(" in ")}`, { mebibytes: 200, encodings });
const fails = (status: number): readonly FaultKind[] => [replies(`${status} once`, { status, times: 1 }), replies(`${status}`, { status })];

export const FAULTS: readonly FaultKind[] = [
  { name: "none", fault: undefined },
  { name: "none, NODE_DEBUG", fault: undefined, env: { NODE_DEBUG } },
  { name: "nobody listens", fault: undefined, isRefused: true },
  onTheWire("reset before, once", "reset", { status: 500, times: 1 }),
  onTheWire("reset before", "reset", { status: 500 }),
  onTheWire("reset after, once", "reset", { times: 1 }),
  onTheWire("reset after", "reset"),
  waits("hangs", "hang", { status: 500 }),
  waits("hangs after", "hang"),
  waits("trickles", "trickle"),
  onTheWire("cut, once", "cut", { times: 1 }),
  onTheWire("cut", "cut"),
  onTheWire("length too long", "said-longer"),
  onTheWire("length too short", "said-shorter"),
  replies("HTML", { contentType: "text/html", body: HTML }),
  replies("403 of a proxy", { status: 403, contentType: "text/html", body: HTML }),
  replies("407 of a proxy", { status: 407, contentType: "text/html", body: HTML }),
  replies("null", { body: "null" }),
  replies("a list", { body: "[]" }),
  replies("nothing", { body: "" }),
  replies("half of JSON", { body: '{"status":"MFA_REQ' }),
  { name: "another content type", fault: { status: 200, contentType: "image/png", body: "\u0000\u001b[2J" } },
  replies("200 MiB", { mebibytes: 200 }),
  bomb("gzip"),
  bomb("br"),
  bomb("zstd"),
  bomb("gzip", "gzip"),
  bomb("gzip", "br", "zstd"),
  replies("429 with a reset, once", { status: 429, rateLimitResetSeconds: 1, times: 1 }),
  replies("429 with a reset", { status: 429, rateLimitResetSeconds: 1 }),
  replies("429 with a late reset", { status: 429, rateLimitResetSeconds: 600 }),
  replies("429 without a reset, once", { status: 429, times: 1 }),
  replies("429 without a reset", { status: 429 }),
  ...fails(500),
  ...fails(502),
  ...fails(503),
  replies("redirects to itself", { status: 302, headers: { location: "" } }),
  replies("redirects off the org", { status: 302, headers: { location: "http://127.0.0.1:9/?stolen" } }),
  replies("redirects to no address", { status: 302, headers: { location: "http://[" } }),
  { name: "clock 20 minutes ahead", fault: undefined, clockOffsetSeconds: -1200 },
  { name: "clock 20 minutes behind", fault: undefined, clockOffsetSeconds: 1200 },
];
