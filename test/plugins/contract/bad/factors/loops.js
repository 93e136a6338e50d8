import { answerTo } from "./answer.js";

export const factor = {
  describe: () => "Token",
  async respond(state) {
    // Nothing that is waited for can happen while it waits like this.
    while (state.kind === "challenged" && state.result === "UNHEARD_OF");
    return answerTo(state);
  },
};
