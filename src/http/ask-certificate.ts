import { once } from "node:events";
import type { PeerCertificate } from "node:tls";
import type { Presented } from "./certificate.ts";
import { connect, type Route } from "./connect.ts";
import type { Outgoing } from "./exchange.ts";

/** Nobody waits long to learn why something failed. */
const TIMEOUT_MS = 5_000;
const LONGEST = 120;

/**
 * Looks at the certificate that a host presents, so that a person can be told of it: the connection is closed before anything is sent.
 *
 * @returns undefined where there is none to be seen
 */
export async function askCertificate({ url, signal: cancelled }: Outgoing, route: Route): Promise<Presented | undefined> {
  const signal = AbortSignal.any([cancelled, AbortSignal.timeout(TIMEOUT_MS)]);
  const { hostname, port } = url;
  try {
    const host = hostname.replace(/^\[|\]$/g, "");
    const socket = await connect({ host, port: port === "" ? 443 : Number(port), signal, unchecked: true }, route);
    try {
      await once(socket, "secureConnect", { signal });
      return describe(socket.getPeerCertificate());
    } finally {
      socket.destroy();
    }
  } catch {
    return undefined;
  }
}

function describe(certificate: PeerCertificate): Presented {
  const { issuer, subject, subjectaltname = "", valid_from: validFrom, valid_to: validTo } = certificate;
  const [name, company] = [issuer.CN ?? issuer.OU, issuer.O].map(inShort);
  const names = subjectaltname.replace(/(^|, )(?:DNS|IP Address):/g, "$1");
  return {
    issuer: [name, company === undefined || company === name ? undefined : name === undefined ? company : `(${company})`]
      .filter((part) => part !== undefined)
      .join(" "),
    validFrom,
    validTo,
    names: inShort(names === "" ? subject.CN : names) ?? "nobody",
  };
}

/** A field that stands there twice is a list, whatever its type says. */
function inShort(value: string | readonly string[] | undefined): string | undefined {
  const text = [value ?? ""].flat().join(", ");
  if (text === "") return undefined;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
