import type { Line } from "./line.ts";
import type { Parts } from "./parts.ts";
import { createAssumeRole } from "./stations/assume-role.ts";
import { createChooseRole } from "./stations/choose-role.ts";
import { createFetchAssertion } from "./stations/fetch-assertion.ts";
import { createListRoles } from "./stations/list-roles.ts";
import { createOpenSession } from "./stations/open-session.ts";

/** The composition root: each station with what it needs, and nothing else. */
export function createLine(parts: Parts): Line {
  return {
    openSession: createOpenSession(parts),
    fetchAssertion: createFetchAssertion(parts),
    listRoles: createListRoles(parts),
    chooseRole: createChooseRole(parts),
    assumeRole: createAssumeRole(parts),
  };
}
