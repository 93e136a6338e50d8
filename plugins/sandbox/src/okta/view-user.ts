import { link, type View } from "./link.ts";
import type { Person, StepUp } from "./memory.ts";

export function viewUser(person: Person): View {
  const { login, firstName, lastName } = person.user;
  return {
    id: person.id,
    passwordChanged: "2024-02-29T12:00:00.000Z",
    profile: { login, firstName, lastName, locale: "en_US", timeZone: "Europe/Berlin" },
  };
}

/** What a step-up is for, beside what its state embeds. */
export function viewTarget(stepUp: StepUp | undefined, origin: string): View {
  if (stepUp === undefined) return {};
  const { id, key, application } = stepUp.app;
  const { name, label } = application;
  const logo = { ...link(`${origin}/img/logos/${name}.png`, ["GET"], "medium"), type: "image/png" };
  return {
    target: { type: "APP", name, label, _links: { logo } },
    authentication: { protocol: "SAML2.0", issuer: { id, name: label, uri: key } },
  };
}
