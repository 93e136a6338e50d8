import { type Check, demand, demandLine, show } from "./check.ts";

/** What the package.json of every plugin must hold, as it was read. */
export function packageChecks(packageJson: unknown): readonly Check[] {
  return [
    { title: "a plugin is an oclif plugin", run: () => checkOclif(packageJson) },
    { title: "a plugin states the number of its contract", run: () => checkContract(packageJson) },
    { title: "a plugin offers something, by key and path", run: () => checkOffers(packageJson) },
    { title: "a plugin names the hosts that its factors talk to", run: () => checkHosts(packageJson) },
    { title: "a plugin says what its formats print in words that are known", run: () => checkPrints(packageJson) },
    { title: "a plugin does not bring a second host", run: () => checkDependencies(packageJson) },
    { title: "a plugin works without install scripts", run: () => checkScripts(packageJson) },
  ];
}

const kinds: readonly string[] = ["factors", "formats", "shells", "keychains"];

function checkOclif(packageJson: unknown): void {
  demandLine(member(packageJson, "name"), "a plugin's name");
  const oclif = member(packageJson, "oclif");
  demand(
    isRecord(oclif),
    `a package.json must have "oclif", {} at least, for oclif to take the package for a plugin; it was ${show(oclif)}`,
  );
}

function checkContract(packageJson: unknown): void {
  const contract = member(blockOf(packageJson), "contract");
  const rule = "awsOktaProcessor.contract must be the number 1, the contract of these checks: the program refuses a plugin of another";
  demand(contract === 1, `${rule}; it was ${show(contract)}`);
}

function checkOffers(packageJson: unknown): void {
  const block = blockOf(packageJson);
  const unknown = Object.keys(block).find((key) => !["contract", "hosts", "prints", ...kinds].includes(key));
  demand(unknown === undefined, `awsOktaProcessor may hold contract, ${kinds.join(", ")}, hosts, prints; it holds ${show(unknown)}`);
  const offers = kinds.flatMap((kind) => offersOf(block, kind));
  demand(offers.length > 0, `awsOktaProcessor must name a factor, a format, a shell or a keychain; it names none`);
  for (const [key, file] of offers) checkOffer(key, file);
}

function offersOf(block: Readonly<Record<string, unknown>>, kind: string): readonly (readonly [string, unknown])[] {
  const offers = block[kind] ?? {};
  demand(isRecord(offers), `awsOktaProcessor.${kind} must be an object of keys and paths; it was ${show(offers)}`);
  return Object.entries(offers);
}

function checkOffer(key: string, file: unknown): void {
  demand(key !== "" && key === key.toLowerCase(), `a key must be lower case, as the host looks it up; one was ${show(key)}`);
  const inside = typeof file === "string" && file.startsWith("./") && !file.split("/").includes("..");
  demand(inside, `a path must start with "./" and stay inside the package; that of ${show(key)} was ${show(file)}`);
}

/** Without them a factor talks to Okta alone. */
function checkHosts(packageJson: unknown): void {
  const { hosts, factors } = blockOf(packageJson);
  if (hosts === undefined) return;
  demand(Array.isArray(hosts) && hosts.length > 0, `awsOktaProcessor.hosts must be a list of hosts; it was ${show(hosts)}`);
  demand(isRecord(factors), "only a factor may talk to a host; awsOktaProcessor names hosts and no factors");
  const odd: unknown = hosts.find((host) => typeof host !== "string" || !isHost(host));
  demand(odd === undefined, `a host must be a lower-case name, "api.example.com" or "*.example.com"; one was ${show(odd)}`);
}

/** Without them help and completion offer a format for both. */
function checkPrints(packageJson: unknown): void {
  const { prints, formats } = blockOf(packageJson);
  if (prints === undefined) return;
  demand(isRecord(prints), `awsOktaProcessor.prints must be an object of formats and lists; it was ${show(prints)}`);
  for (const [name, what] of Object.entries(prints)) {
    demand(isRecord(formats) && name in formats, `awsOktaProcessor.prints may name formats of the package alone; it names ${show(name)}`);
    const known = Array.isArray(what) && what.length > 0 && what.every((one) => one === "roles" || one === "credentials");
    demand(known, `a format prints "roles", "credentials" or both; for ${show(name)} it was ${show(what)}`);
  }
}

/** No scheme, no port, no address, and no asterisk for a whole top-level domain. */
function isHost(host: string): boolean {
  const labels = (host.startsWith("*.") ? host.slice(2) : host).split(".");
  const isName = labels.every((label) => /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/.test(label));
  return labels.length > 1 && isName && !/^\d+$/.test(labels.at(-1) ?? "");
}

function checkDependencies(packageJson: unknown): void {
  for (const field of ["dependencies", "peerDependencies", "optionalDependencies"]) {
    const names = Object.keys(member(packageJson, field) ?? {});
    demand(
      !names.includes("aws-okta-processor"),
      `${field} must not name aws-okta-processor: npm would install a second host beside the one that runs`,
    );
    demand(
      !names.includes("@aws-okta-processor/contract"),
      `${field} must not name the contract: it has only types, so devDependencies is its place`,
    );
  }
}

function checkScripts(packageJson: unknown): void {
  const script = ["preinstall", "install", "postinstall"].find((name) => member(member(packageJson, "scripts"), name) !== undefined);
  demand(script === undefined, `the host installs plugins without running their scripts; ${script ?? ""} would never run`);
}

function blockOf(packageJson: unknown): Readonly<Record<string, unknown>> {
  const block = member(packageJson, "awsOktaProcessor");
  demand(isRecord(block), `a package.json must have "awsOktaProcessor" with what the plugin offers; it was ${show(block)}`);
  return block;
}

function member(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
