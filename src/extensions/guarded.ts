/** Values of a stranger's plugin whose every method is run by its guard: for whoever calls them they are as any other. */
import type { Factor, FactorHost, Format, Keychain, Shell } from "@aws-okta-processor/contract";
import type { World } from "../world.ts";
import { type Call, failed } from "./guard.ts";

export interface Guarding extends Pick<World, "doze" | "signal" | "now"> {
  readonly call: Call;
  readonly packageName: string;
}

export function guardShell(shell: Shell, { call }: Guarding): Shell {
  return {
    render: (variables) => call(() => shell.render(variables)),
    unset: (names) => call(() => shell.unset(names)),
    evaluate: shell.evaluate,
  };
}

/** A format without end would fill the memory before its time is over. */
const MOST_PIECES = 10_000_000;

export function guardFormat(format: Format, { call }: Guarding): Format {
  const guard = <A extends unknown[], R>(method: ((...args: A) => R) | undefined, name: string) =>
    method === undefined ? {} : { [name]: (...args: A) => call(() => method.apply(format, args)) };
  const guardPieces = <A extends unknown[]>(method: ((...args: A) => Iterable<string>) | undefined, name: string) =>
    method === undefined ? {} : { [name]: (...args: A) => call(() => takeAll(method.apply(format, args))) };
  return {
    ...guard(format.check, "check"),
    ...guard(format.checkName, "checkName"),
    ...guardPieces(format.roles, "roles"),
    ...guardPieces(format.applications, "applications"),
    ...guard(format.profiles, "profiles"),
    ...guard(format.credentials, "credentials"),
  };
}

function takeAll(pieces: Iterable<string>): readonly string[] {
  const taken: string[] = [];
  for (const piece of pieces) {
    if (taken.push(piece) > MOST_PIECES) throw new RangeError("it gives pieces without end");
  }
  return taken;
}

export function guardFactor(factor: Factor, guarding: Guarding): Factor {
  const { call } = guarding;
  const { unusable } = factor;
  return {
    describe: (enrolled) => call(() => factor.describe(enrolled)),
    ...(unusable === undefined ? {} : { unusable: (enrolled) => call(() => unusable.call(factor, enrolled)) }),
    respond: async (state, host, enrolled) => {
      const silence = watchSilence(guarding);
      try {
        return await Promise.race([call(() => factor.respond(state, silence.heardBy(host), enrolled)), silence.tooLong]);
      } finally {
        silence.end();
      }
    },
  };
}

/** A keychain may ask the person to unlock it, for as long as anybody may be silent; Ctrl-C ends that. */
export function guardKeychain(keychain: Keychain, guarding: Guarding): Keychain {
  const wait = async <T>(work: () => Promise<T>): Promise<T> => {
    const silence = watchSilence(guarding);
    try {
      return await Promise.race([guarding.call(work), silence.tooLong]);
    } finally {
      silence.end();
    }
  };
  return {
    get: (entry) => wait(() => keychain.get(entry)),
    set: (entry, secret) => wait(() => keychain.set(entry, secret)),
    delete: (entry) => wait(() => keychain.delete(entry)),
  };
}

/** Whoever is to wait for longer is told so, by `progress` with its end. */
const MOST_MS_OF_SILENCE = 60_000;

/** Ends what neither answers nor asks the host for anything; while the host works for it, or it has said how long it waits, nothing is amiss. */
function watchSilence({ packageName, doze, signal, now }: Guarding) {
  const ended = new AbortController();
  let until = now().getTime() + MOST_MS_OF_SILENCE;
  let pending = 0;
  const speak = (later = 0) => {
    until = Math.max(now().getTime() + MOST_MS_OF_SILENCE, later);
  };
  const waitFor = async <T>(work: Promise<T>): Promise<T> => {
    pending++;
    return work.finally(() => {
      pending--;
      speak();
    });
  };
  const watch = async (): Promise<never> => {
    while (pending > 0 || now().getTime() < until)
      await doze(pending > 0 ? MOST_MS_OF_SILENCE : until - now().getTime(), AbortSignal.any([ended.signal, signal]));
    throw failed(packageName, "neither answered nor asked for anything within a minute");
  };
  const tooLong = watch();
  tooLong.catch(() => undefined);
  const heardBy = (host: FactorHost): FactorHost => ({
    ...host,
    ask: (question) => waitFor(host.ask(question)),
    fetch: (url, request) => waitFor(host.fetch(url, request)),
    run: (...program) => waitFor(host.run(...program)),
    tell: (message) => {
      speak();
      host.tell(message);
    },
    progress: (message, end) => {
      speak(end?.getTime());
      host.progress(message, end);
    },
  });
  return { tooLong, heardBy, end: () => ended.abort() };
}
