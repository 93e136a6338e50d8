import type { Factor, FactorHost } from "@aws-okta-processor/contract";
import { AppError, RefusedError, UsageError } from "../../errors.ts";
import type { Loaded } from "../../extensions/load.ts";
import type { ChosenFactor, SignInHands } from "../../okta/hands.ts";
import type { Org } from "../../okta/org.ts";
import type { OfferedFactor } from "../../okta/transaction.ts";
import type { Options } from "../../options/options.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import type { Parts } from "../parts.ts";

type Supported = Omit<ChosenFactor, "host"> & { readonly label: string };

/** The factor that was named, the only one, or the one chosen from the menu; only those that a plugin answers. */
export function createChooseFactor(parts: Parts, options: Options, org: Org): SignInHands["chooseFactor"] {
  return async (offered) => {
    const supported = await findSupported(parts, offered, { org, wanted: options.factor });
    const { label: _, ...chosen } = await choose(parts.terminal, options, supported);
    return { ...chosen, host: createFactorHost(parts, org) };
  };
}

interface Choice {
  readonly org: Org;
  readonly wanted: string | undefined;
}

async function findSupported(parts: Parts, offered: readonly OfferedFactor[], { org, wanted }: Choice): Promise<readonly Supported[]> {
  const supported: Supported[] = [];
  for (const factor of offered) {
    const plugin = await loadPlugin(parts, factor, wanted);
    if (plugin === undefined) continue;
    supported.push({
      offered: factor,
      factor: plugin.value,
      packageName: plugin.packageName,
      label: describe(plugin, factor),
    });
  }
  if (supported.length > 0) return numberEqualLabels(supported);
  const keys = offered.map((factor) => factor.key).join(", ");
  throw new RefusedError(`${org.name} asks for a factor that no installed plugin answers: ${keys === "" ? "none is enrolled" : keys}`, {
    code: "NO_FACTOR",
    hint: keys === "" ? `enrol one at ${org.origin}` : "install a plugin for it: aws-okta-processor plugins install NAME",
  });
}

/** A plugin that cannot be used is named, and the other factors go on working, unless it is the one that was asked for. */
async function loadPlugin({ extensions, terminal }: Parts, { key, vendorName }: OfferedFactor, wanted: string | undefined) {
  try {
    return await extensions.factor(key, vendorName);
  } catch (error) {
    if (!(error instanceof AppError) || key === wanted) throw error;
    terminal.announce(error.message);
    return undefined;
  }
}

/** Its line in the menu; a plugin learns neither the factor's id nor its links, and one that fails here is named by the key alone. */
function describe(plugin: Loaded<Factor>, { key, factorType, provider, vendorName, profile }: OfferedFactor): string {
  try {
    const label: unknown = plugin.value.describe({ key, factorType, provider, vendorName, profile });
    return typeof label === "string" ? label : key;
  } catch {
    return key;
  }
}

/** Devices without a name of their own are told apart by number. */
function numberEqualLabels(supported: readonly Supported[]): readonly Supported[] {
  return supported.map((factor) => {
    const equal = supported.filter(({ label }) => label === factor.label);
    return equal.length === 1 ? factor : { ...factor, label: `${factor.label} (${equal.indexOf(factor) + 1})` };
  });
}

async function choose(terminal: Terminal, options: Options, supported: readonly Supported[]): Promise<Supported> {
  const wanted = options.factor;
  const matching = wanted === undefined ? supported : supported.filter(({ offered }) => offered.key === wanted);
  const [only] = matching;
  if (only === undefined) {
    const keys = [...new Set(supported.map(({ offered }) => offered.key))].join(", ");
    throw new UsageError(`the factor ${wanted} is not offered to you (${options.from("factor")})`, {
      code: "FACTOR_UNKNOWN",
      hint: `choose one of: ${keys}`,
    });
  }
  if (matching.length === 1) return only;
  const items = matching.map((factor) => ({ label: factor.label, value: factor }));
  return terminal.choose({ message: "Factor", remedy: "give --factor or AWS_OKTA_FACTOR", items });
}

/** All that a factor's plugin is lent. */
function createFactorHost({ terminal, world }: Parts, org: Org): FactorHost {
  let told: string | undefined;
  return {
    origin: org.origin,
    signal: world.signal,
    ask: ({ message, secret, choices }) => {
      // The same words about another answer are news.
      told = undefined;
      const question = { message, remedy: "choose a factor that needs no typing: --factor push:okta" };
      if (choices !== undefined)
        return terminal.choose({ ...question, items: choices.map((choice) => ({ label: choice, value: choice })) });
      return secret ? terminal.askSecret(question) : terminal.ask(question);
    },
    tell: (message) => {
      if (message !== told) terminal.announce(message);
      told = message;
    },
    progress: (message) => terminal.progress(message),
  };
}
