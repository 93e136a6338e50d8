// A program at a terminal that shows the role menu with as many roles as its argument says, ten in each account, and nothing else.
import { setTimeout } from "node:timers/promises";
import { openTerminal } from "../../src/terminal/terminal.ts";

const size = Number(process.argv[2]);
const items = Array.from({ length: size }, (_, index) => {
  const account = Math.floor(index / 10);
  return {
    label: `Engineering-Role-${index % 10}`,
    group: `team-${account} (${String(100_000_000_001 + account * 7_654_321).slice(0, 12)})`,
    value: index,
  };
});
const terminal = openTerminal(
  {
    terminal: { input: "/dev/tty", output: "/dev/tty" },
    signal: new AbortController().signal,
    writeDiagnosis: () => undefined,
    childEnv: {},
    sleep: (ms) => setTimeout(ms),
  },
  false,
);
terminal.tell("the last byte is here");
terminal.tell(`chosen ${await terminal.choose({ message: "AWS role", remedy: "", items })}`);
terminal.close();
