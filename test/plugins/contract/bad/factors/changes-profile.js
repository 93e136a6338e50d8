import { answerTo } from "./answer.js";

export const factor = {
  describe: () => "Token",
  async respond(state, _host, factor) {
    factor.profile.begun = true;
    return answerTo(state);
  },
};
