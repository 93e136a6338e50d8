import Authenticate from "./authenticate.ts";
import Completion from "./completion.ts";
import ConfigShow from "./config-show.ts";
import GetRoles from "./get-roles.ts";

/** What oclif reads: package.json names this file and this export. */
export const COMMANDS = { authenticate: Authenticate, completion: Completion, "config:show": ConfigShow, "get-roles": GetRoles };
