import { BlockList, isIP } from "node:net";

/**
 * Whether a list as NO_PROXY's has the host of a URL: by its name, by that of a domain it belongs to, by its address or its network, or by
 * `*`. A port in the list narrows it.
 *
 * @param list `acme.com, .internal, 10.0.0.0/8, localhost:8080`
 */
export function isExcepted(url: URL, list: string): boolean {
  const host = withoutBrackets(url.hostname).replace(/\.$/, "");
  const port = url.port === "" ? (url.protocol === "http:" ? "80" : "443") : url.port;
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => entry !== "" && matches(entry, host, port));
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  const [, network = "", bits = ""] = /^([^/]+)\/(\d+)$/.exec(entry) ?? [];
  if (bits !== "") return isWithin(host, withoutBrackets(network), Number(bits));
  if (isIP(entry) === 6) return host === canonical(entry);
  const [, name = "", wanted] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
  if (name === "" || (wanted !== undefined && wanted !== port)) return false;
  const wantedHost = canonical(withoutBrackets(name)).replace(/^\*?\./, "");
  return host === wantedHost || (isIP(host) === 0 && host.endsWith(`.${wantedHost}`));
}

function isWithin(host: string, network: string, bits: number): boolean {
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || bits > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  const name = family === 4 ? "ipv4" : "ipv6";
  list.addSubnet(network, bits, name);
  return list.check(host, name);
}

const withoutBrackets = (host: string): string => host.replace(/^\[|\]$/g, "");

/** An address as a URL writes it. */
const canonical = (host: string): string => (isIP(host) === 6 ? withoutBrackets(new URL(`http://[${host}]`).hostname) : host);
