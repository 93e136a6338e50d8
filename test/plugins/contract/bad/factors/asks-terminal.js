import { openSync, readSync } from "node:fs";
import { answerTo } from "./answer.js";

export const factor = {
  describe: () => "Token",
  respond: async (state) => (state.kind === "required" ? { do: "send", fields: { passCode: readCode() } } : answerTo(state)),
};

/** In its own words it says why nobody can be asked. */
function readCode() {
  const buffer = Buffer.alloc(100);
  try {
    return buffer.toString("utf8", 0, readSync(openSync("/dev/tty", "r"), buffer));
  } catch (cause) {
    throw new Error("there is no terminal to type a code at", { cause });
  }
}
