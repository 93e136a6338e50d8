import type { Factor } from "@aws-okta-processor/contract";

/**
 * A token whose code is typed, as an example. `respond` is asked after each step with where the sign-in stands, and says what comes next;
 * it keeps nothing in mind, and speaks to the person only through the `host` that it is lent.
 */
export const factor: Factor = {
  describe: () => "Token",
  respond: async (state, host) => {
    // `challenged` would mean that Okta waits for something, `elsewhere` that it sent the person away; a code is sent before either.
    if (state.kind === "challenged" || state.kind === "elsewhere") return { do: "give-up", reason: "okta did not take the code" };
    if (state.kind === "refused") {
      if (state.attemptsLeft === 0) return { do: "give-up", reason: "the code was wrong" };
      host.tell("That was wrong, try again");
    }
    const passCode = await host.ask({ purpose: "code", message: "Code of the token", secret: false });
    return { do: "send", fields: { passCode } };
  },
};
