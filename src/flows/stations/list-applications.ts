import { listApplications } from "../../okta/applications.ts";
import type { Line, ListedApplications, Session } from "../line.ts";
import { renewOnce } from "./renew-once.ts";

/** Every application of the person that federates to AWS. */
export function createListApplications(): Line["listApplications"] {
  return (opened) => renewOnce(opened, tryList);
}

async function tryList(session: Session): Promise<ListedApplications | undefined> {
  const applications = await listApplications(session.org, session.okta.id);
  return applications === undefined ? undefined : { session, urls: applications.map(({ url }) => new URL(url)) };
}
