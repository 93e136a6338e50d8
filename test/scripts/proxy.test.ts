import { expect } from "vitest";
import { callsOf } from "../support/calls.ts";
import { useProxy } from "../support/forward-proxy.ts";
import { CREDENTIALS_JSON, DEVELOPER } from "../support/sample.ts";
import { test } from "../support/sandbox-home.ts";

const LINE = `authenticate --silent --role ${DEVELOPER} --account-alias acme-dev`;

const hostOf = (url: string): string => new URL(url).host;

test.concurrent("the organization, the sign-in page and STS are asked through the proxy, each by one tunnel", async ({ enter }) => {
  const { sandbox, run } = await enter("no-mfa", { tls: true });
  const proxy = await useProxy({ pair: "jdoe:p@ss#" });
  expect(await run(LINE, { HTTPS_PROXY: `http://jdoe:p%40ss%23@${proxy.host}` })).toEqual({
    stdout: expect.stringMatching(CREDENTIALS_JSON),
    stderr: "",
    exitCode: 0,
  });
  expect(proxy.asked).toEqual([sandbox.origin, sandbox.signInUrl, sandbox.stsUrl].map((url) => `CONNECT ${hostOf(url)}`));
  expect(callsOf(sandbox).slice(-2)).toEqual(["sign-in POST /saml", "sts AssumeRoleWithSAML"]);
});
