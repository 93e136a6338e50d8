import type { Factor } from "@aws-okta-processor/contract";

/** @see https://duo.com/docs/duoweb-v2 */
const ended = "Duo ended this prompt in 2024: ask your Okta administrator to set up Duo Universal Prompt";

/** Duo's prompt of before, which Okta showed in a frame. Orgs still list it. */
export const factor: Factor = {
  describe: () => "Duo traditional prompt",
  unusable: () => ended,
  respond: async () => ({
    do: "give-up",
    reason: "Duo ended its traditional prompt in 2024",
    hint: "ask your Okta administrator to set up Duo Universal Prompt",
  }),
};
