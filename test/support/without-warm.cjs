// Required before the program: the first look at the command line, which is the cached answer's, sees none, so that the full program has to
// find it.
"use strict";
const { argv } = process;

Object.defineProperty(process, "argv", {
  configurable: true,
  get() {
    if (!new Error().stack.includes("run.cjs")) return argv;
    Object.defineProperty(process, "argv", { configurable: true, writable: true, value: argv });
    return [];
  },
});
