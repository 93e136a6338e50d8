import { answerTo } from "./answer.js";

export const factor = {
  describe: () => "Token",
  respond: async (state) => (state.kind === "challenged" && state.result === "UNHEARD_OF" ? nextResult() : answerTo(state)),
};

/** Nobody tells it. */
function nextResult() {
  return new Promise(() => {});
}
