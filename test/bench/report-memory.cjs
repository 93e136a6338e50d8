// Required before the program: writes the most memory that it held, in KiB, to the file that AOP_MEMORY names.
"use strict";
const { writeFileSync } = require("node:fs");

process.on("exit", () => writeFileSync(process.env.AOP_MEMORY, String(process.resourceUsage().maxRSS)));
