// Required before the program: writes the list of all modules that it loaded, builtins included, to the file that AOP_MODULES names.
"use strict";
const { writeFileSync } = require("node:fs");
const { registerHooks } = require("node:module");

const loaded = new Set();
registerHooks({
  load(url, context, next) {
    loaded.add(url);
    return next(url, context);
  },
});
process.on("exit", () => writeFileSync(process.env.AOP_MODULES, JSON.stringify([...loaded])));
