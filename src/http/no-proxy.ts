/**
 * Whether a list as NO_PROXY's has the host of a URL: by its name, by that of a domain it belongs to, by its address or its network, or by
 * `*`. A port in the list narrows it.
 *
 * @param list `acme.com, .internal, 10.0.0.0/8, localhost:8080`
 */
export function isExcepted(url: URL, list: string): boolean {
  const host = url.hostname.replace(/\.$/, "");
  const port = url.port === "" ? (url.protocol === "http:" ? "80" : "443") : url.port;
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => entry !== "" && matches(entry, host, port));
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  const [, network, bits] = /^([^/]+)\/(\d+)$/.exec(entry) ?? [];
  if (network !== undefined) return isWithin(host, network, Number(bits));
  if (ADDRESS_6.test(entry)) return host === hostOf(entry);
  const [, name = "", wanted] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
  if (name === "" || (wanted !== undefined && wanted !== port)) return false;
  const domain = name.startsWith("[") ? hostOf(name) : name.replace(/^\*?\./, "");
  return host === domain || (bitsOf(host) === undefined && host.endsWith(`.${domain}`));
}

function isWithin(host: string, network: string, bits: number): boolean {
  const [wanted, found] = [bitsOf(hostOf(network) ?? ""), bitsOf(host)];
  if (wanted === undefined || found?.length !== wanted.length || bits > wanted.length) return false;
  return found.slice(0, bits) === wanted.slice(0, bits);
}

/** Without the brackets that it needs before a port. */
const ADDRESS_6 = /^[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*$/;

/** As a URL writes it: an address of version 6 short and in brackets. */
function hostOf(name: string): string | undefined {
  const written = ADDRESS_6.test(name) ? `[${name}]` : name;
  return URL.canParse(`http://${written}`) ? new URL(`http://${written}`).hostname : undefined;
}

/** An address, bit by bit; undefined for a name. */
function bitsOf(host: string): string | undefined {
  if (/^\d+(?:\.\d+){3}$/.test(host)) return inBits(host.split("."), 10, 8);
  if (!host.startsWith("[")) return undefined;
  const [front = "", back] = host.slice(1, -1).split("::");
  const [before, after] = [front, back ?? ""].map((part) => (part === "" ? [] : part.split(":")));
  const given = [...(before ?? []), ...(after ?? [])];
  const gap = Array.from({ length: back === undefined ? 0 : 8 - given.length }, () => "0");
  return inBits([...(before ?? []), ...gap, ...(after ?? [])], 16, 16);
}

const inBits = (parts: readonly string[], radix: number, width: number): string =>
  parts.map((part) => Number.parseInt(part, radix).toString(2).padStart(width, "0")).join("");
