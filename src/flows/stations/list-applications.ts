import { listApplications } from "../../okta/applications.ts";
import type { Line, Session } from "../line.ts";
import type { Parts } from "../parts.ts";
import { renewOnce } from "./renew-once.ts";

/** Every application of the person that federates to AWS. */
export function createListApplications({ terminal }: Parts): Line["listApplications"] {
  return (opened) =>
    renewOnce(opened, terminal, async (session: Session) => {
      const applications = await listApplications(session.org, session.okta.id);
      return applications === undefined ? "sign-in" : { session, urls: applications.map(({ url }) => new URL(url)) };
    });
}
