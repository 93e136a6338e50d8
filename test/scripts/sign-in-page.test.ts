import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Scenario, SignInPage } from "@aws-okta-processor/sandbox";
import { expect } from "vitest";
import { ADMINISTRATOR } from "../support/sample.ts";
import { test } from "../support/sandbox-home.ts";
import { withoutFactors } from "../support/scenario.ts";

const ODD = `R&D <lab> "1" (o'ld) M\u00fcller`;

function withOddAlias(signInPage: SignInPage): Scenario {
  const scenario = withoutFactors("default");
  return {
    ...scenario,
    signInPage,
    accounts: scenario.accounts.map((account, index) => (index === 0 ? { ...account, alias: ODD } : account)),
  };
}

test.concurrent.for(["legacy", "legacy-split", "meta-data"] as const)(
  "a name with odd characters is itself in the list and in the filter, with all its roles: %s",
  async (page, { enter }) => {
    const { perform } = await enter(withOddAlias(page));
    const { stdout } = await perform(["get-roles", "-A", "R&D*M\u00fcller"]);
    const { accounts } = JSON.parse(stdout) as { readonly accounts: readonly { readonly roles: readonly unknown[] }[] };
    expect(accounts).toMatchObject([{ name: ODD, id: "111122223333", name_raw: `Account: ${ODD} (111122223333)` }]);
    expect(accounts[0]?.roles).toHaveLength(3);
    expect(await perform(["authenticate", "--role", `${ODD}/Administrator`])).toMatchObject({
      stderr: `Role: ${ADMINISTRATOR}\n`,
      exitCode: 0,
    });
  },
);

test.concurrent("a page that never answers costs five seconds and the names, and nothing else", async ({ enter, onTestFinished }) => {
  const { run } = await enter("no-mfa");
  const server = createServer(() => undefined).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const startedAt = Date.now();
  const page = `http://127.0.0.1:${(server.address() as AddressInfo).port}/saml`;
  const ran = await run(["get-roles", "--output", "text", "--output-format", "{account}", "--sign-in-url", page]);
  expect(ran).toEqual({
    stdout: `${["111122223333", "111122223333", "111122223333", "444455556666", "444455556666", "777788889999", "777788889999"].join("\n")}\n`,
    stderr: "",
    exitCode: 0,
  });
  expect(Date.now() - startedAt).toBeGreaterThan(5000);
});

test.concurrent("where the page is down, a role by its account's name is not blamed on the person", async ({ enter }) => {
  const { perform } = await enter({ ...withoutFactors("default"), faults: [{ on: "sign-in", status: 503 }] });
  const refused = (role: string, hint: string) => ({
    stdout: "",
    stderr: `aws-okta-processor: you are not offered the role ${role} (--role)\n${hint}\n`,
    exitCode: 3,
  });
  expect(await perform("authenticate --role acme-dev/Developer")).toEqual(
    refused(
      "acme-dev/Developer",
      "AWS did not say what your accounts are called: try again later, or write the account's id in place of its name",
    ),
  );
  expect(await perform("authenticate --role 111122223333/Nobody")).toEqual(
    refused("111122223333/Nobody", "see the roles that you are offered with: aws-okta-processor get-roles"),
  );
  expect(await perform("authenticate --role 111122223333/Administrator")).toMatchObject({ exitCode: 0 });
});
