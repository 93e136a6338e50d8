import type { CommandName } from "../options/option-row.ts";

/** What each command prints by a format. */
export const PRINTED = { authenticate: "credentials", "get-roles": "roles" } as const satisfies Record<CommandName, string>;
