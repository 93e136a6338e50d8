import path from "node:path";
import type { Found } from "../../options/layers.ts";
import { parseOrganization } from "../../options/organization.ts";
import type { OptionName } from "../../options/table.ts";
import type { World } from "../../world.ts";
import type { KnownName } from "./redact.ts";

type Surroundings = Pick<World, "home" | "cwd" | "hostName" | "env">;

const OF_OPTIONS: Readonly<Partial<Record<OptionName, string>>> = {
  application: "APPLICATION",
  role: "ROLE",
  "secondary-role": "ROLE",
  "account-alias": "ALIAS",
  key: "KEY",
  "sign-in-url": "SIGN-IN-URL",
};

/** Names that tell who the person is, where they work, and on what. */
export function knownNames({ home, cwd, hostName, env }: Surroundings, found: ReadonlyMap<OptionName, Found>): readonly KnownName[] {
  const raw = (name: OptionName) => found.get(name)?.raw ?? "";
  const options = Object.entries(OF_OPTIONS).map(([name, placeholder]) => ({
    text: found.get(name as OptionName)?.raw ?? "",
    placeholder,
  }));
  const user = raw("user");
  return [
    { text: home ?? "", placeholder: "~" },
    { text: cwd === home ? "" : cwd, placeholder: "WORKING-DIRECTORY" },
    { text: hostName, placeholder: "MACHINE" },
    { text: path.basename(home ?? ""), placeholder: "USER" },
    ...[user, user.split("@")[0] ?? "", env["USER"] ?? "", env["USERNAME"] ?? ""].map((text) => ({ text, placeholder: "USER" })),
    ...hostNames(raw("organization")).map((text) => ({ text, placeholder: "ORGANIZATION" })),
    ...hostsOfVariables(env),
    ...options,
  ].filter(({ text }) => text !== "");
}

/** Also `acme` of `acme.okta.com`, which may stand in the name of a plugin. */
function hostNames(organization: string): readonly string[] {
  const parsed = parseOrganization(organization);
  if (typeof parsed === "string") return [organization];
  const { host, hostname } = new URL(parsed.origin);
  const label = hostname.split(".")[0] ?? "";
  return [organization, parsed.origin, host, hostname, ...(/^(?:\d+|localhost|login|sso)$/.test(label) ? [] : [label])];
}

const WITH_HOSTS: Readonly<Record<string, string>> = {
  HTTPS_PROXY: "PROXY",
  HTTP_PROXY: "PROXY",
  ALL_PROXY: "PROXY",
  AWS_ENDPOINT_URL_STS: "STS-ENDPOINT",
};

function hostsOfVariables(env: World["env"]): readonly KnownName[] {
  return Object.entries(WITH_HOSTS).flatMap(([name, placeholder]) => {
    const values = [env[name], env[name.toLowerCase()]].filter((value) => value !== undefined && value !== "");
    return values.flatMap((value = "") => {
      const url = [value, `http://${value}`].find((text) => URL.canParse(text) && new URL(text).host !== "");
      const { host, hostname } = url === undefined ? { host: "", hostname: "" } : new URL(url);
      return [value, host, hostname].map((text) => ({ text, placeholder }));
    });
  });
}
