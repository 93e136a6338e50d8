import { expect, test } from "vitest";
import { createChooseRole } from "../../src/flows/stations/choose-role.ts";
import type { FlagValues } from "../../src/options/layers.ts";
import { failureOf } from "../support/failure.ts";
import { optionsFrom } from "../support/options.ts";
import { accountsOf } from "../support/roles.ts";
import { quietTerminal } from "../support/terminal.ts";
import { createWorld } from "../support/world.ts";

const inAccount = (digit: number, name = "Reader") => `arn:aws:iam::${String(digit).repeat(12)}:role/${name}`;
const READERS = [1, 2, 3, 4, 5, 6, 7].map((digit) => inAccount(digit));
const ADMIN = inAccount(1, "Admin");

const choose = (arns: readonly string[], flags: FlagValues) =>
  createChooseRole({ terminal: quietTerminal(), world: createWorld() })(
    accountsOf(arns, { "111111111111": "acme-dev" }),
    optionsFrom(flags),
  );

test("the one role that a name means is taken, and nobody is asked", async () => {
  expect(await choose([...READERS, ADMIN], { role: "Admin" })).toMatchObject({
    asserted: { role: { arn: ADMIN } },
    secondaryArn: undefined,
  });
});

test("the only role is taken without a name", async () => {
  expect(await choose([ADMIN], {})).toMatchObject({ asserted: { role: { arn: ADMIN } } });
});

test("a name that means several lists them, five at most", async () => {
  expect(await failureOf(() => choose([...READERS, ADMIN], { role: "Reader" }))).toEqual({
    name: "UsageError",
    code: "ROLE_AMBIGUOUS",
    message: "7 roles match Reader (--role)",
    hint: `name one of them: ${READERS.slice(0, 5).join(", ")} and 2 more`,
  });
});

test.each([2, 5])("of %i that a name means all are listed", async (count) => {
  const { message, hint } = await failureOf(() => choose(READERS.slice(0, count), { role: "Read*" }));
  expect([message, hint]).toEqual([`${count} roles match Read* (--role)`, `name one of them: ${READERS.slice(0, count).join(", ")}`]);
});

test("a name that means none is a refusal", async () => {
  expect(await failureOf(() => choose(READERS, { role: "acme-dev/Admin" }))).toEqual({
    name: "RefusedError",
    code: "ROLE_NOT_OFFERED",
    message: "you are not offered the role acme-dev/Admin (--role)",
    hint: "see the roles that you are offered with: aws-okta-processor get-roles",
  });
});

test("a secondary role is found among all that are offered, not only those that the first one's name means", async () => {
  expect(await choose([...READERS, ADMIN], { role: "Admin", "secondary-role": "2222*/Read*" })).toMatchObject({ secondaryArn: READERS[1] });
});

test("a glob of the secondary role that means several lists them, five at most", async () => {
  expect(await failureOf(() => choose([...READERS, ADMIN], { role: "Admin", "secondary-role": "Read*" }))).toEqual({
    name: "UsageError",
    code: "ROLE_AMBIGUOUS",
    message: "7 roles match Read* (--secondary-role)",
    hint: `name one of them: ${READERS.slice(0, 5).join(", ")} and 2 more`,
  });
});

test.each(["acme-test/Deployer", "Deploy*"])(
  "a secondary role that cannot be known is an error before AWS is asked: %s",
  async (wanted) => {
    expect(await failureOf(() => choose([ADMIN], { "secondary-role": wanted }))).toEqual({
      name: "UsageError",
      code: "ROLE_UNKNOWN",
      message: `cannot tell which role ${wanted} is (--secondary-role)`,
      hint: "write its whole ARN",
    });
  },
);
