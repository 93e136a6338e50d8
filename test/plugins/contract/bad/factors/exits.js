import { answerTo } from "./answer.js";

export const factor = {
  describe: () => "Token",
  async respond(state) {
    if (state.attemptsLeft === 0) process.exit(3);
    return answerTo(state);
  },
};
