import type { AssertedRole } from "../../aws/assertion.ts";
import type { Account } from "../../aws/roles.ts";
import { RefusedError } from "../../errors.ts";
import type { Options } from "../../options/options.ts";
import type { Line } from "../line.ts";
import type { Parts } from "../parts.ts";

/** The role that was named, the only one, or the one chosen from the menu. */
export function createChooseRole({ terminal }: Parts): Line["chooseRole"] {
  return async (accounts, options) => {
    const roles = accounts.flatMap((account) => account.roles.map((asserted) => ({ account, asserted })));
    const chosen =
      options.role === undefined
        ? undefined
        : findNamed(
            roles.map(({ asserted }) => asserted),
            options,
          );
    if (chosen !== undefined) return chosen;
    const [only] = roles;
    if (roles.length === 1 && only !== undefined) return only.asserted;
    const items = roles.map(({ account, asserted }) => ({ label: asserted.role.name, group: heading(account), value: asserted }));
    return terminal.choose({ message: "AWS role", remedy: "give --role or AWS_OKTA_ROLE", items });
  };
}

function findNamed(roles: readonly AssertedRole[], options: Options): AssertedRole {
  const named = roles.find(({ role }) => role.arn === options.role);
  if (named !== undefined) return named;
  throw new RefusedError(`you are not offered the role ${options.role} (${options.from("role")})`, {
    code: "ROLE_NOT_OFFERED",
    hint: "see the roles that you are offered with: aws-okta-processor get-roles",
  });
}

const heading = ({ id, name }: Account): string => (name === id ? id : `${name} (${id})`);
