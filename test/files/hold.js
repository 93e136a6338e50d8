// Takes the lock of a file again and again, and notes in a log when it comes, goes, or is killed inside: every so-and-so-manieth time.
import { appendFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { withLock } from "../../src/files/lock.ts";
import { world } from "./real-world.js";

const [file, log, rounds, dieAt] = process.argv.slice(2);
const note = (what) => appendFileSync(log, `${what} ${process.pid}\n`);
const quick = { ...world, sleep: () => setTimeout(1) };

for (let round = 1; round <= Number(rounds); round += 1) {
  await withLock(file, quick, async () => {
    note("comes");
    if (round === Number(dieAt)) {
      note("dies");
      process.kill(process.pid, "SIGKILL");
    }
    await setTimeout(1);
    note("goes");
  });
}
