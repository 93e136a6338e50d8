import { existsSync, readFileSync } from "node:fs";
import { networkInForce } from "../../http/in-force.ts";
import type { Options } from "../../options/options.ts";
import type { World } from "../../world.ts";
import { type Finding, note, ok, problem } from "./finding.ts";

type Surroundings = Pick<World, "env" | "cwd" | "home">;

/** The proxy and the certificate authorities that count for a URL. */
export function lookAtWay(url: URL | undefined, world: Surroundings, caBundle: Options["caBundle"]): readonly Finding[] {
  if (world.env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0") return [UNCHECKED, ...lookAtForce(url, world, caBundle)];
  return lookAtForce(url, world, caBundle);
}

function lookAtForce(url: URL | undefined, world: Surroundings, caBundle: Options["caBundle"]): readonly Finding[] {
  const { proxy, exceptedBy, bundles } = networkInForce(url ?? new URL("https://sts.amazonaws.com"), world, caBundle);
  const excepted = exceptedBy === undefined ? "no proxy is given" : `${exceptedBy} says that it is asked without the proxy`;
  return [
    proxy === undefined ? note(excepted) : ok(`asked by the proxy ${proxy.shown} (${proxy.from})`),
    ...(bundles.length === 0 ? [note("no certificate authorities are given beside those that Node and the system know")] : []),
    ...bundles.map(({ file, from }) => lookAtBundle(from, file)),
  ];
}

const UNCHECKED = problem("NODE_TLS_REJECT_UNAUTHORIZED is 0", {
  why: "no certificate is checked: whoever is on the way gets the password",
  fix: "unset it, and name the authority by --ca-bundle",
});

function lookAtBundle(name: string, file: string): Finding {
  const fix = `correct ${name}, or unset it`;
  if (!existsSync(file)) return problem(`the file of ${name} is not there`, { fix });
  const count = readFileSync(file, "utf8").split("-----BEGIN CERTIFICATE-----").length - 1;
  return count === 0 ? problem(`the file of ${name} holds no certificate in PEM`, { fix }) : ok(`${name}: certificates: ${count}`);
}
