import type { World } from "../world.ts";
import { type Bundle, findBundle } from "./authorities.ts";
import { chooseProxy } from "./proxy.ts";

/** How a URL is asked, for a person to read: nothing in it is secret. */
export interface NetworkInForce {
  /** Undefined where the host is asked directly. */
  readonly proxy: { readonly shown: string; readonly from: string } | undefined;
  /** The variable that keeps this URL from the proxy that is set: `NO_PROXY`; undefined where there is none to keep from. */
  readonly exceptedBy: string | undefined;
  /** The files whose certificate authorities are believed beside the list that Node brings, each with what named it. They may not exist. */
  readonly bundles: readonly Bundle[];
}

/**
 * Which proxy and which certificate authorities count for a URL, and what said so. Reads no file.
 *
 * @param caBundle what our own option named: `options.caBundle`
 * @throws UsageError `OPTION_INVALID` or `PROXY_UNSAFE`, as a request to that URL would
 */
export function networkInForce(url: URL, world: Pick<World, "env" | "cwd" | "home">, caBundle: Bundle | undefined): NetworkInForce {
  const { proxy, exceptedBy } = chooseProxy(url, world.env);
  const extra = world.env["NODE_EXTRA_CA_CERTS"] ?? "";
  const found = findBundle(world, caBundle);
  return {
    proxy: proxy === undefined ? undefined : { shown: proxy.shown, from: proxy.from },
    exceptedBy,
    bundles: [...(found === undefined ? [] : [found]), ...(extra === "" ? [] : [{ file: extra, from: "NODE_EXTRA_CA_CERTS" }])],
  };
}
