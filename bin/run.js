#!/usr/bin/env node
"use strict";
// Asks the warm path first: an answer that is kept and plain needs no more than this file and one other. Everything else is the program.
if (!answerKept()) {
  // oclif takes NODE_ENV=development for leave to compile its own installation.
  delete process.env.NODE_ENV;
  const cache = process.env.XDG_CACHE_HOME || (process.env.HOME && `${process.env.HOME}/.cache`);
  if (cache) require("node:module").enableCompileCache?.(`${cache}/aws-okta-processor/v8`);
  require("../dist/program/program.cjs").main(require("node:path").join(__dirname, ".."));
}

function answerKept() {
  try {
    return require("../dist/warm.cjs").answer(process);
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") throw error;
    process.stderr.write("aws-okta-processor: this checkout is not built\nrun: npm ci && npm run build\n");
    process.exit(1);
  }
}
