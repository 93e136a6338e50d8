import { answerTo } from "./answer.js";

export const factor = {
  describe: () => "Token",
  async respond(state) {
    // biome-ignore lint/suspicious/noConsole: it is what is bad here
    if (state.kind === "required") console.log("Touch your token");
    return answerTo(state);
  },
};
