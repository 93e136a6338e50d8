/**
 * The network as this machine has it. Where nothing is set, Node's fetch is used as it is and no more is loaded than this; where a proxy or
 * certificate authorities are, or a certificate is signed by somebody unknown, requests go over Node's https.
 */
import { RemoteError } from "../errors.ts";
import type { World } from "../world.ts";
import { type Bundle, findBundle } from "./authorities.ts";
import { certificateProblem, certificateRefused } from "./certificate.ts";
import { chooseProxy } from "./proxy.ts";
import type { createWay } from "./way.ts";

export interface Network {
  /** As Node's; a certificate that is not accepted is a RemoteError `CERTIFICATE_REFUSED` that says whose it is. */
  readonly fetch: typeof fetch;
  /**
   * Tells what is set up wrong before anything is asked of a person or sent.
   *
   * @param origin of the organization, where it is known
   * @throws UsageError `CA_BUNDLE_INVALID`, `OPTION_INVALID` or `PROXY_UNSAFE`
   */
  readonly check: (origin: string | undefined) => Promise<void>;
}

/** @param caBundle what our own option named */
export function createNetwork(world: Pick<World, "env" | "cwd" | "home" | "platform" | "fetch">, caBundle: Bundle | undefined): Network {
  const bundle = findBundle(world, caBundle);
  const open = (store: Parameters<typeof createWay>[2]) => once(async () => (await import("./way.ts")).createWay(world, bundle, store));
  const widest = open("with its store");
  let way = bundle === undefined && !hasProxy(world.env) ? undefined : open("without its store");
  const attempt = async (request: Request, by: typeof way): Promise<Response> => {
    // What was tried has no body any more; where a certificate was refused, nothing of it was sent.
    const spare = request.clone();
    try {
      return await (by === undefined ? world.fetch(request) : (await by()).fetch(request));
    } catch (error) {
      const problem = certificateProblem(error);
      if (problem === undefined) throw error;
      if (problem.kind === "unknown authority" && by !== widest) {
        way = widest;
        return attempt(spare, widest);
      }
      // That of a proxy has been told already.
      if (error instanceof RemoteError) throw error;
      const { askCertificate } = await (by ?? widest)();
      throw certificateRefused(request, problem, await askCertificate(request));
    }
  };
  return {
    check: async (origin) => {
      if (bundle !== undefined) await way?.();
      if (origin !== undefined) chooseProxy(new URL(origin), world.env);
    },
    fetch: (input, init) => attempt(new Request(input, init), way),
  };
}

const hasProxy = (env: World["env"]): boolean => Object.keys(env).some((name) => /^(?:https?|all)_proxy$/i.test(name));

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
