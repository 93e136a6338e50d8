import { createInterface } from "node:readline/promises";
import { answerTo } from "./answer.js";

export const factor = {
  describe: () => "Token",
  async respond(state) {
    if (state.kind !== "required") return answerTo(state);
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    const passCode = await lines.question("Code: ");
    lines.close();
    return { do: "send", fields: { passCode } };
  },
};
