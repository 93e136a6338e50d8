import { scenarios } from "@aws-okta-processor/sandbox";
import { expect } from "vitest";
import { CREDENTIALS_JSON, DEVELOPER } from "../support/sample.ts";
import { test } from "../support/sandbox-home.ts";

test.concurrent.for([
  [-1200, "20 minutes ahead of"],
  [180, "3 minutes behind"],
] as const)(
  "where Okta's clock is %i seconds ahead, that is told once, and the answer comes",
  async ([clockOffsetSeconds, skew], { enter }) => {
    const { perform, sandbox } = await enter({ ...scenarios["no-mfa"], clockOffsetSeconds });
    expect(await perform(`authenticate --silent --role ${DEVELOPER}`)).toEqual({
      stdout: expect.stringMatching(CREDENTIALS_JSON),
      stderr: `warning: this machine's clock is ${skew} ${new URL(sandbox.origin).host}; set it, for codes and the end of credentials are judged by it\n`,
      exitCode: 0,
    });
  },
);

test.concurrent("a limit that ends at a moment of Okta's is waited for by Okta's clock", async ({ enter }) => {
  const fault = { on: "GET /api/v1/users/me/appLinks", times: 1, status: 429, rateLimitResetSeconds: 1 };
  const { perform, sandbox } = await enter({ ...scenarios["no-mfa"], clockOffsetSeconds: 1200, faults: [fault] });
  expect(await perform(`authenticate --silent --role ${DEVELOPER}`)).toMatchObject({ exitCode: 0 });
  expect(sandbox.count(fault.on)).toBe(2);
});
