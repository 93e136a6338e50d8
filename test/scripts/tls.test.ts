import { mkdir, rename, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Sandbox } from "@aws-okta-processor/sandbox";
import { describe, expect } from "vitest";
import { callsOf } from "../support/calls.ts";
import { CREDENTIALS_JSON, DEVELOPER } from "../support/sample.ts";
import { test } from "../support/sandbox-home.ts";

const LINE = `authenticate --silent --role ${DEVELOPER} --account-alias acme-dev`;
const ANSWER = { stdout: expect.stringMatching(CREDENTIALS_JSON), stderr: "", exitCode: 0 };
const NOBODY = { NODE_EXTRA_CA_CERTS: undefined, AWS_CA_BUNDLE: undefined };
const SIGNER = "aws-okta-processor sandbox authority";
const HINT = "if your company's network does that, give the certificate of its authority: --ca-bundle FILE or AWS_OKTA_CA_BUNDLE";

const authorityOf = ({ certificateAuthority = "" }: Sandbox): string => certificateAuthority;

describe.concurrent("the organization, the sign-in page and STS are spoken to over TLS, their authority being", () => {
  test("known to Node itself", async ({ enter }) => {
    const { sandbox, run } = await enter("no-mfa", { tls: true });
    expect(sandbox.organization).toMatch(/^localhost:\d+$/);
    expect(await run(LINE, { AWS_CA_BUNDLE: undefined })).toEqual(ANSWER);
    expect(callsOf(sandbox).slice(-2)).toEqual(["sign-in POST /saml", "sts AssumeRoleWithSAML"]);
  });

  test.for(["AWS_OKTA_CA_BUNDLE", "AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])(
    "in %s",
    async (name, { enter }) => {
      const { sandbox, run } = await enter("no-mfa", { tls: true });
      expect(await run(LINE, { ...NOBODY, [name]: authorityOf(sandbox) })).toEqual(ANSWER);
      expect(sandbox.count("sts AssumeRoleWithSAML")).toBe(1);
    },
  );

  test("in --ca-bundle, which counts before a variable", async ({ enter }) => {
    const { sandbox, run } = await enter("no-mfa", { tls: true });
    expect(await run(`${LINE} --ca-bundle ${authorityOf(sandbox)}`, { ...NOBODY, AWS_CA_BUNDLE: "/nowhere.pem" })).toEqual(ANSWER);
  });

  test("in the dotfile at home, written with a tilde", async ({ enter }) => {
    const { sandbox, run, home } = await enter("no-mfa", { tls: true });
    await symlink(authorityOf(sandbox), path.join(home, "acme.pem"));
    await writeFile(path.join(home, ".awsoktaprocessor"), "[defaults]\nca-bundle=~/acme.pem\n");
    expect(await run(LINE, NOBODY)).toEqual(ANSWER);
  });

  test("in the system's store alone, which is looked at when it is needed", async ({ enter }) => {
    const { sandbox, run, home } = await enter("no-mfa", { tls: true });
    const store = path.join(home, "certs");
    await mkdir(store);
    await rename(authorityOf(sandbox), path.join(store, "acme.pem"));
    expect(await run(LINE, { ...NOBODY, SSL_CERT_DIR: store })).toEqual(ANSWER);
    // Of the first try nothing was sent.
    expect(sandbox.count("POST /api/v1/authn")).toBe(1);
  });
});

describe.concurrent("a certificate ends the sign-in before anything is sent, and is told with its signer:", () => {
  test("one that nobody we know has signed", async ({ enter }) => {
    const { sandbox, run } = await enter("no-mfa", { tls: true });
    const { stderr, ...ran } = await run(LINE, NOBODY);
    expect(stderr.split("\n")).toEqual([
      `aws-okta-processor: the certificate of ${sandbox.organization} is signed by ${SIGNER}, who is not known here`,
      HINT,
      "",
    ]);
    expect({ ...ran, calls: sandbox.count() }).toEqual({ stdout: "", exitCode: 4, calls: 0 });
    // Node would complain of the store itself.
    expect((await run(LINE, { ...NOBODY, SSL_CERT_DIR: "/nowhere" })).stderr).toBe(stderr);
  });

  test("one that has expired", async ({ enter }) => {
    const { sandbox, run } = await enter("no-mfa", { tls: "expired" });
    const { stderr, ...ran } = await run(LINE);
    const [first, hint] = stderr.split("\n");
    expect(first).toMatch(
      new RegExp(
        `^aws-okta-processor: the certificate of ${sandbox.organization}, which ${SIGNER} has signed, has expired: it is valid from \\w.* GMT to \\w.* GMT$`,
      ),
    );
    expect(hint).toBe("check this machine's clock; if it is right, tell whoever runs that host, or the proxy before it");
    expect({ ...ran, calls: sandbox.count() }).toEqual({ stdout: "", exitCode: 4, calls: 0 });
  });

  test("one that is for another name", async ({ enter }) => {
    const { sandbox, run } = await enter("no-mfa", { tls: "another name" });
    const { stderr, ...ran } = await run(LINE);
    expect(stderr.split("\n")).toEqual([
      `aws-okta-processor: the certificate of ${sandbox.organization}, which ${SIGNER} has signed, is for elsewhere.example`,
      "check the name of the host, and what answers in its place: a proxy, or the sign-in page of a wireless network",
      "",
    ]);
    expect({ ...ran, calls: sandbox.count() }).toEqual({ stdout: "", exitCode: 4, calls: 0 });
  });

  test("that of STS alone", async ({ enter }) => {
    const { run } = await enter("no-mfa");
    const { sandbox: other } = await enter("no-mfa", { tls: true });
    const { stderr, ...ran } = await run(LINE, { AWS_ENDPOINT_URL_STS: other.stsUrl });
    expect(stderr.split("\n").slice(0, 2)).toEqual([
      `aws-okta-processor: the certificate of ${new URL(other.stsUrl).host} is signed by ${SIGNER}, who is not known here`,
      HINT,
    ]);
    expect({ ...ran, calls: other.count() }).toEqual({ stdout: "", exitCode: 4, calls: 0 });
  });
});

test.concurrent("without the sign-in page's certificate there are credentials, and a warning", async ({ enter }) => {
  const { run } = await enter("no-mfa");
  const { sandbox: other } = await enter("no-mfa", { tls: true });
  const line = `authenticate --silent --role ${DEVELOPER} --account-alias *`;
  expect(await run(line, { AWS_OKTA_SIGN_IN_URL: other.signInUrl })).toEqual({
    ...ANSWER,
    stderr: `warning: accounts have no names: the certificate of ${new URL(other.signInUrl).host} is signed by ${SIGNER}, who is not known here\n`,
  });
  expect(other.count()).toBe(0);
});

describe.concurrent("before a password is asked for", () => {
  const refused = async (run: (line: string, env: Record<string, string | undefined>) => Promise<unknown>, env: Record<string, string>) =>
    run(LINE, { ...NOBODY, AWS_OKTA_PASS: undefined, ...env });

  test("a bundle that is missing is told, with what named it", async ({ enter }) => {
    const { run } = await enter("no-mfa");
    expect(await refused(run, { REQUESTS_CA_BUNDLE: "/nowhere/acme.pem" })).toEqual({
      stdout: "",
      stderr: "aws-okta-processor: cannot read the certificates in /nowhere/acme.pem: ENOENT (REQUESTS_CA_BUNDLE)\n",
      exitCode: 2,
    });
  });

  test("a bundle without PEM is told", async ({ enter }) => {
    const { run, cwd } = await enter("no-mfa");
    const file = path.join(cwd, "acme.cer");
    await writeFile(file, Uint8Array.of(0x30, 0x82, 0x03, 0x55));
    expect(await refused(run, { AWS_OKTA_CA_BUNDLE: "acme.cer" })).toEqual({
      stdout: "",
      stderr: `aws-okta-processor: ${file} holds no certificate in PEM (AWS_OKTA_CA_BUNDLE)\nPEM has lines of BEGIN CERTIFICATE and END CERTIFICATE; openssl x509 -inform der -in FILE makes it of a .cer or .der file\n`,
      exitCode: 2,
    });
  });

  test("a bundle with a torn certificate is told", async ({ enter }) => {
    const { run, cwd } = await enter("no-mfa");
    const file = path.join(cwd, "torn.pem");
    await writeFile(file, "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
    expect(await refused(run, { AWS_CA_BUNDLE: file })).toEqual({
      stdout: "",
      stderr: `aws-okta-processor: certificate 1 in ${file} is not readable (AWS_CA_BUNDLE)\n`,
      exitCode: 2,
    });
  });
});

test.concurrent("what is kept is printed whatever the bundle is", async ({ enter }) => {
  const { run } = await enter("no-mfa");
  const first = await run(LINE);
  expect(await run(LINE, { AWS_CA_BUNDLE: "/nowhere.pem" })).toEqual(first);
  // An abbreviated flag has the full program asked.
  expect(await run(LINE.replace("--silent", "--sil"), { AWS_CA_BUNDLE: "/nowhere.pem" })).toEqual(first);
});

test.concurrent("a host that nobody knows is told, and the password waits for no second try", async ({ enter }) => {
  const { run } = await enter("no-mfa");
  const { stdout, stderr, exitCode } = await run("authenticate --silent", { AWS_OKTA_ORGANIZATION: "acme.invalid" });
  expect([stdout, exitCode]).toEqual(["", 4]);
  // Without any network the system says that it cannot tell.
  expect(stderr).toMatch(
    /^aws-okta-processor: cannot reach acme\.invalid: (?:ENOTFOUND|EAI_AGAIN)\ncheck the organization's name, the network and the proxy\n$/,
  );
});
