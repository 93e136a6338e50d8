#!/usr/bin/env node
"use strict";
// The program in a checkout; what is installed begins with dist/run.cjs itself.
if (require("node:fs").existsSync(`${__dirname}/../dist/run.cjs`)) require("../dist/run.cjs");
else {
  process.stderr.write("aws-okta-processor: this checkout is not built\nrun: npm ci && npm run build\n");
  process.exitCode = 1;
}
