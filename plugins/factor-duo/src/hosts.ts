import { GiveUp } from "./give-up.ts";

/** The same as `awsOktaProcessor.hosts` in the package.json, which the host program enforces once more. */
const suffixes = [".duosecurity.com", ".duofederal.com"];

/**
 * Lets only Duo's hosts pass; on this machine also a sandbox's, where the org is one too.
 *
 * @throws GiveUp that names the host
 */
export function checkHost(url: URL, origin: string): void {
  if (isDuo(url) || (isLoopback(url) && isLoopback(new URL(origin)))) return;
  throw new GiveUp(
    `the sign-in leads to ${url.host === "" ? url.protocol : url.host}, which is not Duo's; nothing was sent there`,
    "only Duo can be answered here: choose another factor, or ask an administrator whether this host belongs to your sign-in",
  );
}

/** `host` and not `hostname`: it names a port that is not the usual one, and Duo has no other. */
function isDuo(url: URL): boolean {
  return url.protocol === "https:" && url.username === "" && url.password === "" && suffixes.some((suffix) => url.host.endsWith(suffix));
}

function isLoopback({ protocol, hostname }: URL): boolean {
  return ["http:", "https:"].includes(protocol) && ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
}
