import type { RoleListing } from "@aws-okta-processor/contract";
import type { Sandbox } from "@aws-okta-processor/sandbox";
import type { KeptCredentials } from "../../src/cache/credentials.ts";
import { KEPT_PLAIN } from "../../src/cache/keeping.ts";
import type { InstalledPackage } from "../../src/extensions/registry.ts";
import { authenticate } from "../../src/flows/authenticate.ts";
import { createBeside } from "../../src/flows/beside.ts";
import { createLine } from "../../src/flows/create-line.ts";
import { getRoles, getRolesOfAll } from "../../src/flows/get-roles.ts";
import { createIntroduce } from "../../src/flows/introduce.ts";
import { keepCredentials } from "../../src/flows/keep-credentials.ts";
import { createSend } from "../../src/http/send.ts";
import type { FlagValues } from "../../src/options/layers.ts";
import type { CommandName } from "../../src/options/option-row.ts";
import type { Options } from "../../src/options/options.ts";
import { bundledPackages } from "./bundled.ts";
import { extensionsOf } from "./extensions.ts";
import { type Folder, useFolder } from "./folder.ts";
import { optionsFrom } from "./options.ts";
import { type Answer, type Person, usePerson } from "./person.ts";
import { type Scene, useSandbox } from "./sandbox.ts";
import { createWorld, type TestWorld } from "./world.ts";

/** A sandbox and a home, to which one may come more than once. */
export interface Place {
  readonly sandbox: Sandbox;
  readonly home: Folder;
}

export async function usePlace(scene: Scene = "default"): Promise<Place> {
  return { sandbox: await useSandbox(scene), home: useFolder() };
}

export interface Coming {
  /** Over Jane's own, which name the sandbox and her (her password is in a variable); undefined takes one away. */
  readonly flags?: Readonly<Record<string, string | boolean | undefined>>;
  readonly answers?: readonly Answer[];
  readonly packages?: readonly InstalledPackage[];
  readonly world?: Partial<TestWorld>;
}

/** One run of the program, without its first and last floor. */
export interface Visit extends Person {
  readonly world: TestWorld;
  readonly options: Options;
  /** What was asked of the sandbox in this visit alone. */
  readonly calls: () => Sandbox["calls"];
  readonly authenticate: () => Promise<KeptCredentials>;
  readonly getRoles: () => Promise<RoleListing>;
  readonly getRolesOfAll: () => Promise<readonly RoleListing[]>;
}

export function visit(place: Place, { flags = {}, answers = [], packages = bundledPackages, world: given = {} }: Coming = {}): Visit {
  const { sandbox, home } = place;
  const world = createWorld({ home: home.path, env: { AWS_ENDPOINT_URL_STS: sandbox.stsUrl }, ...given });
  const person = usePerson(...answers);
  const { extensions } = extensionsOf(packages, {
    ...world,
    notify: person.terminal.tell,
    introduce: createIntroduce({ world, terminal: person.terminal }),
  });
  const door = (signal: AbortSignal) => createSend(world, { userAgent: "test/1", signal });
  const beside = createBeside();
  const line = createLine({
    world,
    terminal: person.terminal,
    extensions,
    send: door(world.signal),
    sendAfterwards: door(new AbortController().signal),
    beside,
    keeping: KEPT_PLAIN,
    keychain: async () => undefined,
  });
  const run = <T>(flow: () => Promise<T>): Promise<T> => flow().finally(beside.end);
  const before = sandbox.calls.length;
  const optionsOf = (command: CommandName) =>
    optionsFrom(flagsOf(sandbox, flags), { command, env: "pass" in flags ? {} : { AWS_OKTA_PASS: "correct horse" } });
  return {
    ...person,
    world,
    get options() {
      return optionsOf("authenticate");
    },
    calls: () => sandbox.calls.slice(before),
    authenticate: () =>
      run(() =>
        keepCredentials({ world, ...person, keeping: KEPT_PLAIN }, (options) => authenticate(options, line))(optionsOf("authenticate")),
      ),
    getRoles: () => run(() => getRoles(optionsOf("get-roles"), line)),
    getRolesOfAll: () => run(() => getRolesOfAll(optionsOf("get-roles"), line)),
  };
}

function flagsOf(sandbox: Sandbox, flags: NonNullable<Coming["flags"]>): FlagValues {
  const all: NonNullable<Coming["flags"]> = {
    organization: sandbox.organization,
    "sign-in-url": sandbox.signInUrl,
    user: "jdoe",
    ...flags,
  };
  return Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
