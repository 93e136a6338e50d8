/** Sockets by their address alone: with NODE_DEBUG=net Node writes down whatever options it is given, and a request has its headers among them. */
import net, { type Socket } from "node:net";
import type { Duplex } from "node:stream";
import tls, { type SecureContext, type TLSSocket } from "node:tls";

export interface Address {
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
}

export function openPlain({ host, port }: Address): Socket {
  return net.connect({ host, port, noDelay: true });
}

export interface Secured {
  /** Whom to believe. */
  readonly secureContext: SecureContext;
  /** A connection that is there already. */
  readonly through?: Duplex | undefined;
  /** Only for whoever looks at a certificate and sends nothing. */
  readonly unchecked?: true | undefined;
}

/** Begins a handshake. */
export function openSecure({ host, port }: Address, { secureContext, through, unchecked }: Secured): TLSSocket {
  const socket = tls.connect({
    host,
    port,
    // An address is no name to ask for.
    ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    ...(through === undefined ? {} : { socket: through }),
    secureContext,
    ALPNProtocols: ["http/1.1"],
    ...(unchecked === undefined ? {} : { rejectUnauthorized: false }),
  });
  return socket.setNoDelay();
}
