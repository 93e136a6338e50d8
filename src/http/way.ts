import type { World } from "../world.ts";
import { createAgentFetch } from "./agent-fetch.ts";
import { askCertificate } from "./ask-certificate.ts";
import type { Bundle } from "./authorities.ts";
import type { Presented } from "./certificate.ts";
import { createTrust } from "./trust.ts";

/** A way to the far end that is not Node's fetch. */
export interface Way {
  readonly fetch: typeof fetch;
  /** Of the host that a request was for. */
  readonly askCertificate: (request: Request) => Promise<Presented | undefined>;
}

/** @throws UsageError `CA_BUNDLE_INVALID` */
export function createWay(env: World["env"], bundle: Bundle | undefined, store: Parameters<typeof createTrust>[1]): Way {
  const route = { env, secureContext: createTrust(bundle, store) };
  return { fetch: createAgentFetch(route), askCertificate: (request) => askCertificate(request, route) };
}
