import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "vitest";
import { type Place, test } from "../support/sandbox-home.ts";

/** Nothing of the sandbox's. */
const BARE = {
  AWS_OKTA_ORGANIZATION: undefined,
  AWS_OKTA_USER: undefined,
  AWS_OKTA_PASS: undefined,
  AWS_OKTA_SIGN_IN_URL: undefined,
};

const NAME = ".awsoktaprocessor";
const atHome = ({ home }: Place, text: string) => writeFile(path.join(home, NAME), text);
const here = ({ cwd }: Place, text: string) => writeFile(path.join(cwd, NAME), text);
const withHome = ({ home }: Place, text: string) => text.replaceAll(home, "HOME");

test.concurrent("where nothing is given, every option of authenticate has its default or none", async ({ enter }) => {
  const { perform, sandbox } = await enter("no-mfa");
  expect(await perform("config show", BARE)).toEqual({
    stdout: `organization         -
user                 -
pass                 -
password-command     -
keychain             "keychain"  default
factor               -
factor-code-command  -
remember-device      -
application          -
role                 -
secondary-role       -
account-alias        -
region               -
duration             "3600"      default
sign-in-url          -
environment          -
silent               -
target-shell         "bash"      default
key                  -
no-okta-cache        -
no-aws-cache         -
cache-encryption     "none"      default
cache-fallback       "nothing"   default
timeout              "30"        default
ca-bundle            -
plugins-allow        -
`,
    stderr: "",
    exitCode: 0,
  });
  expect(sandbox.count()).toBe(0);
});

test.concurrent("each value is told with its layer, and the password is not", async ({ enter }) => {
  const place = await enter("no-mfa");
  await atHome(
    place,
    "[defaults]\nuser = at-home\norganization = acme.okta.com\n[authenticate]\nduration: 2h\nsecondary_role = Deployer\n",
  );
  await here(place, "[defaults]\nuser = here\nrole = Dev*\nduration = 900\nsilent = yes\n[get-roles]\nrole = Other\n");
  const { stdout, stderr, exitCode } = await place.run("config show --command authenticate", {
    ...BARE,
    AWS_OKTA_PASS: "hunter2",
    AWS_OKTA_KEY: "",
    AWS_OKTA_REGION: "eu-west-1",
    AWS_OKTA_SILENT: "",
  });
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  expect(withHome(place, stdout)).toBe(`organization         "acme.okta.com"  organization in [defaults] of HOME/.awsoktaprocessor
user                 "here"           user in [defaults] of HOME/work/.awsoktaprocessor
pass                 ********         AWS_OKTA_PASS
password-command     -
keychain             "keychain"       default
factor               -
factor-code-command  -
remember-device      -
application          -
role                 "Dev*"           role in [defaults] of HOME/work/.awsoktaprocessor
secondary-role       "Deployer"       secondary-role in [authenticate] of HOME/.awsoktaprocessor
account-alias        -
region               "eu-west-1"      AWS_OKTA_REGION
duration             "2h"             duration in [authenticate] of HOME/.awsoktaprocessor
sign-in-url          -
environment          -
silent               -
target-shell         "bash"           default
key                  ""               AWS_OKTA_KEY
no-okta-cache        -
no-aws-cache         -
cache-encryption     "none"           default
cache-fallback       "nothing"        default
timeout              "30"             default
ca-bundle            -
plugins-allow        -
`);
});

test.concurrent("get-roles has options, sections and variables of its own", async ({ enter }) => {
  const place = await enter("no-mfa");
  await atHome(place, "[defaults]\nuser = jdoe\n[get-roles]\nuser = lister\naccount-alias = acme-*\n[authenticate]\nuser = other\n");
  const { stdout, exitCode } = await place.perform("config show --command get-roles", {
    ...BARE,
    AWS_OKTA_OUTPUT: "text",
    AWS_OKTA_OUTPUT_FORMAT: "{role}",
    AWS_OKTA_DURATION: "soon",
    AWS_OKTA_ALL_APPLICATIONS: "1",
  });
  expect(exitCode).toBe(0);
  expect(withHome(place, stdout)).toBe(`organization           -
user                   "lister"       user in [get-roles] of HOME/.awsoktaprocessor
pass                   -
password-command       -
keychain               "keychain"     default
factor                 -
factor-code-command    -
remember-device        -
application            -
role                   -
account-alias          "acme-*"       account-alias in [get-roles] of HOME/.awsoktaprocessor
all-applications       "1"            AWS_OKTA_ALL_APPLICATIONS
sign-in-url            -
silent                 -
output                 "text"         AWS_OKTA_OUTPUT
output-format          "{role}"       AWS_OKTA_OUTPUT_FORMAT
role-suffix-delimiter  "-"            default
profile-style          "credentials"  default
profile-name           -
profile-region         -
no-okta-cache          -
cache-encryption       "none"         default
cache-fallback         "nothing"      default
timeout                "30"           default
ca-bundle              -
plugins-allow          -
`);
});

test.concurrent("a password from a dotfile is masked too, and what DEBUG tells does not have it", async ({ enter }) => {
  const place = await enter("no-mfa");
  await atHome(place, "[defaults]\npass = hunter2\n");
  const { stdout, stderr } = await place.run("config show", { ...BARE, DEBUG: "*" });
  expect(withHome(place, stdout)).toContain("pass                 ********    pass in [defaults] of HOME/.awsoktaprocessor\n");
  expect(stdout + stderr).not.toContain("hunter2");
});

test.concurrent("what cannot be read is shown with its source, and then is the error that it would be", async ({ enter }) => {
  const { perform } = await enter("no-mfa");
  const { stdout, stderr, exitCode } = await perform("config show", { ...BARE, AWS_OKTA_DURATION: "soon" });
  expect(stdout).toContain('duration             "soon"      AWS_OKTA_DURATION\n');
  expect({ stderr, exitCode }).toEqual({
    stderr: 'aws-okta-processor: duration must be 900 to 43200 seconds, or a span such as 1h or 90m, got "soon" (AWS_OKTA_DURATION)\n',
    exitCode: 2,
  });
});

test.concurrent("a dotfile that cannot be read is an error, and nothing is shown", async ({ enter }) => {
  const place = await enter("no-mfa");
  await atHome(place, "user = jdoe\n");
  const ran = await place.perform("config show", BARE);
  expect({ ...ran, stderr: withHome(place, ran.stderr) }).toEqual({
    stdout: "",
    stderr:
      "aws-okta-processor: HOME/.awsoktaprocessor line 1 is not readable\nwrite a section such as [defaults] before the first key there\n",
    exitCode: 2,
  });
});

test.concurrent("another command than the two is an error that lists them", async ({ enter }) => {
  const { perform } = await enter("no-mfa");
  const { stdout, stderr, exitCode } = await perform("config show --command login");
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(stderr).toMatch(/authenticate, get-roles/);
});

const MISSPELT = "[defaults]\nusr = hunter2\n[authenticate]\nsecondary-rol = x\n[Authenticate]\nrole = y\n";
const WARNINGS = [
  "warning: there is no option usr, in [defaults] of HOME/.awsoktaprocessor",
  "warning: there is no option secondary-rol, in [authenticate] of HOME/.awsoktaprocessor",
  "warning: nobody reads the section [Authenticate] of HOME/.awsoktaprocessor",
  "warning: there is no option pasword, in [get-roles] of HOME/work/.awsoktaprocessor",
];

async function misspell(place: Place): Promise<void> {
  await atHome(place, MISSPELT);
  await here(place, "[get-roles]\npasword = hunter2\n");
}

test.concurrent("what nobody reads in the dotfiles is warned of by name, without its value", async ({ enter }) => {
  const place = await enter("no-mfa");
  await misspell(place);
  const { stderr, exitCode } = await place.perform("config show", BARE);
  expect([exitCode, withHome(place, stderr).trim().split("\n").toSorted()]).toEqual([0, WARNINGS.toSorted()]);
});

test.concurrent("a fetch warns of it once, a cached answer does not", async ({ enter }) => {
  const place = await enter("no-mfa");
  await misspell(place);
  const line = "authenticate --silent --role Administrator";
  const first = await place.run(line);
  expect([first.exitCode, withHome(place, first.stderr).trim().split("\n").toSorted()]).toEqual([0, WARNINGS.toSorted()]);
  expect(await place.run(line)).toEqual({ ...first, stderr: "" });
  expect(await place.run(["authenticate", "--sil", "--rol", "Administrator"])).toEqual({ ...first, stderr: "" });
});

test.concurrent("a list warns of it, and its stdout is the list", async ({ enter }) => {
  const place = await enter("no-mfa");
  await misspell(place);
  const { stdout, stderr } = await place.perform("get-roles --silent");
  expect(withHome(place, stderr).trim().split("\n").toSorted()).toEqual(WARNINGS.toSorted());
  expect(JSON.parse(stdout)).toMatchObject({ user: "jdoe" });
});

test.concurrent("a name in a dotfile does not speak to the terminal", async ({ enter }) => {
  const place = await enter("no-mfa");
  await here(place, "[defaults]\nx\u001b]0;title\u0007y = 1\n");
  expect((await place.perform("config show", BARE)).stderr).toMatch(/^warning: there is no option x[ -~]*y, in [ -~]*\n$/);
});
