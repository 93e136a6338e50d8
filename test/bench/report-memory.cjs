// Required before the program: adds the most memory that it held, in KiB, to the file that AOP_MEMORY names.
"use strict";
const { appendFileSync, readFileSync } = require("node:fs");

process.on("exit", () => appendFileSync(process.env.AOP_MEMORY, `${mostHeld()}\n`));

/** Linux counts what the process held before it became this program into maxRSS: the parent's, which had just been copied. */
function mostHeld() {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
}
