/** The network as this machine has it: its proxies, and whose certificates are believed here. */
import { RemoteError } from "../errors.ts";
import type { World } from "../world.ts";
import { type Bundle, findBundle } from "./authorities.ts";
import { certificateProblem, certificateRefused } from "./certificate.ts";
import type { Exchange, Incoming, Outgoing } from "./exchange.ts";
import { chooseProxy } from "./proxy.ts";
import type { createWay, Way } from "./way.ts";

export interface Network {
  /** A certificate that is not accepted is a RemoteError `CERTIFICATE_REFUSED` that says whose it is. */
  readonly exchange: Exchange;
  /**
   * Tells what is set up wrong before anything is asked of a person or sent.
   *
   * @param origin of the organization, where it is known
   * @throws UsageError `CA_BUNDLE_INVALID`, `OPTION_INVALID` or `PROXY_UNSAFE`
   */
  readonly check: (origin: string | undefined) => Promise<void>;
}

/** @param caBundle what our own option named */
export function createNetwork(world: Pick<World, "env" | "cwd" | "home" | "platform">, caBundle: Bundle | undefined): Network {
  const bundle = findBundle(world, caBundle);
  const open = (store: Parameters<typeof createWay>[2]) => once(async () => (await import("./way.ts")).createWay(world, bundle, store));
  const [plain, widest] = [open("without its store"), open("with its store")];
  let way = plain;
  const attempt = async (outgoing: Outgoing, by: () => Promise<Way>): Promise<Incoming> => {
    const { exchange, askCertificate } = await by();
    try {
      return await exchange(outgoing);
    } catch (error) {
      const problem = certificateProblem(error);
      if (problem === undefined) throw error;
      // Where a certificate was refused, nothing was sent.
      if (problem.kind === "unknown authority" && by !== widest) {
        way = widest;
        return attempt(outgoing, widest);
      }
      // That of a proxy has been told already.
      if (error instanceof RemoteError) throw error;
      throw certificateRefused(outgoing.url, problem, await askCertificate(outgoing));
    }
  };
  return {
    check: async (origin) => {
      if (bundle !== undefined) (await plain()).check();
      if (origin !== undefined) chooseProxy(new URL(origin), world.env);
    },
    exchange: (outgoing) => attempt(outgoing, way),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
