import { Command } from "@oclif/core/command";
import { boolean } from "@oclif/core/flags";
import { dataFolder } from "../data-folder.ts";
import { discoverPackages } from "../extensions/discovery.ts";
import { lookAtCaches, lookAtLocks } from "../flows/doctor/caches.ts";
import { lookAtDotfile, lookAtOptions } from "../flows/doctor/dotfiles.ts";
import { type Check, examine } from "../flows/doctor/examine.ts";
import { type FarEnds, lookAtOrganization, lookAtSignInPage, lookAtSts } from "../flows/doctor/far-ends.ts";
import { knownNames } from "../flows/doctor/names.ts";
import { lookAtPlugins } from "../flows/doctor/plugins.ts";
import { lookAtProgram, lookAtTerminal } from "../flows/doctor/program.ts";
import { createRedact } from "../flows/doctor/redact.ts";
import { cleanReport, describeReport, formatReport, throwWhatIsWrong } from "../flows/doctor/report.ts";
import { lookAtProfiles, lookAtShells } from "../flows/doctor/shells.ts";
import { lookAtWay } from "../flows/doctor/way-out.ts";
import { createNetwork } from "../http/network.ts";
import { createSend } from "../http/send.ts";
import { text } from "../json.ts";
import type { Found } from "../options/layers.ts";
import { type Options, parseOptions } from "../options/options.ts";
import { gatherOptions, resolvePluginsAllow } from "../options/resolve.ts";
import type { OptionName } from "../options/table.ts";
import { openTerminal } from "../terminal/terminal.ts";
import type { World } from "../world.ts";
import { flagsNamed } from "./flags.ts";
import { worldOf } from "./host.ts";

type FoundOptions = ReadonlyMap<OptionName, Found>;

export default class Doctor extends Command {
  static override summary = "Look for what may be wrong, and say what to do";
  static override description =
    "Nobody is signed in, and no password is read or sent. Names are left out, so that the report may be shown to others.";
  static override examples = ["<%= config.bin %> doctor", "<%= config.bin %> doctor --json"];
  static override flags = {
    ...flagsNamed("authenticate", ["organization"]),
    "show-names": boolean({ description: "leave in who you are and where" }),
    json: boolean({ description: "as one JSON object" }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Doctor);
    const world = worldOf(this.config);
    const { json, "show-names": showNames, ...given } = flags;
    const found = forgive(() => gatherOptions("authenticate", given, world)) ?? new Map();
    const terminal = openTerminal(world, false);
    try {
      if (terminal.attended) terminal.progress("looking, and asking the organization and AWS whether they answer");
      const report = await examine([...this.#here(world, terminal.attended, showNames), ...this.#there(world, found)]);
      terminal.progress(undefined);
      const shown = cleanReport(report, showNames ? (line) => line : createRedact(knownNames(world, found)));
      world.writeOutput(json ? `${JSON.stringify(describeReport(shown), undefined, 2)}\n` : formatReport(shown));
      throwWhatIsWrong(report);
    } finally {
      terminal.close();
    }
  }

  #here(world: World, attended: boolean, showNames: boolean): readonly Check[] {
    const { userAgent, pjson, root } = this.config;
    const folder = dataFolder(world);
    const engines = text((pjson as { readonly engines?: { readonly node?: unknown } }).engines?.node) ?? "";
    const packages = () => discoverPackages({ program: this.config, folder, allowed: resolvePluginsAllow(world) });
    return [
      { area: "program", look: () => lookAtProgram({ userAgent, engines }) },
      { area: "terminal", look: () => lookAtTerminal(attended, world.ancestors()) },
      { area: "plugins", look: () => lookAtPlugins(packages()) },
      { area: "dotfile at home", look: () => lookAtDotfile(world.home, "at home", world.platform) },
      ...(world.cwd === world.home
        ? []
        : [{ area: "dotfile here", look: () => lookAtDotfile(world.cwd, "in the working directory", world.platform) }]),
      { area: "options", look: () => lookAtOptions(world, showNames) },
      { area: "caches", look: () => lookAtCaches(world) },
      { area: "locks", look: () => lookAtLocks(world) },
      { area: "shells", look: () => lookAtShells(world) },
      { area: "AWS profiles", look: () => lookAtProfiles(world, root) },
    ];
  }

  #there(world: World, found: FoundOptions): readonly Check[] {
    const caBundle = alone(found, "ca-bundle")?.caBundle;
    const { exchange } = createNetwork(world, caBundle);
    const send = createSend({ ...world, exchange }, { userAgent: `${this.config.name}/${this.config.version}`, signal: world.signal });
    const ends = farEnds(found);
    const asking = { send, world };
    return [
      { area: "proxy and certificates", look: () => lookAtWay(toUrl(ends.organization?.origin), world, caBundle) },
      { area: "organization", look: () => lookAtOrganization(ends, asking) },
      { area: "sign-in page", look: () => lookAtSignInPage(ends, asking) },
      { area: "STS", look: () => lookAtSts(ends, asking) },
    ];
  }
}

function farEnds(found: FoundOptions): FarEnds {
  return {
    organization: alone(found, "organization")?.organization,
    signInUrl: alone(found, "sign-in-url")?.signInUrl,
    role: found.get("role")?.raw,
    region: alone(found, "region")?.region,
  };
}

const toUrl = (origin: string | undefined): URL | undefined => (origin === undefined ? undefined : new URL(origin));

/** Each option by itself, so that a wrong one hides no other. */
function alone(found: FoundOptions, name: OptionName): Options | undefined {
  return forgive(() => parseOptions(new Map([...found].filter(([one]) => one === name))));
}

/** What is wrong with it is a finding of another check. */
function forgive<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
