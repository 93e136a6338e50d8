import { describe, expect } from "vitest";
import { CREDENTIALS_JSON, DEVELOPER } from "../support/sample.ts";
import { test } from "../support/sandbox-home.ts";
import { pushed, withFactors } from "../support/scenario.ts";
import { typedFactors } from "../support/typed-factors.ts";

const CANCEL = "POST /api/v1/authn/cancel";
const VERIFY = "POST /api/v1/authn/factors/*/verify";

describe("without a terminal", () => {
  test.concurrent.for(typedFactors.map((row) => [row.key, row] as const))(
    "%s is refused at once, says what would have answered, and the transaction is ended",
    async ([key, { factor }], { enter }) => {
      const { perform, sandbox } = await enter(withFactors("default", factor));
      const { stdout, stderr, exitCode } = await perform(`authenticate --role ${DEVELOPER} --factor ${key}`);
      const asked = { verified: sandbox.count(VERIFY), cancelled: sandbox.count(CANCEL) };
      expect({ stdout, exitCode, ...asked }).toEqual({ stdout: "", exitCode: 2, verified: 0, cancelled: 1 });
      const [first, hint] = stderr.split("\n");
      expect(first).toMatch(/^aws-okta-processor: there is no terminal to ask for: /);
      expect(hint).toContain(key === "question:okta" ? "--factor push:okta" : "--factor-code-command");
    },
  );

  test.concurrent("a message is sent where a command can give its code", async ({ enter }) => {
    const { perform } = await enter(withFactors("default", { factorType: "sms", provider: "OKTA", to: "+1 XXX-XXX-1337", code: "246810" }));
    const { stdout, exitCode } = await perform(["authenticate", "--role", DEVELOPER, "--factor-code-command", "echo 246810"]);
    expect({ stdout, exitCode }).toEqual({ stdout: expect.stringMatching(CREDENTIALS_JSON), exitCode: 0 });
  });

  test.concurrent("two phones are told apart by the names that the second line gives", async ({ enter }) => {
    const { perform } = await enter("two-devices");
    expect(await perform(`authenticate --role ${DEVELOPER} --factor push:okta`)).toMatchObject({
      stderr:
        "aws-okta-processor: there is no terminal to ask for: Factor\n" +
        'give --factor or AWS_OKTA_FACTOR as one of: "Okta Verify push (1)", "Okta Verify push (2)"\n',
      exitCode: 2,
    });
  });

  test.concurrent("a push signs in, and its number is on standard error", async ({ enter }) => {
    const { run } = await enter(withFactors("default", pushed("WAITING", { correctAnswer: 0 }, "SUCCESS")));
    const { stdout, stderr, exitCode } = await run(`authenticate --role ${DEVELOPER}`);
    expect({ stdout, exitCode }).toEqual({ stdout: expect.stringMatching(CREDENTIALS_JSON), exitCode: 0 });
    expect(stderr).toContain("Choose 0 in Okta Verify on your phone\n");
  });

  test.concurrent("a push that nobody answers ends with that", async ({ enter }) => {
    const { perform, sandbox } = await enter(withFactors("default", pushed("WAITING", "TIMEOUT")));
    const { stdout, stderr, exitCode } = await perform(`authenticate --role ${DEVELOPER}`);
    expect({ stdout, exitCode, cancelled: sandbox.count(CANCEL) }).toEqual({ stdout: "", exitCode: 3, cancelled: 1 });
    expect(stderr).toContain("aws-okta-processor: nobody answered the push in time\n");
  });
});
