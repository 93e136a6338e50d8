import { stdin } from "node:process";
import { answerTo } from "./answer.js";

export const factor = {
  describe: () => "Token",
  async respond(state) {
    if (state.kind !== "required") return answerTo(state);
    const pieces = [];
    for await (const piece of stdin) pieces.push(piece);
    return { do: "send", fields: { passCode: pieces.join("") } };
  },
};
