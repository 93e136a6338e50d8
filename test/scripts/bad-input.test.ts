import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Fault } from "@aws-okta-processor/sandbox";
import { describe, expect } from "vitest";
import { bundledNames } from "../support/bundled.ts";
import { linkPlugin } from "../support/linked-plugin.ts";
import type { CommandLine } from "../support/process.ts";
import { DEVELOPER } from "../support/sample.ts";
import { type Place, type Scene, test } from "../support/sandbox-home.ts";
import { withFactors, withFaults, withoutFactors } from "../support/scenario.ts";

const PASSWORD = "correct horse";

/** One mistake, and all that the program says of it. `ORG` stands for the organization, `HOME` for the home. */
interface Mistake {
  readonly title: string;
  /** Password alone where absent. */
  readonly scene?: Scene;
  /** `authenticate --silent --role` with a role that is offered where absent. */
  readonly line?: CommandLine;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The dotfile at home. */
  readonly dotfile?: string;
  /** The one in the working directory. */
  readonly dotfileHere?: string;
  readonly exitCode: number;
  readonly says: readonly string[];
  /** How many requests the sandbox got. */
  readonly calls: number;
}

const LINE = `authenticate --silent --role ${DEVELOPER}`;

const NO_CODE = "a code is good for one sign-in only: give --factor-code-command, a command whose first line is the code of the moment";

const TOO_LONG = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>ValidationError</Code>
<Message>The requested DurationSeconds exceeds the MaxSessionDuration set for this role.</Message></Error><RequestId>1</RequestId></ErrorResponse>`;

const REFUSED: readonly Mistake[] = [
  {
    title: "a wrong password",
    env: { AWS_OKTA_PASS: "wrong" },
    exitCode: 3,
    says: [
      "ORG refused the sign-in of jdoe: Authentication failed",
      "check the user name and the password; too many attempts lock the account",
    ],
    calls: 1,
  },
  {
    title: "a locked account",
    scene: "locked-out",
    exitCode: 3,
    says: ["ORG has locked this account", "unlock it at ORG or ask an administrator"],
    calls: 1,
  },
  {
    title: "a password that has expired",
    scene: withFaults("no-mfa", answer("POST /api/v1/authn", '{"status":"PASSWORD_EXPIRED","stateToken":"00state"}')),
    exitCode: 3,
    says: ["the password at ORG has expired", "change it at ORG, then try again"],
    calls: 2,
  },
  {
    title: "no factor that a plugin answers",
    scene: "no-supported-factor",
    exitCode: 3,
    says: [
      "ORG asks for a factor that no installed plugin answers: assertion:saml2:generic_saml (no plugin for it is installed), u2f:fido (no plugin for it is installed)",
      "install a plugin for it: aws-okta-processor plugins install NAME",
    ],
    calls: 2,
  },
  {
    title: "a factor that is not enrolled",
    scene: "totp-only",
    line: `${LINE} --factor push:okta`,
    exitCode: 2,
    says: ["the factor push:okta is not offered to you (--factor)", "choose one of: token:software:totp:okta"],
    calls: 2,
  },
  { title: "a push that is rejected", scene: "push-rejected", exitCode: 3, says: ["the push was rejected on the phone"], calls: 5 },
  {
    title: "no application",
    scene: withoutFactors("no-application"),
    exitCode: 3,
    says: ["ORG shows you no AWS application", "ask an administrator to assign one, or name it with --application if it is hidden"],
    calls: 3,
  },
  {
    title: "no role in the assertion",
    scene: withoutFactors("no-roles"),
    exitCode: 3,
    says: ["this application gives you no AWS role", "ask an administrator to assign one, or choose another --application"],
    calls: 4,
  },
  {
    title: "more roles than STS takes",
    scene: withoutFactors("too-many-roles"),
    exitCode: 3,
    says: [
      "the SAML response is larger than AWS takes: 157288 of 100000 characters",
      "ask an administrator to assign fewer roles to this application",
    ],
    calls: 4,
  },
  {
    title: "a role that is not in the assertion",
    line: "authenticate --silent --role arn:aws:iam::111122223333:role/Other",
    exitCode: 3,
    says: [
      "you are not offered the role arn:aws:iam::111122223333:role/Other (--role)",
      "see the roles that you are offered with: aws-okta-processor get-roles",
    ],
    calls: 4,
  },
  {
    title: "an account alias that nothing matches",
    line: `${LINE} --account-alias other*`,
    exitCode: 2,
    says: ['no account matches "other*" (--account-alias)', "see all of them with: aws-okta-processor get-roles"],
    calls: 5,
  },
  {
    title: "a duration that the role does not allow, and AWS that does not allow the shortest either",
    scene: withFaults("no-mfa", { on: "sts AssumeRoleWithSAML", status: 400, contentType: "text/xml", body: TOO_LONG }),
    line: `${LINE} --duration 12h`,
    exitCode: 3,
    says: [
      `AWS refused ${DEVELOPER}: ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.`,
      "check --duration and the role",
    ],
    calls: 6,
  },
  {
    title: "a secondary role that does not trust the first",
    line: `${LINE} --secondary-role arn:aws:iam::444455556666:role/ReadOnly`,
    exitCode: 3,
    says: [
      "AWS refused arn:aws:iam::444455556666:role/ReadOnly: AccessDenied: User: arn:aws:sts::111122223333:assumed-role/Developer/jdoe@example.com is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/ReadOnly",
      "ask an administrator whether the role trusts you",
    ],
    calls: 6,
  },
];

const PORTAL = "<html><body>Sign in to the hotel's network</body></html>";
const NO_ORG = "check that it is an Okta organization and that no proxy answers in its place";

const UNREADABLE: readonly Mistake[] = [
  ["POST /api/v1/authn", 1, "ORG sent an answer that is no JSON object", NO_ORG],
  ["POST /api/v1/authn/factors/*/verify", 3, "ORG sent an answer that is no JSON object", NO_ORG],
  ["POST /api/v1/sessions", 2, "ORG sent an answer that is no JSON object", NO_ORG],
  ["GET /api/v1/users/me/appLinks", 3, "ORG sent a list of applications that is no JSON array", NO_ORG],
  ["GET /home/amazon_aws/*/272", 4, "ORG sent an application page without a SAML response", NO_ORG],
  ["sts AssumeRoleWithSAML", 5, "AWS STS sent no whole credentials", "check that no proxy answers in its place"],
].map(([on, calls, ...says]) => ({
  title: `a page of HTML in place of ${String(on)}`,
  scene: withFaults(String(on).includes("factors") ? "push-manual" : "no-mfa", answer(String(on), PORTAL, "text/html")),
  exitCode: 4,
  says: says.map(String),
  calls: Number(calls),
}));

const REMOTE: readonly Mistake[] = [
  ...UNREADABLE,
  {
    title: "an organization that fails",
    scene: withFaults("no-mfa", { on: "POST /api/v1/authn", status: 500 }),
    exitCode: 4,
    says: ["ORG failed with status 500", "try again later"],
    calls: 1,
  },
  {
    title: "a sign-in state without its status",
    scene: withFaults("no-mfa", answer("POST /api/v1/authn", "{}")),
    exitCode: 4,
    says: ["ORG sent a sign-in state without status", NO_ORG],
    calls: 1,
  },
  {
    title: "too many requests: the password is not sent a second time",
    scene: withFaults("no-mfa", { on: "POST /api/v1/authn", status: 429, rateLimitResetSeconds: 1, body: '{"errorCode":"E0000047"}' }),
    exitCode: 4,
    says: ["ORG limits the rate of requests", "try again in a minute"],
    calls: 1,
  },
  {
    title: "nobody listening at the organization",
    env: { AWS_OKTA_ORGANIZATION: "http://127.0.0.1:1025" },
    exitCode: 4,
    says: ["cannot reach 127.0.0.1:1025: ECONNREFUSED", "check the organization's name, the network and the proxy"],
    calls: 0,
  },
  {
    title: "nobody listening at STS",
    env: { AWS_ENDPOINT_URL_STS: "http://127.0.0.1:1025" },
    exitCode: 4,
    says: ["cannot reach 127.0.0.1:1025: ECONNREFUSED", "check the network, the proxy and --region"],
    calls: 4,
  },
];

const DURATION = "duration must be 900 to 43200 seconds, or a span such as 1h or 90m, got";

const USAGE: readonly Mistake[] = (
  [
    { title: "a command that does not exist", line: "login", says: ["command login not found", "see: aws-okta-processor --help"] },
    {
      title: "a flag that does not exist",
      line: "authenticate --nope",
      says: ["Nonexistent flag: --nope", "see: aws-okta-processor --help"],
    },
    {
      title: "a flag without its value",
      line: "authenticate --user",
      says: ["Flag --user expects a value", "see: aws-okta-processor --help"],
    },
    {
      title: "a password that was not quoted",
      line: "authenticate --pass correct horse",
      says: ["there are words that belong to no option", "put a value that has spaces in quotes"],
    },
    { title: "a duration in a flag", line: `${LINE} --duration soon`, says: [`${DURATION} "soon" (--duration)`] },
    { title: "a duration in a variable", env: { AWS_OKTA_DURATION: "10" }, says: [`${DURATION} "10" (AWS_OKTA_DURATION)`] },
    {
      title: "a duration in the dotfile at home",
      dotfile: "[authenticate]\nduration = 99999\n",
      says: [`${DURATION} "99999" (duration in [authenticate] of HOME/.awsoktaprocessor)`],
    },
    {
      title: "a duration in a dotfile of the working directory",
      dotfileHere: "[defaults]\nduration: 1\n",
      says: [`${DURATION} "1" (duration in [defaults] of HOME/work/.awsoktaprocessor)`],
    },
    {
      title: "neither true nor false in a variable",
      env: { AWS_OKTA_ENVIRONMENT: "maybe" },
      says: ['environment must be 1, true, yes, on, 0, false, no or off, got "maybe" (AWS_OKTA_ENVIRONMENT)'],
    },
    {
      title: "an organization with a path",
      line: `${LINE} --organization acme.okta.com/login`,
      says: ['organization must be a host alone, without a path, got "acme.okta.com/login" (--organization)'],
    },
    {
      title: "an organization of another machine without TLS",
      line: `${LINE} --organization http://acme.okta.com`,
      says: ['organization must be reached by https; http is only for this machine, got "http://acme.okta.com" (--organization)'],
    },
    {
      title: "an organization that is no host",
      line: [...LINE.split(" "), "--organization", "acme okta"],
      says: ['organization must be a host such as acme.okta.com, got "acme okta" (--organization)'],
    },
    {
      title: "an application that is no link",
      line: `${LINE} --application AWS`,
      says: ['application must be a URL, got "AWS" (--application)'],
    },
    {
      title: "a region that is none",
      line: `${LINE} --region Ireland!`,
      says: ['region must be a region such as eu-west-1, got "Ireland!" (--region)'],
    },
    {
      title: "a region of another partition than the role's",
      env: { AWS_OKTA_REGION: "cn-north-1" },
      says: [
        `cn-north-1 (AWS_OKTA_REGION) is a region of aws-cn, and ${DEVELOPER} is a role of aws`,
        "leave the region out, or give one of aws, such as us-east-1",
      ],
    },
    {
      title: "a sign-in page of a stranger's dotfile",
      env: { AWS_OKTA_SIGN_IN_URL: undefined },
      dotfileHere: "[defaults]\nsign-in-url = https://signin.example/saml\n",
      says: [
        "sign-in-url may leave AWS only by a flag, a variable or your own dotfile (sign-in-url in [defaults] of HOME/work/.awsoktaprocessor)",
      ],
    },
    {
      title: "a dotfile without a section",
      dotfile: "user = jdoe\n",
      says: ["HOME/.awsoktaprocessor line 1 is not readable", "write a section such as [defaults] before the first key there"],
    },
    {
      title: "a dotfile with a line of prose",
      dotfile: "[defaults]\nuser = jdoe\nthis is no option\n",
      says: ["HOME/.awsoktaprocessor line 3 is not readable", "write KEY=VALUE there"],
    },
    {
      title: "a shell that is not installed",
      line: `${LINE} --environment --target-shell nope`,
      says: ['there is no shell "nope" (--target-shell)', `installed: ${bundledNames("shells")}`],
    },
    {
      title: "a format that is not installed",
      line: "get-roles --output nope",
      says: ['there is no format "nope" (--output)', `installed: ${bundledNames("formats")}`],
    },
    {
      title: "a template with a token that does not exist",
      line: "get-roles --output text --output-format {nope}",
      says: [
        '"{nope}" is not a token; the tokens are {account} {account_id} {account_raw} {application_url} {organization} {role} {role_suffix} {user} (--output-format)',
      ],
    },
    {
      title: "no terminal to ask for the organization",
      env: { AWS_OKTA_ORGANIZATION: undefined, AWS_OKTA_USER: undefined, AWS_OKTA_PASS: undefined },
      says: ["there is no terminal to ask for: Okta organization", "give --organization or AWS_OKTA_ORGANIZATION"],
    },
    {
      title: "no terminal to ask for the user",
      env: { AWS_OKTA_USER: undefined, AWS_OKTA_PASS: undefined },
      says: ["there is no terminal to ask for: Okta user name", "give --user or AWS_OKTA_USER"],
    },
    {
      title: "no terminal to ask for the password",
      env: { AWS_OKTA_PASS: undefined },
      says: ["there is no terminal to ask for: Password of jdoe at ORG", "give --password-command, --pass-stdin or AWS_OKTA_PASS"],
    },
    ...[`${LINE} --factor-code 123456`, `${LINE} --factor-code=123456`, `${LINE} --factor-c 123456`].map((line) => ({
      title: `a code in the command line, as ${line.split(" ").slice(4).join(" ")}`,
      line,
      says: ["factor-code is not taken (--factor-code)", NO_CODE],
    })),
    {
      title: "a code in a variable",
      env: { AWS_OKTA_FACTOR_CODE: "123456" },
      says: ["factor-code is not taken (AWS_OKTA_FACTOR_CODE)", NO_CODE],
    },
    {
      title: "a code in a dotfile",
      dotfile: "[defaults]\nfactor_code = 123456\n",
      says: ["factor-code is not taken (factor-code in [defaults] of HOME/.awsoktaprocessor)", NO_CODE],
    },
    {
      title: "two passwords in the command line",
      line: `${LINE} --pass hunter2 --pass-stdin`,
      says: ["--pass and --pass-stdin both say what the password is", "leave one of them out"],
    },
    {
      title: "a password and a command for it in a dotfile",
      env: { AWS_OKTA_PASS: undefined },
      dotfile: "[defaults]\npass = hunter2\npassword-command = pass show okta\n",
      says: [
        "pass in [defaults] of HOME/.awsoktaprocessor and password-command in [defaults] of HOME/.awsoktaprocessor both say what the password is",
        "leave one of them out",
      ],
    },
  ] satisfies readonly Partial<Mistake>[]
).map((mistake) => ({ ...mistake, exitCode: 2, calls: 0 }));

const LATE: readonly Mistake[] = [
  {
    title: "a region of another partition than that of the role that a name turns out to mean",
    line: "authenticate --silent --role Administrator --region us-gov-west-1",
    exitCode: 2,
    says: [
      "us-gov-west-1 (--region) is a region of aws-us-gov, and arn:aws:iam::111122223333:role/Administrator is a role of aws",
      "leave the region out, or give one of aws, such as us-east-1",
    ],
    calls: 4,
  },
];

const NOBODY_TO_ASK: readonly Mistake[] = (
  [
    {
      title: "no terminal to choose a factor at",
      scene: "default",
      says: [
        "there is no terminal to ask for: Factor",
        'give --factor or AWS_OKTA_FACTOR as one of: "Okta Verify push", "Okta Verify code", "Google Authenticator code"',
      ],
      calls: 2,
    },
    {
      title: "no terminal to ask for a code",
      scene: "totp-only",
      says: [
        "there is no terminal to ask for: Code from Okta Verify",
        "give --factor-code-command, or a factor that needs no typing: --factor push:okta",
      ],
      calls: 2,
    },
    {
      title: "no terminal to choose an application at",
      scene: withoutFactors("two-applications"),
      says: ["there is no terminal to ask for: AWS application", "give --application or AWS_OKTA_APPLICATION"],
      calls: 3,
    },
    {
      title: "no terminal to choose a role at",
      line: "authenticate --silent",
      says: ["there is no terminal to ask for: AWS role", "give --role or AWS_OKTA_ROLE"],
      calls: 5,
    },
  ] satisfies readonly Partial<Mistake>[]
).map((mistake) => ({ ...mistake, exitCode: 2 }));

/** One of each kind, as a process: what comes of a process, with its exit code, is the same for the others. */
const PROCESSES = [
  "a wrong password",
  "an organization that fails",
  "a command that does not exist",
  "a flag that does not exist",
  "a password that was not quoted",
  "a dotfile without a section",
  "no terminal to ask for the user",
  "no terminal to choose a role at",
];

describe("bad input ends with its exit code, two lines at most, and nothing on stdout", () => {
  for (const mistake of [...REFUSED, ...REMOTE, ...USAGE, ...LATE, ...NOBODY_TO_ASK]) {
    test.concurrent(mistake.title, async ({ enter }) => {
      const place = await enter(mistake.scene ?? "no-mfa");
      await writeDotfiles(place, mistake);
      const { stdout, stderr, exitCode } = await place[PROCESSES.includes(mistake.title) ? "run" : "perform"](
        mistake.line ?? LINE,
        mistake.env,
      );
      expect(withPlaceholders(place, stderr)).toBe(`aws-okta-processor: ${mistake.says.join("\n")}\n`);
      expect({ stdout, exitCode, calls: place.sandbox.count() }).toEqual({ stdout: "", exitCode: mistake.exitCode, calls: mistake.calls });
    });
  }
});

test.concurrent("an application of another host gets no request, and neither does its host", async ({ enter }) => {
  const [place, stranger] = [await enter("no-mfa"), await enter("no-mfa")];
  const { stdout, stderr, exitCode } = await place.perform(`${LINE} --application ${stranger.sandbox.applicationUrl()}`);
  expect({ stdout, exitCode, calls: stranger.sandbox.count() }).toEqual({ stdout: "", exitCode: 2, calls: 0 });
  const { host } = new URL(stranger.sandbox.origin);
  expect(withPlaceholders(place, stderr)).toBe(
    `aws-okta-processor: the application is not at ORG: ${host} (--application)\ncopy its link from the Okta dashboard of this organization\n`,
  );
});

test.concurrent.for([
  ["a sign-in", LINE, undefined, 0],
  ["a refusal", LINE, "wrong horse", 3],
  ["a password in the command line", `${LINE} --pass hunter2`, undefined, 3],
  ["a mistake beside a password", "authenticate --pass hunter2 --nope", undefined, 2],
  ["a code, which is refused", `${LINE} --factor-code hunter2`, undefined, 2],
  ["a code behind a shortened flag", `${LINE} --factor-co=hunter2`, undefined, 2],
] as const)("the password is in no output, not even with DEBUG=*: %s", async ([, line, pass = PASSWORD, exitCode], { enter }) => {
  const { run } = await enter("no-mfa");
  const ran = await run(line, { AWS_OKTA_PASS: pass, DEBUG: "*" });
  expect(ran.exitCode).toBe(exitCode);
  expect(ran.stdout + ran.stderr).not.toMatch(/horse|hunter2/);
  expect(ran.stderr).toContain("oclif:");
  expect(ran.stdout.split("\n")).toHaveLength(exitCode === 0 ? 2 : 1);
});

test.concurrent("a plugin that never answers is no success", async ({ enter }) => {
  const place = await enter(withFactors("default", { factorType: "sms", provider: "OKTA" }));
  await linkPlugin(place, {
    name: "forgetful",
    block: { factors: { "sms:okta": "./module.cjs" } },
    module: 'exports.factor = { describe: () => "SMS", respond: () => new Promise(() => {}) };',
  });
  const { stdout, stderr, exitCode } = await place.run(LINE);
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
  expect(stderr).toContain("aws-okta-processor: forgetful gave no answer\nreport it to its authors");
});

/** A reply in place of an endpoint's own. */
function answer(on: string, body: string, contentType = "application/json"): Fault {
  return { on, status: 200, body, contentType };
}

async function writeDotfiles({ home, cwd }: Place, { dotfile, dotfileHere }: Mistake): Promise<void> {
  if (dotfile !== undefined) await writeFile(path.join(home, ".awsoktaprocessor"), dotfile);
  if (dotfileHere !== undefined) await writeFile(path.join(cwd, ".awsoktaprocessor"), dotfileHere);
}

function withPlaceholders({ sandbox, home }: Place, text: string): string {
  return text.replaceAll(sandbox.organization, "ORG").replaceAll(home, "HOME");
}
