// Required before the program: makes the cached answer impossible, so that the full program has to find it.
"use strict";
const { Module } = require("node:module");
const path = require("node:path");

const file = path.join(__dirname, "..", "..", "dist", "warm.cjs");
require.cache[file] = Object.assign(new Module(file), { exports: { answer: () => false }, loaded: true });
