import { createAgentFetch } from "./agent-fetch.ts";
import { askCertificate } from "./ask-certificate.ts";
import type { Bundle } from "./authorities.ts";
import type { Presented } from "./certificate.ts";
import { createTrust, type Machine } from "./trust.ts";

/** A way to the far end that is not Node's fetch. */
export interface Way {
  readonly fetch: typeof fetch;
  /** Of the host that a request was for. */
  readonly askCertificate: (request: Request) => Promise<Presented | undefined>;
}

/** @throws UsageError `CA_BUNDLE_INVALID` */
export function createWay(machine: Machine, bundle: Bundle | undefined, store: "with its store" | "without its store"): Way {
  const secureContext = createTrust(bundle, store === "with its store" ? machine : undefined);
  const route = { env: machine.env, secureContext };
  return { fetch: createAgentFetch(route), askCertificate: (request) => askCertificate(request, route) };
}
