import { expect } from "vitest";
import { callsOf } from "../support/calls.ts";
import { CREDENTIALS_JSON, DEVELOPER } from "../support/sample.ts";
import { test } from "../support/sandbox-home.ts";

test.concurrent("the organization, the sign-in page and STS are spoken to over TLS", async ({ enter }) => {
  const { sandbox, run } = await enter("no-mfa", { tls: true });
  expect(sandbox.organization).toMatch(/^localhost:\d+$/);
  expect(await run(`authenticate --silent --role ${DEVELOPER} --account-alias acme-dev`)).toEqual({
    stdout: expect.stringMatching(CREDENTIALS_JSON),
    stderr: "",
    exitCode: 0,
  });
  expect(callsOf(sandbox).slice(-2)).toEqual(["sign-in POST /saml", "sts AssumeRoleWithSAML"]);
});

test.concurrent("a certificate of nobody we know ends the sign-in before anything is sent", async ({ enter }) => {
  const { sandbox, run } = await enter("no-mfa", { tls: true });
  const { stdout, stderr, exitCode } = await run(`authenticate --role ${DEVELOPER}`, { NODE_EXTRA_CA_CERTS: undefined });
  expect({ stdout, exitCode, calls: sandbox.count() }).toEqual({ stdout: "", exitCode: 4, calls: 0 });
  const [first, ...hint] = stderr.split("\n");
  expect(first).toBe(`aws-okta-processor: cannot reach ${sandbox.organization}: UNABLE_TO_VERIFY_LEAF_SIGNATURE`);
  expect(hint).toHaveLength(2);
});
