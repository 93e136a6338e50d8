/**
 * What the host asks of a plugin, and what it lends to one. Types only: nothing here exists at run time.
 *
 * A plugin names its modules in its package.json, under `awsOktaProcessor`:
 * `{ "contract": 1, "factors": { "push:okta": "./dist/push.js" }, "formats": {}, "shells": {} }`.
 * A factor that talks to another host names it there too: `"hosts": ["*.example.com"]`. A format that prints one thing alone may say so, for
 * help and completion: `"prints": { "csv": ["roles"] }`. A keychain stands under `"keychains": { "pass": "./dist/pass.js" }`.
 * A module exports its value by the name of its kind: `export const factor`, `export const format`, `export const shell`,
 * `export const keychain`.
 */

/** The number that a plugin states as `awsOktaProcessor.contract`. */
export type ContractVersion = 1;

// Factors

/** A way to prove who one is, as Okta lists it for this person. */
export interface EnrolledFactor {
  /** Okta's `factorType:provider`, lower case. */
  readonly key: string;
  readonly factorType: string;
  readonly provider: string;
  readonly vendorName: string | undefined;
  /** What Okta tells of the device; often empty before it is verified. */
  readonly profile: Readonly<Record<string, unknown>>;
}

/** Where the sign-in stands, as far as a factor may know. */
export type FactorState =
  /** Nothing was sent yet. */
  | { readonly kind: "required" }
  /**
   * Okta waits: `result` is its factorResult, `challenge` its challenge object (a push number, a WebAuthn challenge), `factors` are those
   * that may answer it, one as a rule.
   */
  | {
      readonly kind: "challenged";
      readonly result: string | undefined;
      readonly challenge: unknown;
      readonly factors: readonly EnrolledFactor[];
      readonly canResend: boolean;
    }
  /**
   * Okta said no: `code` is its errorCode or factorResult (`E0000068`, `REJECTED`, `TIMEOUT`), `message` its words. What is no attempt, as a
   * token that wants a new PIN or a message that was asked for too soon, leaves `attemptsLeft` as it was.
   */
  | { readonly kind: "refused"; readonly code: string; readonly message: string; readonly attemptsLeft: number }
  /** After `redirect`: Okta sent the person to this address, which is not the org's. */
  | { readonly kind: "elsewhere"; readonly url: URL };

/** What the host shall do next. */
export type FactorAnswer =
  /** Send the first request, without fields: Okta then pushes, calls or challenges. */
  | { readonly do: "begin" }
  | { readonly do: "send"; readonly fields: Readonly<Record<string, string>> }
  | { readonly do: "poll"; readonly afterMs: number }
  | { readonly do: "resend" }
  /** Follow the link that Okta's challenge holds, to where it leaves the org. */
  | { readonly do: "redirect" }
  /** Open an address of the org that the other side sent the person back to. */
  | { readonly do: "return"; readonly url: URL }
  /** Let the person choose another factor. */
  | { readonly do: "back" }
  | { readonly do: "give-up"; readonly reason: string; readonly hint?: string };

export interface Question {
  /** What may answer: a `code` may come from a command that the user set up, nothing else may. */
  readonly purpose: "code" | "answer" | "pin" | "choice";
  readonly message: string;
  /** Whether the typed characters stay hidden. */
  readonly secret: boolean;
  readonly choices?: readonly string[];
}

export interface FactorRequest {
  readonly method: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** All that a factor may use. It never sees a password, a cookie of the org, a state token or an Okta URL. */
export interface FactorHost {
  /** Of the org, `https://acme.okta.com`. */
  readonly origin: string;
  /** Aborted when the person cancels; a factor that waits must obey it. */
  readonly signal: AbortSignal;
  /**
   * Whether there is anybody, or anything, to answer a question of this purpose. Look before something is sent to a phone or a mailbox: what
   * nobody could go on with is better not begun. To ask all the same is to have the host say what would have answered.
   */
  readonly canAsk: (purpose: Question["purpose"]) => boolean;
  /** Where nobody can be asked it rejects with an error whose `code` is `NO_TERMINAL`; one that a factor does not mend is the host's to tell. */
  readonly ask: (question: Question) => Promise<string>;
  /** One line that stays, for what one cannot go on without: it is shown in silence too. The same line again is not repeated. */
  readonly tell: (message: string) => void;
  /** The one line that says what is waited for; the same message again changes nothing. */
  readonly progress: (message: string, until?: Date) => void;
  /**
   * One https request to a host that the package names in `awsOktaProcessor.hosts` (`*.example.com`, `api.example.com`), and never to the
   * org. Redirects are not followed and cookies are not kept: both are the factor's.
   */
  readonly fetch: (url: URL, request: FactorRequest) => Promise<Response>;
  /**
   * Runs a program, without a shell; it may own the terminal meanwhile. What it writes is for the factor alone.
   *
   * @returns what it wrote and its exit code, or undefined where it is not installed
   */
  readonly run: (command: string, args: readonly string[], stdin?: string) => Promise<Finished | undefined>;
}

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  /** Nobody has seen it: what the person must know of it is the factor's to tell. */
  readonly stderr: string;
}

/** A value without memory: the same state gets the same answer. */
export interface Factor {
  /** Its line in the menu. */
  readonly describe: (factor: EnrolledFactor) => string;
  /** Why nobody can answer it any more, where that is so: it is then listed with this sentence and never offered. */
  readonly unusable?: (factor: EnrolledFactor) => string | undefined;
  /** @param factor the one that was chosen */
  readonly respond: (state: FactorState, host: FactorHost, factor: EnrolledFactor) => Promise<FactorAnswer>;
}

// Shells

/** Pure and synchronous. Quoting is its duty. */
export interface Shell {
  /** Lines that set all variables, without a newline at the end. */
  readonly render: (variables: Readonly<Record<string, string>>) => string;
  /** Lines that remove them, without a newline at the end. */
  readonly unset: (names: readonly string[]) => string;
  /** How a user evaluates the output, for help: `eval "$(…)"`; `…` stands for the command. */
  readonly evaluate: string;
}

// Formats

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** RFC 3339 in UTC without fractions: `2099-01-01T00:00:00Z`. */
  readonly expiration: string;
}

export interface ListedRole {
  readonly arn: string;
  /** What follows the last suffix delimiter in the ARN, in the ARN's own case. */
  readonly suffix: string;
}

export interface ListedAccount {
  /** The alias, or the account id where there is none. */
  readonly name: string;
  readonly id: string;
  /** As the AWS sign-in page writes it: `Account: alias (123456789012)`. */
  readonly nameRaw: string;
  readonly roles: readonly ListedRole[];
}

export interface RoleListing {
  readonly applicationUrl: string;
  readonly organization: string;
  readonly user: string;
  readonly accounts: readonly ListedAccount[];
}

/** What the person asked of the output. */
export interface FormatContext {
  /** The value of `--output-format`. */
  readonly template: string;
  /** For AWS profiles. */
  readonly profiles: {
    /** `credentials`: sections as `[NAME]`; `config`: as `[profile NAME]`. */
    readonly style: string;
    /** The value of `--profile-name`. */
    readonly name: string | undefined;
    /** The value of `--profile-region`, checked to look like a region. */
    readonly region: string | undefined;
  };
  /** Of standard output, where that is a terminal; colours only where it has them and the person did not forbid them. */
  readonly terminal: { readonly columns: number; readonly hasColors: boolean } | undefined;
}

export interface CredentialsContext {
  /** The same credentials as the variables that AWS's tools read. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A section of AWS's config or credentials file. */
export interface Profile {
  /** What stands between the brackets: `profile acme-dev`. */
  readonly section: string;
  /** In the order to write them. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Pure and synchronous. Has `roles`, `credentials` or both. */
export interface Format {
  /** What is wrong with `--output-format`, or undefined; asked before anything is sent. */
  readonly check?: (context: FormatContext) => string | undefined;
  /** The same for `--profile-name`. */
  readonly checkName?: (context: FormatContext) => string | undefined;
  /** The whole output in pieces, the last newline included where there is one. */
  readonly roles?: (listing: RoleListing, context: FormatContext) => Iterable<string>;
  /** The same for several applications at once; without it, each is written by `roles`, one after the other. */
  readonly applications?: (listings: readonly RoleListing[], context: FormatContext) => Iterable<string>;
  /**
   * The profiles that `--write` merges into a file, each of another name; without it, the format cannot be written there. The setting
   * `credential_process` is `aws-okta-processor authenticate` with `--organization`, `--user`, `--application`, `--role` and `--key`, in
   * this order, each as `--name="value"`: by it a profile is known again.
   */
  readonly profiles?: (listings: readonly RoleListing[], context: FormatContext) => readonly Profile[];
  readonly credentials?: (credentials: Credentials, context: CredentialsContext) => string;
}

// Keychains

/** What a secret is found by. Both are printable text; `account` may hold any of it, as a user name does. */
export interface KeychainEntry {
  /** What it is for: `aws-okta-processor https://acme.okta.com`. */
  readonly service: string;
  /** Whose it is. */
  readonly account: string;
}

/**
 * Keeps small secrets where nobody but this person gets at them. What cannot be done now (no keychain is there, it is locked, the person
 * said no) rejects with an Error whose message says why, in one line and without the secret; never is an entry then said to be absent.
 */
export interface Keychain {
  /** @returns undefined where there is none */
  readonly get: (entry: KeychainEntry) => Promise<string | undefined>;
  /** Puts it in the place of what was there; of two at one time, one wins. It is kept once this has resolved. */
  readonly set: (entry: KeychainEntry, secret: string) => Promise<void>;
  /** @returns whether there was one */
  readonly delete: (entry: KeychainEntry) => Promise<boolean>;
}
