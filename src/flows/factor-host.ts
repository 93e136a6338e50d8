/** All that a factor's plugin is lent. */
import type { Factor, FactorHost, Question } from "@aws-okta-processor/contract";
import type { Loaded } from "../extensions/load.ts";
import { fetchElsewhere } from "../http/elsewhere.ts";
import type { Org } from "../okta/org.ts";
import type { Parts } from "./parts.ts";

export interface Lent {
  readonly org: Org;
  readonly plugin: Loaded<Factor>;
  /** What the user's command says when it is asked for a code, or undefined where there is none. */
  readonly codes: () => Promise<string | undefined>;
}

export function createFactorHost(parts: Parts, { org, plugin, codes }: Lent): FactorHost {
  const { terminal, world } = parts;
  let told: string | undefined;
  let mayAskCommand = true;
  return {
    origin: org.origin,
    signal: world.signal,
    ask: async (question) => {
      // The same words about another answer are news.
      told = undefined;
      // A code that was refused came from the command, or from the person: either way the person knows best now.
      const code = question.purpose === "code" && mayAskCommand ? await codes() : undefined;
      mayAskCommand = question.purpose === "code" ? false : mayAskCommand;
      return code ?? askPerson(parts, question);
    },
    tell: (message) => {
      if (message !== told) terminal.announce(message);
      told = message;
    },
    progress: (message) => terminal.progress(message),
    fetch: (url, request) =>
      fetchElsewhere(parts.send, { url, ...request }, { origin: org.origin, plugin: plugin.packageName, hosts: plugin.hosts }),
    run: (command, args, stdin) => terminal.run({ command, args, readErrors: true, ...(stdin === undefined ? {} : { stdin }) }),
  };
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
