import type { SecureContext, TLSSocket } from "node:tls";
import type { World } from "../world.ts";
import { chooseProxy } from "./proxy.ts";
import { type Address, openSecure } from "./sockets.ts";
import { openTunnel } from "./tunnel.ts";

/** How a host is come to. */
export interface Route {
  readonly env: World["env"];
  /** Whom to believe. */
  readonly secureContext: SecureContext;
}

export interface Wanted extends Address {
  readonly signal: AbortSignal | undefined;
  /** Only for whoever looks at a certificate and sends nothing. */
  readonly unchecked?: true;
}

/** @returns a connection whose handshake has begun, through the proxy that counts for the host */
export async function connect({ host, port, signal, unchecked }: Wanted, { env, secureContext }: Route): Promise<TLSSocket> {
  const target = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const { proxy } = chooseProxy(new URL(`https://${target}`), env);
  const through = proxy === undefined ? undefined : await openTunnel(proxy, { target, secureContext, signal });
  return openSecure({ host, port }, { secureContext, through, unchecked });
}
