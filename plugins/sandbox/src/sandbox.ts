import type { Call, ServerName } from "./call.ts";
import { createClock } from "./clock.ts";
import { type Core, createCore } from "./core.ts";
import type { Certificate, CertificateFault } from "./http/certificate.ts";
import type { Reply, Request } from "./http/message.ts";
import { type Listener, type ListenOptions, listen } from "./http/server.ts";
import type { Scenario } from "./scenario.ts";
import { standard } from "./scenarios/standard.ts";

const SERVERS = ["okta", "sign-in", "sts", "duo"] as const satisfies readonly ServerName[];

export interface SandboxOptions {
  /** The one called `default` when absent. */
  readonly scenario?: Scenario;
  /** With a certificate that is in order, or one that has expired or is for another name. */
  readonly tls?: boolean | CertificateFault;
  /** Of the org; the sign-in page, STS and Duo take the next three. 0, the default, lets the system choose all four. */
  readonly port?: number;
  readonly onCall?: (call: Call) => void;
  /** How long every reply is held back. */
  readonly latencyMs?: number;
}

export interface Sandbox {
  /** What the organization option takes: `http://127.0.0.1:41234`, or `localhost:41234` with TLS. */
  readonly organization: string;
  readonly origin: string;
  readonly signInUrl: string;
  readonly stsUrl: string;
  readonly duoUrl: string;
  /** A PEM file, there until the sandbox is closed; with TLS alone. */
  readonly certificateAuthority: string | undefined;
  /** The variables that point aws-okta-processor and the AWS SDKs at this sandbox. */
  readonly environment: Readonly<Record<string, string>>;
  readonly calls: readonly Call[];
  /** @param pattern `POST /api/v1/authn`, `sts AssumeRoleWithSAML`, `okta`; all calls when absent */
  readonly count: (pattern?: string) => number;
  /** @throws Error when the scenario has no application of that label */
  readonly applicationUrl: (label?: string) => string;
  /** @returns false when no push waits. A number that is not the right one rejects it, as it does on a phone. */
  readonly approvePush: (number?: number) => boolean;
  readonly rejectPush: () => boolean;
  readonly waitingPush: Core["waitingPush"];
  /** The code that was sent last, by SMS, call or email. */
  readonly lastCode: () => string | undefined;
  readonly sentCode: Core["sentCode"];
  readonly advance: (ms: number) => void;
  /** From now on; the first user's without a login. */
  readonly lockAccount: Core["lockAccount"];
  /** Every session cookie is dead at once. */
  readonly endSessions: () => void;
  readonly secrets: Core["secrets"];
  readonly close: () => Promise<void>;
}

/** Starts an Okta org, an AWS sign-in page and an STS, each at an origin of its own on this machine. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { scenario = standard, tls = false, onCall = () => undefined } = options;
  const clock = createClock(() => new Date(Date.now() + (scenario.clockOffsetSeconds ?? 0) * 1000));
  const door = { signInUrl: "", duoUrl: "" };
  const core = createCore({ scenario, clock, onCall, signInUrl: () => door.signInUrl, duoUrl: () => door.duoUrl });
  const certificate = tls === false ? undefined : await createCertificate(tls === true ? undefined : tls);
  const servers = await openServers(core, { port: options.port ?? 0, latencyMs: options.latencyMs ?? 0, tls: certificate });
  const [okta = 0, signIn = 0, sts = 0, duo = 0] = servers.map(({ port }) => port);
  const base = tls !== false ? "https://localhost" : "http://127.0.0.1";
  door.signInUrl = `${base}:${signIn}/saml`;
  door.duoUrl = `${base}:${duo}`;
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
    await certificate?.remove();
  };
  return describe(core, {
    origin: `${base}:${okta}`,
    signInUrl: door.signInUrl,
    stsUrl: `${base}:${sts}`,
    duoUrl: door.duoUrl,
    certificateAuthority: certificate?.authorityPath,
    advance: clock.advance,
    close,
  });
}

async function createCertificate(fault: CertificateFault | undefined): Promise<Certificate> {
  const { createCertificate: create } = await import("./http/certificate.ts");
  return create(fault);
}

async function openServers(core: Core, { port, ...options }: Omit<ListenOptions, "handle">): Promise<readonly Listener[]> {
  const open: Listener[] = [];
  try {
    for (const [index, server] of SERVERS.entries()) {
      const handle = (request: Request): Reply => core.handle(server, request);
      open.push(await listen({ ...options, port: port === 0 ? 0 : port + index, handle }));
    }
    return open;
  } catch (error) {
    await Promise.all(open.map((listener) => listener.close()));
    throw error;
  }
}

type Place = Pick<Sandbox, "origin" | "signInUrl" | "stsUrl" | "duoUrl" | "certificateAuthority" | "advance" | "close">;

function describe(core: Core, place: Place): Sandbox {
  const organization = place.origin.replace("https://", "");
  const { calls, count, approvePush, rejectPush, waitingPush, lastCode, sentCode, lockAccount, endSessions, secrets } = core;
  return {
    ...place,
    ...{ calls, count, approvePush, rejectPush, waitingPush, lastCode, sentCode, lockAccount, endSessions, secrets },
    organization,
    environment: {
      AWS_OKTA_ORGANIZATION: organization,
      AWS_OKTA_SIGN_IN_URL: place.signInUrl,
      AWS_ENDPOINT_URL_STS: place.stsUrl,
      ...(place.certificateAuthority === undefined
        ? {}
        : { NODE_EXTRA_CA_CERTS: place.certificateAuthority, AWS_CA_BUNDLE: place.certificateAuthority }),
    },
    applicationUrl: (label) => place.origin + core.applicationPath(label),
  };
}
