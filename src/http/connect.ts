import tls, { type SecureContext, type TLSSocket } from "node:tls";
import type { World } from "../world.ts";
import { chooseProxy } from "./proxy.ts";
import { openTunnel } from "./tunnel.ts";

/** How a host is come to. */
export interface Route {
  readonly env: World["env"];
  /** Whom to believe. */
  readonly secureContext: SecureContext;
}

export interface Wanted {
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  readonly signal: AbortSignal | undefined;
  /** Only for whoever looks at a certificate and sends nothing. */
  readonly unchecked?: true;
}

/** @returns a connection whose handshake has begun, through the proxy that counts for the host */
export async function connect({ host, port, signal, unchecked }: Wanted, { env, secureContext }: Route): Promise<TLSSocket> {
  const target = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const { proxy } = chooseProxy(new URL(`https://${target}`), env);
  const socket = proxy === undefined ? undefined : await openTunnel(proxy, { target, secureContext, signal });
  return tls.connect({
    host,
    port,
    // An address is no name to ask for.
    ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    ...(socket === undefined ? {} : { socket }),
    secureContext,
    ALPNProtocols: ["http/1.1"],
    ...(unchecked === undefined ? {} : { rejectUnauthorized: false }),
  });
}
