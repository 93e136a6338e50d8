import type { Line } from "./line.ts";
import { createLoadAhead } from "./load-ahead.ts";
import { namedRoles } from "./named-roles.ts";
import type { Parts } from "./parts.ts";
import { createAssumeRole } from "./stations/assume-role.ts";
import { createChooseRole } from "./stations/choose-role.ts";
import { createFetchAssertion } from "./stations/fetch-assertion.ts";
import { createLeaveOut } from "./stations/leave-out.ts";
import { createListApplications } from "./stations/list-applications.ts";
import { createListRoles } from "./stations/list-roles.ts";
import { createOpenSession } from "./stations/open-session.ts";

/** The composition root: each station with what it needs, and nothing else. */
export function createLine(parts: Parts): Line {
  return {
    loadAhead: createLoadAhead(parts.beside),
    openSession: createOpenSession(parts),
    listApplications: createListApplications(),
    fetchAssertion: createFetchAssertion(parts),
    listRoles: createListRoles(parts),
    narrowRoles: (accounts, options) => namedRoles(accounts, options, parts.world.platform),
    leaveOut: createLeaveOut(parts),
    chooseRole: createChooseRole(parts),
    assumeRole: createAssumeRole(parts),
  };
}
