import { readFileSync } from "node:fs";
import { describe, expect } from "vitest";
import { ENTER } from "../support/pty.ts";
import { test } from "../support/sandbox-home.ts";
import { findLeaks, findLeaksInFiles } from "./canaries.ts";
import { type Cell, tryCell } from "./cell.ts";
import { FAULTS } from "./faults.ts";
import { PASSWORD, REQUESTS, SIGN_IN } from "./requests.ts";
import { renderTable } from "./table.ts";

interface Recorded {
  readonly summary: Readonly<Record<"tried" | "recovered" | "refused" | "hung" | "wrong" | "leaked" | "lost" | "resubmitted", number>>;
  readonly cells: readonly Pick<Cell, "fault" | "request" | "outcome" | "exitCode" | "told">[];
}

/** What `npm run faults` found, of all faults at all requests. */
const { cells: recorded, summary } = JSON.parse(readFileSync(new URL("../bench/results/faults.json", import.meta.url), "utf8")) as Recorded;

const known = (fault: string, request: string) => recorded.find((cell) => cell.fault === fault && cell.request === request);

/** Each fault at one request, each request with some faults; the whole table is `npm run faults`. */
const chosen = FAULTS.flatMap((kind, index) => {
  const request = REQUESTS[index % REQUESTS.length];
  return request === undefined || known(kind.name, request.name) === undefined ? [] : [{ kind, request }];
});

describe.concurrent("a fault", () => {
  for (const { kind, request } of chosen) {
    test(`(${kind.name}) at the request for ${request.name} ends as it is recorded, and nothing leaks or is lost`, async () => {
      const cell = await tryCell(request, kind);
      expect({ ...cell, told: cell?.told.map((line) => line.replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1")) }).toMatchObject({
        ...known(kind.name, request.name),
        leaks: [],
        lost: [],
        resubmitted: 0,
      });
    });
  }
});

describe("of what is recorded", () => {
  test("every fault was tried at every request but where it cannot be", () => {
    expect(recorded.length).toBe(FAULTS.length * REQUESTS.length - 1);
  });

  test("what may be asked again was, and was answered", () => {
    // The far end has taken what is good for one time, and its answer is lost.
    const spent = ["poll", "session"].flatMap((request) => ["reset after, once", "cut, once"].map((fault) => `${fault} at ${request}`));
    const names = REQUESTS.filter(({ repeatable }) => repeatable).map(({ name }) => name);
    const once = recorded.filter(({ fault, request }) => fault.endsWith("once") && names.includes(request));
    const unanswered = once.filter(({ fault, request, outcome }) => outcome !== "recovered" && !spent.includes(`${fault} at ${request}`));
    expect([unanswered, once.length > 30]).toEqual([[], true]);
  });

  test("what only decorates never costs the answer", () => {
    const optional = REQUESTS.filter((request) => request.optional).map(({ name }) => name);
    expect(recorded.filter(({ request, outcome }) => optional.includes(request) && outcome !== "recovered")).toEqual([]);
  });

  test("a password and a code are given up at the first failure", () => {
    const failures = recorded.filter(({ fault, request }) => ["sign-in", "code"].includes(request) && !/^none|^clock/.test(fault));
    expect(failures.filter(({ outcome }) => outcome !== "refused")).toEqual([]);
  });
});

test("docs/faults.md has the table and the figures that are recorded", () => {
  const page = readFileSync(new URL("../../docs/faults.md", import.meta.url), "utf8");
  expect(page).toContain(renderTable(recorded));
  expect(page).toContain(`Of ${summary.tried} runs ${summary.recovered} were answered and ${summary.refused} refused;`);
  expect(summary).toMatchObject({ hung: 0, wrong: 0, leaked: 0, lost: 0, resubmitted: 0 });
});

describe("a canary", () => {
  const secrets = [{ kind: "password", value: PASSWORD }] as const;
  const found = (text: string) => findLeaks(secrets, "stderr", text);

  test.each([
    ["it is", PASSWORD],
    ["in a URL", `?a=1&p=${encodeURIComponent(PASSWORD)}`],
    ["in a URL", new URLSearchParams({ p: PASSWORD }).toString()],
    ["in JSON", JSON.stringify({ p: PASSWORD })],
    ["in JSON", JSON.stringify(JSON.stringify({ p: PASSWORD }))],
    ["in HTML", "pa&quot;ss&lt;w>ö&amp;rd\\7%+".replace(">", "&gt;")],
    ["in base64", Buffer.from(`user:${PASSWORD}`).toString("base64")],
    ["in base64", Buffer.from(`user${PASSWORD}!`).toString("base64url")],
    ["in base64", Buffer.from(`use${PASSWORD}`).toString("base64")],
    ["in hex", Buffer.from(PASSWORD).toString("hex")],
    ["in hex", String(Buffer.from(PASSWORD).toString("hex").match(/../g)?.join(" "))],
  ])("is found as %s: %s", (form, text) => {
    expect(found(text)).toContain(`password in stderr, as ${form}`);
  });

  test("is not found where there is none", () => {
    expect(found("cannot reach acme.okta.com: ECONNRESET\npassword: *****")).toEqual([]);
  });

  test.for([
    ["sign-in", { on: "POST /api/v1/authn", status: 500 }],
    ["app page", { on: "GET /home/amazon_aws/*/272", status: 200, contentType: "text/html", body: "<html>" }],
    ["STS", { on: "sts AssumeRoleWithSAML", wire: "cut" }],
    ["no request", { on: "duo", status: 500 }],
  ] as const)("that is typed at the terminal is nowhere where the fault is at: %s", async ([, fault], { enter }) => {
    const { sit, sandbox, home } = await enter({ ...SIGN_IN.scene, faults: [fault] });
    const command = "authenticate --role arn:aws:iam::111122223333:role/Developer";
    const { see, type, end } = await sit(command, { AWS_OKTA_PASS: undefined, DEBUG: "*" });
    await see(/password/i);
    type(`${PASSWORD}${ENTER}`);
    const { shown, stderr } = await end();
    const secrets = sandbox.secrets();
    expect(secrets.map(({ kind }) => kind)).toContain("password");
    // The answer of one that succeeds is written to a file of the test's own.
    const files = findLeaksInFiles(secrets, home).filter((leak) => !/ in terminal-\w+\/out,/.test(leak));
    expect([...findLeaks(secrets, "the terminal", shown), ...findLeaks(secrets, "stderr", stderr), ...files]).toEqual([]);
  });
});
