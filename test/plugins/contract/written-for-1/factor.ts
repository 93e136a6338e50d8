import type { EnrolledFactor, Factor, FactorAnswer, FactorHost, FactorState, Finished, Question } from "@aws-okta-processor/contract";

// As a plugin's author wrote it when contract 1 came out. It is never changed: with it must live whoever changes the contract.

/** Uses every state, every answer and every member of the host that contract 1 has. */
export const factor: Factor = {
  describe: ({ key, factorType, provider, vendorName, profile }) =>
    clean([key, factorType, provider, vendorName, profile["name"]].join(" ")),
  unusable: ({ vendorName }) => (vendorName === "ENDED" ? "it has ended" : undefined),
  respond: async (state, host, enrolled) => {
    switch (state.kind) {
      case "required":
        return begin(host, enrolled);
      case "challenged":
        return wait(state, host);
      case "refused":
        return again(state, host);
      case "elsewhere":
        return goBack(state.url, host);
      // A state that came later ends it.
      default:
        return { do: "give-up", reason: "this factor does not know what okta asks for", hint: "look for a newer version of it" };
    }
  },
};

async function begin({ canAsk, ask }: FactorHost, { profile }: EnrolledFactor): Promise<FactorAnswer> {
  if (!canAsk("code")) return { do: "begin" };
  const question: Question = { purpose: "choice", message: "What shall be done?", secret: false, choices: ["code", "push", "another"] };
  const choice: string = profile["asks"] === true ? await ask(question) : "code";
  if (choice === "another") return { do: "back" };
  if (choice === "push") return { do: "begin" };
  const fields: Readonly<Record<string, string>> = { passCode: await ask({ purpose: "code", message: "Code", secret: false }) };
  return { do: "send", fields };
}

async function wait(state: FactorState & { readonly kind: "challenged" }, host: FactorHost): Promise<FactorAnswer> {
  const {
    result,
    challenge,
    factors,
    canResend,
  }: { result: string | undefined; challenge: unknown; factors: readonly EnrolledFactor[]; canResend: boolean } = state;
  if (result === "CHALLENGE") return challenge === undefined ? { do: "back" } : { do: "redirect" };
  if (result === "TIMEOUT" && canResend) return { do: "resend" };
  if (result !== "WAITING") return { do: "give-up", reason: "okta answers what this factor does not know" };
  host.progress(`waiting for ${factors.length} of them`, new Date(0));
  return { do: "poll", afterMs: 1000 };
}

async function again({ code, message, attemptsLeft }: FactorState & { readonly kind: "refused" }, host: FactorHost): Promise<FactorAnswer> {
  if (attemptsLeft === 0 || code !== "E0000068") return { do: "give-up", reason: clean(message) };
  const finished: Finished | undefined = await host.run("token", ["code"], "again\n");
  if (finished === undefined || finished.exitCode !== 0) return { do: "give-up", reason: "the token's program failed", hint: "install it" };
  host.tell(clean(finished.stderr));
  return { do: "send", fields: { passCode: finished.stdout.trim() } };
}

async function goBack(url: URL, { fetch, origin, signal }: FactorHost): Promise<FactorAnswer> {
  signal.throwIfAborted();
  const response: Response = await fetch(url, { method: "POST", headers: { accept: "text/html" }, body: "a=b" });
  return response.ok ? { do: "return", url: new URL("/back", origin) } : { do: "back" };
}

function clean(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, " ").trim();
  return line === "" ? "nothing" : line;
}
