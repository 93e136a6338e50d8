// The first file of the program, built into dist/run.cjs. An answer that is kept and plain needs no more than that file; everything else is
// the program.
import path from "node:path";
import { answer } from "../src/warm/warm.ts";

let waitedFor;
const waitForTurn = (file, find) => {
  const turn = require("./warm/turn.cjs").waitForTurn(file, find, process);
  waitedFor = turn.waitedFor;
  return turn.found;
};

if (answer(process, waitForTurn)) {
  // All is written. To end by itself Node would take a millisecond more.
  process.exit();
} else {
  // oclif takes NODE_ENV=development for leave to compile its own installation.
  delete process.env.NODE_ENV;
  const cache = process.env.XDG_CACHE_HOME || (process.env.HOME && `${process.env.HOME}/.cache`);
  if (cache) require("node:module").enableCompileCache?.(`${cache}/aws-okta-processor/v8`);
  require("./program/program.cjs").main(path.join(__dirname, ".."), waitedFor);
}
