import { type KeptFactor, readDevice } from "../../cache/device.ts";
import { RefusedError } from "../../errors.ts";
import type { SignInHands } from "../../okta/hands.ts";
import type { Org } from "../../okta/org.ts";
import type { Options } from "../../options/options.ts";
import { createCodeSource } from "../code-source.ts";
import { createFactorHost } from "../factor-host.ts";
import type { Parts } from "../parts.ts";
import { keepDevice } from "./keep-device.ts";
import { matchFactors } from "./match-factors.ts";
import { type SortedFactors, sortFactors, type Usable } from "./sort-factors.ts";

export interface FactorChoice {
  readonly org: Org;
  /** Remembers the factor that was chosen last. */
  readonly file: string | undefined;
}

/** The factor that was named, the only one, or the one chosen from the menu, where the last one chosen comes first. */
export function createChooseFactor(parts: Parts, options: Options, { org, file }: FactorChoice): SignInHands["chooseFactor"] {
  const from = options.from("factor-code-command");
  const codes = options.factorCodeCommand === undefined ? undefined : { next: createCodeSource(parts, options), from };
  return async (offered, again) => {
    const sorted = await sortFactors(parts, offered, options.factor?.toLowerCase());
    if (sorted.usable.length === 0) throw noFactor(org, sorted);
    const matching = again ? sorted.usable : matchFactors(sorted, options);
    const only = matching.length === 1 && !again ? matching[0] : undefined;
    const chosen = only ?? (await chooseFromMenu(parts, { ...sorted, usable: matching }, readDevice(file, parts.keeping.open).factor));
    if (only === undefined) await keepDevice(parts, file, { factor: { key: chosen.offered.key, id: chosen.offered.id } });
    const { offered: factor, plugin } = chosen;
    return {
      offered: factor,
      factor: plugin.value,
      packageName: plugin.packageName,
      host: createFactorHost(parts, { org, plugin, codes }),
    };
  };
}

function noFactor(org: Org, { unusable }: SortedFactors): RefusedError {
  const listed = unusable.join(", ");
  return new RefusedError(
    `${org.name} asks for a factor that no installed plugin answers: ${listed === "" ? "none is enrolled" : listed}`,
    {
      code: "NO_FACTOR",
      hint: listed === "" ? `enrol one at ${org.origin}` : "install a plugin for it: aws-okta-processor plugins install NAME",
    },
  );
}

async function chooseFromMenu({ terminal }: Parts, { usable, unusable }: SortedFactors, last: KeptFactor | undefined): Promise<Usable> {
  for (const factor of unusable) terminal.tell(`Not usable here: ${factor}`);
  const items = [...usable]
    .sort((a, b) => Number(isLast(b, last)) - Number(isLast(a, last)))
    .map((factor) => ({ label: factor.label, value: factor }));
  const names = usable.map(({ label }) => JSON.stringify(label)).join(", ");
  return terminal.choose({ message: "Factor", remedy: `give --factor or AWS_OKTA_FACTOR as one of: ${names}`, items });
}

const isLast = ({ offered: { key, id } }: Usable, last: KeptFactor | undefined): boolean => key === last?.key && id === last.id;
