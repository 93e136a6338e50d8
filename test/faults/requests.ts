import { type Factor, type Scenario, scenarios } from "@aws-okta-processor/sandbox";
import { duo, yubikey } from "./factors.ts";

/** A request of the line, and a command that makes it. */
export interface FaultyRequest {
  readonly name: string;
  /** The sandbox's pattern for it, and how many of the same pass before it. */
  readonly on: string;
  readonly passes: number;
  readonly scene: Scenario;
  readonly command: string;
  /** The request before it at the same server, which may be the last; undefined where it is the first. */
  readonly before: { readonly on: string; readonly passes: number } | undefined;
  /** Where the first request of a server goes. */
  readonly server: "AWS_OKTA_ORGANIZATION" | "AWS_OKTA_SIGN_IN_URL" | "AWS_ENDPOINT_URL_STS";
  /** Whether there is a session from before. */
  readonly kept: boolean;
  /** Whether the same command may be run again by itself where this request fails. */
  readonly repeatable: boolean;
  /** Whether the answer does not depend on it. */
  readonly optional: boolean;
}

/** Every character in it is written otherwise by somebody: JSON, URLs, HTML, shells. */
export const PASSWORD = 'pa"ss<w>ö&rd\\7%+';

const [jane] = scenarios.default.users;
const DEVELOPER = "arn:aws:iam::111122223333:role/Developer";
const DEPLOYER = "arn:aws:iam::444455556666:role/Deployer";

const VERIFY = "POST /api/v1/authn/factors/*/verify";
const AUTHN = { on: "POST /api/v1/authn", passes: 0 };
const APPS = { on: "GET /api/v1/users/me/appLinks", passes: 0 };
const PAGE = { on: "GET /home/amazon_aws/*/272", passes: 0 };
const SESSIONS = { on: "POST /api/v1/sessions", passes: 0 };

const signsInWith = (...factors: readonly Factor[]): Scenario => ({
  ...scenarios.default,
  users: [{ ...jane, login: "jdoe@example.com", firstName: "Jane", lastName: "Doe", password: PASSWORD, factors }],
});
const PUSH = signsInWith({ factorType: "push", provider: "OKTA", script: ["SUCCESS"] });
const BARE = signsInWith();

const AUTHENTICATE = `authenticate --silent --role ${DEVELOPER}`;

const plain = {
  passes: 0,
  scene: BARE,
  command: AUTHENTICATE,
  before: undefined,
  server: "AWS_OKTA_ORGANIZATION",
  kept: false,
  repeatable: false,
  optional: false,
} satisfies Partial<FaultyRequest>;

export const SIGN_IN: FaultyRequest = { ...plain, name: "sign-in", ...AUTHN, scene: PUSH };

export const REQUESTS: readonly FaultyRequest[] = [
  SIGN_IN,
  { ...plain, name: "push", on: VERIFY, scene: PUSH, before: AUTHN },
  { ...plain, name: "poll", on: VERIFY, passes: 1, scene: PUSH, before: { on: VERIFY, passes: 0 }, repeatable: true },
  {
    ...plain,
    name: "code",
    on: VERIFY,
    scene: signsInWith(yubikey),
    command: `${AUTHENTICATE} --factor token:hardware:yubico`,
    before: AUTHN,
  },
  { ...plain, name: "session", ...SESSIONS, scene: PUSH, before: { on: VERIFY, passes: 1 } },
  {
    ...plain,
    name: "session check",
    on: "GET /api/v1/sessions/me",
    scene: signsInWith(duo),
    command: `${AUTHENTICATE} --factor claims_provider:custom`,
    before: { on: "GET /app/UserHome", passes: 0 },
    repeatable: true,
  },
  { ...plain, name: "refresh", on: "POST /api/v1/sessions/me/lifecycle/refresh", kept: true, repeatable: true, optional: true },
  { ...plain, name: "app list", ...APPS, before: SESSIONS, repeatable: true },
  { ...plain, name: "app page", ...PAGE, before: APPS, repeatable: true },
  {
    ...plain,
    name: "password form",
    on: "POST /user/verify_password",
    scene: { ...BARE, applications: [{ label: "AWS Accounts", name: "amazon_aws", policy: "password" }] },
    before: PAGE,
  },
  { ...plain, name: "sign-in page", on: "POST /saml", command: "get-roles --silent", server: "AWS_OKTA_SIGN_IN_URL", optional: true },
  { ...plain, name: "STS", on: "sts AssumeRoleWithSAML", server: "AWS_ENDPOINT_URL_STS", repeatable: true },
  {
    ...plain,
    name: "second role",
    on: "sts AssumeRole",
    command: `${AUTHENTICATE} --secondary-role ${DEPLOYER}`,
    before: { on: "sts AssumeRoleWithSAML", passes: 0 },
    repeatable: true,
  },
];
