import { answerTo } from "./answer.js";

export const factor = {
  describe: () => "Token",
  async respond(state, host) {
    if (state.kind !== "required") return answerTo(state);
    const code = host.ask({ purpose: "code", message: "Code", secret: false });
    return { do: "send", fields: { passCode: await code.catch(waitForPhone) } };
  },
};

/** Who does not type may still approve. */
function waitForPhone(error) {
  if (error.code === "NO_TERMINAL") throw error;
  return new Promise((resolve) => setTimeout(resolve, 3000, "approved"));
}
