import type { AssertedRole } from "../../aws/assertion.ts";
import type { Account } from "../../aws/roles.ts";
import { secondaryRoleArn } from "../../aws/secondary-role.ts";
import { UsageError } from "../../errors.ts";
import type { Options } from "../../options/options.ts";
import type { Line } from "../line.ts";
import { namedRoles } from "../named-roles.ts";
import type { Parts } from "../parts.ts";

/** The role that was named, the only one, or the one chosen from the menu; and what is assumed from it. */
export function createChooseRole({ terminal, world }: Pick<Parts, "terminal" | "world">): Line["chooseRole"] {
  return async (accounts, options) => {
    const offered = namedRoles(accounts, options, world.platform);
    const roles = offered.flatMap((account) => account.roles.map((asserted) => ({ account, asserted })));
    const [only] = roles;
    const asserted = roles.length === 1 && only !== undefined ? only.asserted : await chooseOne(roles, options, terminal);
    return { asserted, secondaryArn: findSecondary(accounts, asserted, { options, platform: world.platform }) };
  };
}

interface Offered {
  readonly account: Account;
  readonly asserted: AssertedRole;
}

/** A name that fits several roles is not a question: who wrote it meant one. */
function chooseOne(roles: readonly Offered[], options: Options, terminal: Parts["terminal"]): Promise<AssertedRole> {
  if (options.role !== undefined)
    throw ambiguous(
      options.role,
      options.from("role"),
      roles.map(({ asserted }) => asserted.role.arn),
    );
  const items = roles.map(({ account, asserted }) => ({ label: asserted.role.name, group: heading(account), value: asserted }));
  return terminal.choose({ message: "AWS role", remedy: "give --role or AWS_OKTA_ROLE", items });
}

function findSecondary(
  accounts: readonly Account[],
  first: AssertedRole,
  { options, platform }: { options: Options; platform: string },
): string | undefined {
  const { secondaryRole: wanted } = options;
  if (wanted === undefined) return undefined;
  const found = secondaryRoleArn(wanted, { accounts, first, platform });
  if (typeof found === "string") return found;
  const from = options.from("secondary-role");
  if (found.length > 0) throw ambiguous(wanted, from, found);
  throw new UsageError(`cannot tell which role ${wanted} is (${from})`, { code: "ROLE_UNKNOWN", hint: "write its whole ARN" });
}

const LISTED = 5;

function ambiguous(wanted: string, from: string, arns: readonly string[]): UsageError {
  const more = arns.length > LISTED ? ` and ${arns.length - LISTED} more` : "";
  return new UsageError(`${arns.length} roles match ${wanted} (${from})`, {
    code: "ROLE_AMBIGUOUS",
    hint: `name one of them: ${arns.slice(0, LISTED).join(", ")}${more}`,
  });
}

const heading = ({ id, name }: Account): string => (name === id ? id : `${name} (${id})`);
