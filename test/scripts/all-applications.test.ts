import type { Fault, Scenario } from "@aws-okta-processor/sandbox";
import { describe, expect } from "vitest";
import { callsOf } from "../support/calls.ts";
import { DEVELOPER } from "../support/sample.ts";
import { type Place, test } from "../support/sandbox-home.ts";
import { withoutFactors } from "../support/scenario.ts";

const PROD = "arn:aws:iam::444455556666:role";
const LIST = ["get-roles", "--silent", "--all-applications", "--output", "text", "--output-format", "{account} {role}"];

/** Two applications: one for a single account with three roles, one for the two others. */
function scene(more: Partial<Scenario> = {}): Scenario {
  return { ...withoutFactors("two-applications"), ...more };
}

const DEV_LINES = ["Administrator", "Developer", "ReadOnly"].map((name) => `acme-dev arn:aws:iam::111122223333:role/${name}\n`).join("");
const PROD_LINES =
  ["Developer", "ReadOnly"].map((name) => `acme-prod ${PROD}/${name}\n`).join("") +
  ["teams/data/Analyst-Reader", "Auditor"].map((name) => `777788889999 arn:aws:iam::777788889999:role/${name}\n`).join("");

/** A fault in the page of one application. */
async function faultAt(enter: (scene: Scenario) => Promise<Place>, label: string, fault: Omit<Fault, "on">): Promise<Fault> {
  const { sandbox } = await enter(scene());
  return { on: `GET ${new URL(sandbox.applicationUrl(label)).pathname}`, ...fault };
}

const SIGN_IN_PAGE = '<html><body><div id="signin-container"><div id="okta-sign-in"></div></div></body></html>';
const asPage = (body: string): Omit<Fault, "on"> => ({ status: 200, contentType: "text/html", body });

describe("every application is listed in one run", () => {
  test.concurrent("as lines, application by application in Okta's order", async ({ enter }) => {
    const { run, sandbox } = await enter(scene());
    expect(await run(LIST)).toEqual({ stdout: DEV_LINES + PROD_LINES, stderr: "", exitCode: 0 });
    expect(callsOf(sandbox).toSorted()).toEqual([
      "GET /api/v1/users/me/appLinks",
      "GET /home/amazon_aws/*/272",
      "GET /home/amazon_aws/*/272",
      "POST /api/v1/authn",
      "POST /api/v1/sessions",
      "sign-in POST /saml",
      "sign-in POST /saml",
    ]);
  });

  test.concurrent("as an array of what is written for each alone, without a newline", async ({ enter }) => {
    const { perform, sandbox } = await enter(scene());
    const alone = [];
    for (const label of ["AWS Development", "AWS Production"])
      alone.push((await perform(["get-roles", "--application", sandbox.applicationUrl(label)])).stdout);
    expect(await perform("get-roles --all-applications")).toEqual({ stdout: `[${alone.join(", ")}]`, stderr: "", exitCode: 0 });
  });

  test.concurrent("as profiles, each of its own application", async ({ enter }) => {
    const { perform, sandbox } = await enter(scene());
    const { stdout } = await perform("get-roles --all-applications --output profiles --role Developer");
    const profile = (name: string, label: string, arn: string) => `
[${name}-developer]
credential_process=aws-okta-processor authenticate --organization="${sandbox.organization}" --user="jdoe" --application="${sandbox.applicationUrl(label)}" --role="${arn}" --key="${name}-${arn}"
`;
    expect(stdout).toBe(profile("acme-dev", "AWS Development", DEVELOPER) + profile("acme-prod", "AWS Production", `${PROD}/Developer`));
  });

  test.concurrent("as an array of one, where there is one", async ({ enter }) => {
    const { perform } = await enter("no-mfa");
    const one = await perform("get-roles");
    expect(await perform("get-roles --all-applications")).toEqual({ ...one, stdout: `[${one.stdout}]` });
  });

  test.concurrent("from a variable, too", async ({ enter }) => {
    const { perform } = await enter(scene());
    const [command = "", ...rest] = LIST.filter((word) => word !== "--all-applications");
    expect((await perform([command, ...rest], { AWS_OKTA_ALL_APPLICATIONS: "yes" })).stdout).toBe(DEV_LINES + PROD_LINES);
  });
});

describe("profiles of several applications", () => {
  test.concurrent("have names of their own, where accounts are called alike", async ({ enter }) => {
    const { accounts } = scene();
    const { perform } = await enter(scene({ accounts: accounts.map((account) => ({ ...account, alias: "acme" })) }));
    const { stdout } = await perform("get-roles --all-applications --output profiles");
    expect(stdout.match(/(?<=^\[).*(?=\]$)/gm)).toEqual([
      "acme-administrator",
      "acme-111122223333-developer",
      "acme-111122223333-readonly",
      "acme-444455556666-developer",
      "acme-444455556666-readonly",
      "acme-reader",
      "acme-auditor",
    ]);
  });

  test.concurrent("are one for a role that several give: the first one's", async ({ enter }) => {
    const applications = [
      { label: "First", name: "amazon_aws", accounts: ["111122223333"] },
      { label: "All", name: "amazon_aws" },
    ];
    const { perform, sandbox } = await enter(scene({ applications }));
    const { stdout } = await perform("get-roles --all-applications --output profiles");
    const profiles = stdout.trim().split("\n\n");
    expect(profiles).toHaveLength(7);
    expect(profiles.map((text) => text.includes(`--application="${sandbox.applicationUrl("First")}"`))).toEqual([
      ...[true, true, true],
      ...[false, false, false, false],
    ]);
  });
});

describe("an application that gives no role is left out with one line, and the others are listed", () => {
  test.concurrent("without roles", async ({ enter }) => {
    const [dev, prod] = scene().applications.filter(({ name }) => name === "amazon_aws");
    const empty = { label: "Empty", name: "amazon_aws", accounts: [] };
    const { perform, sandbox } = await enter(scene({ applications: [dev, empty, prod].filter((app) => app !== undefined) }));
    expect(await perform(LIST)).toEqual({
      stdout: DEV_LINES + PROD_LINES,
      stderr: `${sandbox.applicationUrl("Empty")} is left out: this application gives you no AWS role\n`,
      exitCode: 0,
    });
  });

  test.concurrent.for([
    ["refused", { status: 403, contentType: "text/html", body: "" }, "ORG does not open this application"],
    [
      "refused with a reason",
      asPage('<div class="error-content"><h1>User is not assigned</h1></div>'),
      "ORG does not open this application: User is not assigned",
    ],
    [
      "that wants more proof",
      asPage('<script>var stateToken = "00x";</script>'),
      "ORG wants more proof for this application than a command line can give",
    ],
  ] as const)("%s", async ([, fault, reason], { enter }) => {
    const { perform, sandbox } = await enter(scene({ faults: [await faultAt(enter, "AWS Development", fault)] }));
    expect(await perform(LIST)).toEqual({
      stdout: PROD_LINES,
      stderr: `${sandbox.applicationUrl("AWS Development")} is left out: ${reason.replace("ORG", sandbox.organization)}\n`,
      exitCode: 0,
    });
  });

  test.concurrent("without the role that is meant", async ({ enter }) => {
    const { perform, sandbox } = await enter(scene());
    expect(await perform([...LIST, "--role", "Administrator"])).toEqual({
      stdout: "acme-dev arn:aws:iam::111122223333:role/Administrator\n",
      stderr: `${sandbox.applicationUrl("AWS Production")} is left out: you are not offered the role Administrator (--role)\n`,
      exitCode: 0,
    });
  });

  test.concurrent("without the account that is meant", async ({ enter }) => {
    const { perform, sandbox } = await enter(scene());
    expect(await perform([...LIST, "-A", "*-dev"])).toEqual({
      stdout: DEV_LINES,
      stderr: `${sandbox.applicationUrl("AWS Production")} is left out: no account matches "*-dev" (--account-alias)\n`,
      exitCode: 0,
    });
  });

  test.concurrent("and where all are left out it is a refusal, with nothing on stdout", async ({ enter }) => {
    const { perform } = await enter(scene());
    const { stdout, stderr, exitCode } = await perform("get-roles --all-applications --role Nobody");
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 3 });
    expect(stderr.split("\n").slice(-3)).toEqual([
      "aws-okta-processor: none of your AWS applications gives a role that is to be listed",
      "each says above why it is left out",
      "",
    ]);
  });
});

describe("what is no matter of one application ends the run", () => {
  test.concurrent("an organization that fails", async ({ enter }) => {
    const { perform, sandbox } = await enter(scene({ faults: [await faultAt(enter, "AWS Development", { status: 500 })] }));
    expect(await perform(LIST)).toEqual({
      stdout: "",
      stderr: `aws-okta-processor: ${sandbox.organization} failed with status 500\ntry again later\n`,
      exitCode: 4,
    });
  });

  test.concurrent("no application", async ({ enter }) => {
    const { perform, sandbox } = await enter(withoutFactors("no-application"));
    const { stdout, stderr, exitCode } = await perform(LIST);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 3 });
    expect(stderr).toContain(`aws-okta-processor: ${sandbox.organization} shows you no AWS application\n`);
  });
});

describe("a kept session", () => {
  test.concurrent("is used for all of them", async ({ enter }) => {
    const { perform, sandbox } = await enter(scene());
    const first = await perform(LIST);
    expect([await perform(LIST), sandbox.count("POST /api/v1/authn")]).toEqual([first, 1]);
  });

  test.concurrent("that is dead is replaced by one sign-in", async ({ enter }) => {
    const { perform, sandbox } = await enter(scene());
    const first = await perform(LIST);
    sandbox.endSessions();
    expect([await perform(LIST), sandbox.count("POST /api/v1/authn")]).toEqual([first, 2]);
  });

  test.concurrent("that dies between the refresh and the list is replaced by one sign-in", async ({ enter }) => {
    const { perform, sandbox } = await enter(
      scene({
        faults: [
          { on: "GET /api/v1/users/me/appLinks", after: 1, times: 1, status: 403, body: '{"errorCode":"E0000006","errorSummary":"no"}' },
        ],
      }),
    );
    const first = await perform(LIST);
    expect([await perform(LIST), sandbox.count("POST /api/v1/authn")]).toEqual([first, 2]);
  });

  test.concurrent("that no application honours is replaced by one sign-in, not by one for each", async ({ enter }) => {
    const { perform, sandbox } = await enter(
      scene({ faults: [{ on: "GET /home/amazon_aws/*/272", after: 2, times: 2, ...asPage(SIGN_IN_PAGE) }] }),
    );
    const first = await perform(LIST);
    expect([await perform(LIST), sandbox.count("POST /api/v1/authn")]).toEqual([first, 2]);
  });

  test.concurrent("that no application honours is told of once", async ({ enter }) => {
    const { run, sit } = await enter(
      scene({ faults: [{ on: "GET /home/amazon_aws/*/272", after: 2, times: 2, ...asPage(SIGN_IN_PAGE) }] }),
    );
    await run(LIST);
    const { shown, exitCode } = await (await sit(LIST.filter((word) => word !== "--silent"))).end();
    expect([shown, exitCode]).toEqual(["Creating new Okta session.\n", 0]);
  });
});

const LATENCY_MS = 400;

test.concurrent("ten are opened at one time, and not more", { timeout: 60_000 }, async ({ enter }) => {
  const [account] = scene().accounts;
  const applications = Array.from({ length: 12 }, (_, index) => ({
    label: `App ${index}`,
    name: "amazon_aws",
    accounts: ["111122223333"],
  }));
  const accounts = account === undefined ? [] : [{ ...account, roles: [{ name: "Developer" }] }];
  const { perform, sandbox } = await enter(scene({ applications, accounts }), { latencyMs: LATENCY_MS });
  const { stdout } = await perform(LIST);
  expect(stdout).toBe(`111122223333 ${DEVELOPER}\n`.repeat(12));
  const times = sandbox.calls.filter(({ path }) => path.startsWith("/home/")).map(({ at }) => at.getTime());
  const [first = 0, tenth = 0, eleventh = 0] = [times[0], times[9], times[10]];
  // One after the other they would be 400 ms apart; the eleventh waits for one of the first ten to be answered.
  expect(times).toHaveLength(12);
  expect(tenth - first).toBeLessThan(9 * LATENCY_MS);
  expect(eleventh - first).toBeGreaterThanOrEqual(LATENCY_MS - 5);
});

test.concurrent("without it, several applications are asked for, and where nobody can be asked it is an error", async ({ enter }) => {
  const { perform } = await enter(scene());
  expect(await perform("get-roles")).toEqual({
    stdout: "",
    stderr: "aws-okta-processor: there is no terminal to ask for: AWS application\ngive --application or AWS_OKTA_APPLICATION\n",
    exitCode: 2,
  });
});
