// The first file of the program, built into dist/run.cjs. An answer that is kept and plain needs no more than that file; everything else is
// the program.
import { mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { answer } from "../src/warm/warm.ts";

let doorstep;
const waitForTurn = (file, find, silent) => {
  const { pid, platform } = process;
  doorstep = require("./warm/turn.cjs").waitForTurn(file, find, { pid, platform, silent });
  return doorstep.found;
};

if (answer(process, waitForTurn)) {
  // All is written. To end by itself Node would take a millisecond more.
  process.exit();
} else {
  // oclif takes NODE_ENV=development for leave to compile its own installation.
  delete process.env.NODE_ENV;
  keepCompiled(process.env.XDG_CACHE_HOME || (process.env.HOME && `${process.env.HOME}/.cache`));
  require("./program/program.cjs").main(path.join(__dirname, ".."), doorstep);
}

/** What V8 compiled is code: it is kept where nobody else can write. */
function keepCompiled(cache) {
  if (!cache || !path.isAbsolute(cache)) return;
  const folder = path.join(cache, "aws-okta-processor/v8");
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(folder);
    const isOurs = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
    if (isOurs) require("node:module").enableCompileCache?.(folder);
  } catch {
    // It is compiled anew.
  }
}
