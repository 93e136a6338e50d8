import type { SecureContext } from "node:tls";
import { askCertificate } from "./ask-certificate.ts";
import type { Bundle } from "./authorities.ts";
import type { Presented } from "./certificate.ts";
import { createExchange, type Exchange, type Outgoing } from "./exchange.ts";
import { createTrust, type Machine } from "./trust.ts";

/** A way to the far end, with whom to believe there. */
export interface Way {
  readonly exchange: Exchange;
  /** Of the host that a request was for. */
  readonly askCertificate: (outgoing: Outgoing) => Promise<Presented | undefined>;
  /** @throws UsageError `CA_BUNDLE_INVALID` */
  readonly check: () => void;
}

export function createWay(machine: Machine, bundle: Bundle | undefined, store: "with its store" | "without its store"): Way {
  let made: SecureContext | undefined;
  // To read the lists takes longer than to ask this machine itself, which needs none.
  const trust = () => {
    made ??= createTrust(bundle, store === "with its store" ? machine : undefined);
    return made;
  };
  const route = {
    env: machine.env,
    get secureContext() {
      return trust();
    },
  };
  return { exchange: createExchange(route), askCertificate: (outgoing) => askCertificate(outgoing, route), check: trust };
}
