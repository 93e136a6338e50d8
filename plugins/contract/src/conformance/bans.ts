import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { show } from "./check.ts";
import { replaceMethod } from "./replace-method.ts";

/** One thing that no plugin may call. */
interface Ban {
  readonly owner: object;
  /** As messages call the owner. */
  readonly called: string;
  readonly names: readonly string[];
  /** Whether a call with these arguments is what is meant. */
  readonly isMeant: (args: readonly unknown[]) => boolean;
  /** What the contract says of it. */
  readonly rule: string;
}

const NO_END = "must not end the process, which belongs to the host, but throw an Error";
const NO_TERMINAL = "must not read standard input or a terminal: a factor asks by host.ask, a format and a shell ask nobody";

/**
 * Puts all bans in force, until they are lifted.
 *
 * @param onCall is told of every call that is meant, and throws where it is a plugin's
 * @returns what lifts them
 */
export function enforceBans(onCall: (lesson: string) => void): () => void {
  const lifts = createBans().flatMap((ban) => ban.names.map((name) => enforce(ban, name, onCall)));
  // So that `import { openSync } from "node:fs"` has them too.
  syncBuiltinESMExports();
  return () => {
    for (const lift of lifts) lift();
    syncBuiltinESMExports();
  };
}

function enforce({ owner, called, isMeant, rule }: Ban, name: string, onCall: (lesson: string) => void): () => void {
  return replaceMethod(
    owner,
    name,
    (original) =>
      function (...args) {
        const argument = args.length === 0 ? "" : show(args[0]);
        if (isMeant(args)) onCall(`${rule}; it called ${called}.${name}(${argument})`);
        return Reflect.apply(original, this, args);
      },
  );
}

/** Made anew each time: a test may have put another stream in the place of standard input. */
function createBans(): readonly Ban[] {
  const opens = ["open", "openSync", "read", "readSync", "readFile", "readFileSync", "createReadStream", "createWriteStream"];
  const ofFiles = { names: opens, isMeant: ([file]: readonly unknown[]) => isTerminal(file), rule: NO_TERMINAL };
  const ofInput = { owner: process.stdin, called: "process.stdin", rule: NO_TERMINAL };
  return [
    { owner: process, called: "process", names: ["exit", "reallyExit", "abort"], isMeant: () => true, rule: NO_END },
    { owner: process, called: "process", names: ["kill"], isMeant: ([pid]) => pid === process.pid, rule: NO_END },
    { ...ofInput, names: ["read", "resume", "setRawMode"], isMeant: () => true },
    { ...ofInput, names: ["on", "addListener"], isMeant: ([event]) => event === "data" || event === "readable" || event === "keypress" },
    { ...ofFiles, owner: fs, called: "fs" },
    { ...ofFiles, owner: fs.promises, called: "fs.promises" },
  ];
}

function isTerminal(file: unknown): boolean {
  return file === 0 || /^(?:\/dev\/(?:tty|stdin|console|fd\/0)|(?:\\\\\.\\)?con(?:in\$|out\$)?)$/i.test(String(file));
}
