import { openSync, readSync } from "node:fs";
import { answerTo } from "./answer.js";

export const factor = {
  describe: () => "Token",
  async respond(state) {
    if (state.kind !== "required") return answerTo(state);
    const buffer = Buffer.alloc(100);
    const length = readSync(openSync("/dev/tty", "r"), buffer);
    return { do: "send", fields: { passCode: buffer.toString("utf8", 0, length) } };
  },
};
