import { existsSync, readFileSync } from "node:fs";
import type { World } from "../../world.ts";
import { type Finding, note, ok, problem } from "./finding.ts";

const PROXIES = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"];
const AUTHORITIES = ["NODE_EXTRA_CA_CERTS", "AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"];

/** Proxies and certificate authorities that the variables tell of; what a value says is not shown. */
export function lookAtWayOut(env: World["env"]): readonly Finding[] {
  const isGiven = (name: string) => env[name] !== undefined && env[name] !== "";
  const proxies = PROXIES.flatMap((name) => [name, name.toLowerCase()]).filter(isGiven);
  const authorities = AUTHORITIES.filter(isGiven);
  return [
    note(proxies.length === 0 ? "no variable names a proxy" : `proxies are given by ${proxies.join(", ")}`),
    ...(authorities.length === 0
      ? [note("no variable names certificate authorities")]
      : authorities.map((name) => lookAtBundle(name, env[name] ?? ""))),
    ...(env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0" ? [UNCHECKED] : []),
  ];
}

const UNCHECKED = problem("NODE_TLS_REJECT_UNAUTHORIZED is 0", {
  why: "no certificate is checked: whoever is on the way gets the password",
  fix: "unset it, and give the authority by NODE_EXTRA_CA_CERTS",
});

function lookAtBundle(name: string, file: string): Finding {
  const fix = `correct ${name}, or unset it`;
  if (!existsSync(file)) return problem(`the file of ${name} is not there`, { fix });
  const count = readFileSync(file, "utf8").split("-----BEGIN CERTIFICATE-----").length - 1;
  return count === 0 ? problem(`the file of ${name} holds no certificate in PEM`, { fix }) : ok(`${name}: certificates: ${count}`);
}
