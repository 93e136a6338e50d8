/** All that a factor's plugin is lent. */
import type { Factor, FactorHost, Question } from "@aws-okta-processor/contract";
import { RefusedError } from "../errors.ts";
import type { Loaded } from "../extensions/load.ts";
import { fetchElsewhere } from "../http/elsewhere.ts";
import type { Org } from "../okta/org.ts";
import type { Parts } from "./parts.ts";

export interface Lent {
  readonly org: Org;
  readonly plugin: Loaded<Factor>;
  /** The command that the user set up for codes, and where, or undefined where there is none. */
  readonly codes: { readonly next: () => Promise<string | undefined>; readonly from: string } | undefined;
}

export function createFactorHost(parts: Parts, { org, plugin, codes }: Lent): FactorHost {
  const { terminal, world } = parts;
  let told: string | undefined;
  let mayAskCommand = true;
  return {
    origin: org.origin,
    signal: world.signal,
    canAsk: (purpose) => terminal.attended || (purpose === "code" && codes !== undefined && mayAskCommand),
    ask: async (question) => {
      // The same words about another answer are news.
      told = undefined;
      // A code that was refused came from the command, or from the person: either way the person knows best now.
      if (codes === undefined || question.purpose !== "code") return askPerson(parts, question);
      const code = mayAskCommand ? await codes.next() : undefined;
      mayAskCommand = false;
      if (code === undefined && !terminal.attended) throw codeRefused(org, codes.from);
      return code ?? askPerson(parts, question);
    },
    tell: (message) => {
      if (message !== told) terminal.announce(message);
      told = message;
    },
    progress: (message) => terminal.progress(message),
    // What it gives may only look like a URL.
    fetch: async (url, request) =>
      fetchElsewhere(
        parts.send,
        { ...request, url: new URL(String(url)) },
        { origin: org.origin, plugin: plugin.packageName, hosts: plugin.hosts },
      ),
    run: (command, args, stdin) => terminal.run({ command, args, readErrors: true, ...(stdin === undefined ? {} : { stdin }) }),
  };
}

/** The command had its turn, and there is nobody else to ask. */
function codeRefused(org: Org, from: string): RefusedError {
  return new RefusedError(`${org.name} did not take the code of the command (${from})`, {
    code: "FACTOR_REFUSED",
    hint: "run the command by itself to see what it gives; there is no terminal to ask for another code",
  });
}

const REMEDIES: Readonly<Record<Question["purpose"], string>> = {
  code: "give --factor-code-command, or a factor that needs no typing: --factor push:okta",
  answer: "choose a factor that needs no typing: --factor push:okta",
  pin: "choose a factor that needs no typing: --factor push:okta",
  choice: "choose a factor that asks nothing: --factor push:okta",
};

function askPerson({ terminal }: Parts, { purpose, message, secret, choices }: Question): Promise<string> {
  const question = { message, remedy: REMEDIES[purpose] };
  if (choices !== undefined) return terminal.choose({ ...question, items: choices.map((choice) => ({ label: choice, value: choice })) });
  return secret ? terminal.askSecret(question) : terminal.ask(question);
}
