import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Call, type Sandbox, type SandboxOptions, startSandbox } from "@aws-okta-processor/sandbox";
import { credentialFiles, formatCredentials } from "../../src/cache/credentials.ts";
import { wantedBy } from "../cache/wanted.ts";
import { DEVELOPER_SESSION, originalCredentials, sharedFile, writePrivately } from "../support/kept.ts";
import { installPlugins } from "../support/linked-plugin.ts";
import { PROGRAM } from "../support/process.ts";
import type { Place } from "../support/sandbox-home.ts";

/** A request, and when it was answered, as Unix time in milliseconds. */
export interface SeenCall {
  readonly at: number;
  readonly what: string;
}

/** A sandbox that tells when it was asked. */
export interface Scene {
  readonly sandbox: Sandbox;
  readonly calls: SeenCall[];
  readonly env: Readonly<Record<string, string>>;
}

/** Runs some work beside a sandbox. */
export async function inScene<T>(options: SandboxOptions, work: (scene: Scene) => Promise<T>): Promise<T> {
  const calls: SeenCall[] = [];
  const sandbox = await startSandbox({ ...options, onCall: (call) => calls.push({ at: Date.now(), what: describe(call) }) });
  const authority = sandbox.certificateAuthority;
  const env = {
    ...sandbox.environment,
    // The Python program's library does not read the others.
    ...(authority === undefined ? {} : { REQUESTS_CA_BUNDLE: authority }),
    AWS_OKTA_USER: "jdoe",
    AWS_OKTA_PASS: "correct horse",
  };
  try {
    return await work({ sandbox, calls, env });
  } finally {
    await sandbox.close();
  }
}

/** A home of its own below `folder`: empty, but for so many plugins of other people. */
export async function makeHome(folder: string, plugins = 0): Promise<string> {
  const home = mkdtempSync(path.join(folder, "home-"));
  mkdirSync(path.join(home, "work"));
  if (plugins > 0) await installPlugins({ home }, ...Array.from({ length: plugins }, (_, index) => pluginOf(index)));
  return home;
}

/** The variables of a person who lives there, and nothing of whoever runs this. */
export function livingAt(home: string): { readonly env: Readonly<Record<string, string>>; readonly cwd: string } {
  const search = [path.join(home, "bin"), path.dirname(process.execPath), process.env["PATH"] ?? ""].join(path.delimiter);
  return { env: { HOME: home, PATH: search, AWS_DEFAULT_REGION: "us-east-1" }, cwd: path.join(home, "work") };
}

/** Links the program as npm installs it. @returns the link */
export function linkProgram(home: string): string {
  const link = path.join(home, "bin/aws-okta-processor");
  mkdirSync(path.dirname(link), { recursive: true });
  symlinkSync(PROGRAM, link);
  return link;
}

/** Credentials of jdoe that end in a year to come, where the Python program keeps them. */
export async function keepAsOriginal(home: string, organization: string): Promise<void> {
  await writePrivately(sharedFile({ home, sandbox: { organization } } as Place), originalCredentials());
}

/** The same as a sign-in of ours leaves them: there, and in an entry of our own. */
export async function keepCredentials(home: string, organization: string): Promise<void> {
  await keepAsOriginal(home, organization);
  const wanted = wantedBy({ organization, user: "jdoe" });
  const credentials = {
    accessKeyId: "ASIAOURS",
    secretAccessKey: "kept secret",
    sessionToken: "kept token",
    expiration: "2099-01-01T00:00:00Z",
  };
  const kept = { credentials, assumedRole: { id: "AROA1:jdoe@example.com", arn: DEVELOPER_SESSION }, application: undefined };
  await writePrivately(credentialFiles(home, wanted).own, formatCredentials(kept, wanted));
}

export function writeDotfiles(home: string, organization: string): void {
  writeFileSync(path.join(home, ".awsoktaprocessor"), `[defaults]\norganization = ${organization}\n`);
  writeFileSync(path.join(home, "work/.awsoktaprocessor"), "[authenticate]\nuser = jdoe\n");
}

/** Forgets sessions and credentials, but not the compiled code. */
export function forget(home: string): void {
  for (const name of [".aws", ".aws-okta-processor"]) rmSync(path.join(home, name), { recursive: true, force: true });
}

export function forgetCompiled(home: string): void {
  rmSync(path.join(home, ".cache"), { recursive: true, force: true });
}

/** One factor, one format and one shell each. */
function pluginOf(index: number) {
  return {
    name: `acme-${index}`,
    block: {
      factors: { [`token:acme${index}`]: "./module.cjs" },
      formats: { [`format${index}`]: "./module.cjs" },
      shells: { [`shell${index}`]: "./module.cjs" },
    },
    module: "",
  };
}

/** The ids of an application's path are left out. */
function describe({ server, method, path: where, action }: Call): string {
  return server === "sts" ? `sts ${action}` : `${server} ${method} ${where.replace(/^(\/home\/[^/]+)\/.*/, "$1/…")}`;
}
