import type { EnrolledFactor, Factor, FactorAnswer, FactorHost, FactorState, Question } from "@aws-okta-processor/contract";
import { type FactorExample, factorChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { failuresOf, onlyFailureOf } from "./failures.ts";

const enrolled: EnrolledFactor = { key: "sms:okta", factorType: "sms", provider: "OKTA", vendorName: undefined, profile: {} };
const titles = {
  shape: "a factor has describe and respond",
  description: "a factor describes itself in one printable line, whatever its profile holds",
  unusable: "a factor that nobody can answer says why in one printable line",
  answers: "a factor answers every state with something that the host can do",
  words: "a factor speaks in printable lines, whatever Okta tells it",
  memory: "a factor gives the same state the same answer",
  hands: "a factor leaves what it is given as it was",
  silence: "a factor speaks only through the host",
  cancel: "a factor lets go when the person cancels",
  nobody: "a factor ends where nobody can be asked",
  patience: "a factor does not ask for ever",
  result: "a factor ends on a result that it has never heard of",
  attempts: "a factor ends on a refusal when no attempt is left",
};

/** The smallest factor that passes: it begins, polls while it hears WAITING, and gives up on all else. */
const good: Factor = { describe: () => "text message", respond: async (state) => answerTo(state) };

/** Good, but for what it does in one state. */
function odd(kind: FactorState["kind"], respond: Factor["respond"]): Factor {
  return { ...good, respond: async (state, host, factor) => (state.kind === kind ? respond(state, host, factor) : answerTo(state)) };
}

test("the smallest factor passes", async () => {
  expect(await failuresOf(factorChecks(good, { enrolled }))).toEqual({});
});

test("a factor that asks, requests, runs, is sent elsewhere and returns passes", async () => {
  const seen: string[] = [];
  const respond: Factor["respond"] = async (state, { ask, fetch, run, origin, signal }) => {
    if (state.kind === "required") return { do: "send", fields: { passCode: await ask(codeQuestion) } };
    if (state.kind === "challenged" && state.result === "CHALLENGE") return { do: "redirect" };
    if (state.kind === "refused" && state.attemptsLeft > 0 && (await run("key", ["touch"], "please")) === undefined)
      return { do: "resend" };
    if (state.kind !== "elsewhere" || signal.aborted) return answerTo(state);
    const { status } = await fetch(state.url, { method: "POST", headers: { accept: "text/html" }, body: "a=b" });
    return status === 200 ? { do: "return", url: new URL("/back", origin) } : { do: "back" };
  };
  const example: FactorExample = {
    enrolled,
    answer: "secret",
    fetch: async ({ host }) => {
      seen.push(host);
      return new Response("", { status: host === "other.example.org" ? 200 : 403 });
    },
    run: async (command) => {
      seen.push(command);
      return { exitCode: 0, stdout: "", stderr: "" };
    },
    states: [{ kind: "elsewhere", url: new URL("https://other.example.org/") }],
  };
  expect(await failuresOf(factorChecks({ ...good, respond }, example))).toEqual({});
  expect(new Set(seen)).toEqual(new Set(["key", "login.example.net", "other.example.org"]));
});

test("what a profile holds must not reach the menu as it is", async () => {
  const factor: Factor = { ...good, describe: ({ profile }) => `text message to ${String(profile["phoneNumber"])}` };
  expect(await onlyFailureOf(factorChecks(factor, { enrolled }), titles.description)).toMatch(
    /^describe, for a profile of .*, must be one line without control characters; it was "/,
  );
});

test("what is no function is named", async () => {
  const factor = { ...good, describe: "text message" } as unknown as Factor;
  const failures = await failuresOf(factorChecks(factor, { enrolled }));
  expect(failures[titles.shape]).toBe('a factor\'s describe must be a function; it is "text message"');
});

test("a vendor's name must not reach the menu as it is", async () => {
  const factor: Factor = { ...good, describe: ({ vendorName }) => `text message by ${vendorName}` };
  expect(await onlyFailureOf(factorChecks(factor, { enrolled }), titles.description)).toMatch(
    /^describe, for a profile of .*, must be one line without control characters; it was "text message by two/,
  );
});

test.each<[unknown, RegExp]>([
  [true, /^a factor's unusable, where it has one, must be a function; it is true$/],
  ["ended", /^a factor's unusable, where it has one, must be a function; it is "ended"$/],
])("%j is no unusable", async (unusable, lesson) => {
  const { [titles.shape]: message } = await failuresOf(factorChecks({ ...good, unusable } as Factor, { enrolled }));
  expect(message).toMatch(lesson);
});

test.each<[string, (factor: EnrolledFactor) => unknown, RegExp]>([
  ["false", () => false, /^the reason why nobody can answer a factor, for .*, must be a text that is not empty; it was false$/],
  ["an empty text", () => "", /^the reason why nobody can answer a factor, for .*, must be a text that is not empty; it was ""$/],
  [
    "what the profile holds",
    ({ profile }) => `ended ${String(profile["name"])}`,
    /must be one line without control characters; it was "ended /,
  ],
])("the reason why nobody can answer it is not %s", async (_, unusable, lesson) => {
  const factor = { ...good, unusable } as Factor;
  expect(await onlyFailureOf(factorChecks(factor, { enrolled }), titles.unusable)).toMatch(lesson);
});

test.each<[FactorState["kind"], unknown, RegExp]>([
  ["required", { do: "wait" }, /^an answer's "do" must be one of .*; in the state \{"kind":"required"\} it was "wait"$/],
  ["required", { do: "poll", afterMs: Number.NaN }, /^afterMs must be a number from 100 .* it was NaN$/],
  ["required", { do: "poll", afterMs: 0 }, /^afterMs must be a number from 100 .* it was 0$/],
  ["required", { do: "send", fields: { passCode: 123456 } }, /^every field to send must be a text; .* passCode was 123456$/],
  [
    "required",
    { do: "resend" },
    /^a factor may answer "resend" only where canResend is true; in the state \{"kind":"required"\} it is not$/,
  ],
  [
    "required",
    { do: "redirect" },
    /^a factor may answer "redirect" only to a challenge, .*; in the state \{"kind":"required"\} there is none$/,
  ],
  [
    "required",
    { do: "return", url: new URL("https://acme.okta.com/") },
    /^a factor may answer "return" only where Okta sent .* it did not$/,
  ],
  ["elsewhere", { do: "return", url: "https://acme.okta.com/" }, /^the address to return to must be a URL object; .* it was "https:/],
  [
    "elsewhere",
    { do: "return", url: new URL("https://acme.okta.com.evil.example/") },
    /^a factor may return to host.origin and nowhere else; /,
  ],
  ["elsewhere", { do: "return", url: new URL("http://acme.okta.com/") }, /^a factor may return to host.origin and nowhere else; /],
  ["elsewhere", { do: "begin" }, /^elsewhere nothing of Okta's waits: .* "return", "back" or "give-up"; .* it was \{"do":"begin"\}$/],
  ["elsewhere", { do: "redirect" }, /^a factor may answer "redirect" only to a challenge, /],
])("in the state %s %j is no answer", async (kind, answer, lesson) => {
  const factor = odd(kind, async () => answer as FactorAnswer);
  expect(await onlyFailureOf(factorChecks(factor, { enrolled }), titles.answers)).toMatch(lesson);
});

test.each(["poll", undefined, null, {}])("%j is no answer at all", async (answer) => {
  const { [titles.answers]: lesson } = await failuresOf(
    factorChecks(
      odd("required", async () => answer as never),
      { enrolled },
    ),
  );
  expect(lesson).toBe(`an answer must be an object with "do"; in the state {"kind":"required"} it was ${JSON.stringify(answer)}`);
});

test.each([
  [{ reason: "no\nline" }, /^the reason for giving up, .* must be one line without control characters; it was "no\\nline"$/],
  [{ reason: "" }, /^the reason for giving up, .* must be a text that is not empty; it was ""$/],
  [{ reason: "no", hint: "do\nthat" }, /^the hint of a give-up, .* must be one line without control characters; it was "do\\nthat"$/],
  [{ reason: "no", hint: "" }, /^the hint of a give-up, .* must be a text that is not empty; it was ""$/],
])("%j is no way to give up", async (words, lesson) => {
  const failures = await failuresOf(
    factorChecks(
      odd("required", async () => ({ do: "give-up", ...words })),
      { enrolled },
    ),
  );
  expect(Object.keys(failures)).toEqual([titles.answers, titles.words]);
  expect(failures[titles.answers]).toMatch(lesson);
});

test.each<[string, (state: FactorState, host: FactorHost, factor: EnrolledFactor) => FactorAnswer | undefined]>([
  ["told", (state, { tell }) => say(state, tell)],
  ["said to be waited for", (state, { progress }) => say(state, progress)],
  ["a reason", (state) => (state.kind === "refused" ? { do: "give-up", reason: `${state.message}` } : undefined)],
])("what Okta says is not %s as it is", async (_, use) => {
  const respond: Factor["respond"] = async (state, host, factor) => use(state, host, factor) ?? answerTo(state);
  expect(await onlyFailureOf(factorChecks({ ...good, respond }, { enrolled }), titles.words)).toMatch(
    /must be one line without control characters; it was "two\\nlines"$/,
  );
});

test("what a profile holds is not asked as it is", async () => {
  const respond: Factor["respond"] = async (_, { ask }, { profile }) => {
    const message = typeof profile["questionText"] === "string" ? profile["questionText"] : "question";
    return { do: "send", fields: { answer: await ask({ ...codeQuestion, message }) } };
  };
  expect(await onlyFailureOf(factorChecks(odd("required", respond), { enrolled }), titles.words)).toMatch(
    /^a question's message must be one line without control characters; /,
  );
});

test("a factor that catches what a broken rule throws is found out", async () => {
  const respond: Factor["respond"] = async (state, { ask }) => {
    try {
      await ask({ ...codeQuestion, message: "" });
    } catch {
      // What is caught here must be heard of there.
    }
    return answerTo(state);
  };
  const { [titles.answers]: lesson } = await failuresOf(factorChecks(odd("required", respond), { enrolled }));
  expect(lesson).toBe(`a question's message must be a text that is not empty; it was ""`);
});

test.each<[string, (state: FactorState, factor: EnrolledFactor) => unknown, string]>([
  ["the factor", (_, factor) => Object.assign(factor, { key: "other" }), '"key":"other"'],
  ["its profile", (_, factor) => Object.assign(factor.profile, { seen: true }), '"profile":{"seen":true}'],
  ["the state", (state) => Object.assign(state, { seen: true }), '"seen":true'],
  ["the address", (state) => (state.kind === "elsewhere" ? state.url.searchParams.set("seen", "1") : undefined), "&seen=1"],
])("a factor that changes %s is found out", async (_, change, seen) => {
  const respond: Factor["respond"] = async (state, _host, factor) => {
    change(state, factor);
    return answerTo(state);
  };
  const lesson = await onlyFailureOf(factorChecks({ ...good, respond }, { enrolled }), titles.hands);
  expect(lesson).toMatch(/^a factor must not change what it is given; it was .*, and then /);
  expect(lesson.split(", and then ")[1]).toContain(seen);
});

test("a factor that remembers is found out", async () => {
  let asked = 0;
  const counting: Factor = {
    ...good,
    respond: async (state) => (state.kind === "required" ? { do: "send", fields: { count: `${asked++}` } } : answerTo(state)),
  };
  expect(await onlyFailureOf(factorChecks(counting, { enrolled }), titles.memory)).toMatch(
    /^a factor keeps nothing in mind: .* whenever the state is \{"kind":"required"\}; first it was .*, then /,
  );
});

test.each([
  ["process.stdout", () => process.stdout.write("")],
  // biome-ignore lint/suspicious/noConsole: it is what is tested
  ["console", () => console.log()],
])("a factor that writes to %s is found out", async (_, write) => {
  const respond: Factor["respond"] = async (state) => {
    write();
    return answerTo(state);
  };
  const factor: Factor = { ...good, respond };
  const { [titles.silence]: lesson } = await failuresOf(factorChecks(factor, { enrolled }));
  expect(lesson).toMatch(/^a factor must not write to standard output, which belongs to the host; it wrote /);
});

test.each([true, false])("a factor that waits on after the person cancelled is found out (before it was asked: %s)", async (before) => {
  const respond: Factor["respond"] = (state, { signal, ask }) => {
    if (state.kind !== "required" || signal.aborted !== before) return Promise.resolve(answerTo(state));
    return ask(codeQuestion).then(forever, forever);
  };
  const checks = factorChecks({ ...good, respond }, { enrolled }).filter(({ title }) => title === titles.cancel);
  expect(await failuresOf(checks)).toEqual({
    [titles.cancel]: 'a factor must obey host.signal: cancelled in the state {"kind":"required"}, it had not let go after one second',
  });
});

test.each<FactorAnswer>([{ do: "send", fields: { passCode: "" } }, { do: "begin" }])(
  "a factor that answers %j after the person cancelled, or where nobody can be asked, is found out",
  async (answer) => {
    const respond: Factor["respond"] = async (_, { ask }) => {
      await ask(codeQuestion).catch(() => undefined);
      return answer;
    };
    const answered = `in the state {"kind":"required"} it answered ${JSON.stringify(answer)}`;
    expect(await failuresOf(factorChecks(odd("required", respond), { enrolled }))).toEqual({
      [titles.cancel]: `a factor must not go on where ask was cancelled; ${answered}`,
      [titles.nobody]: `where nobody can be asked a factor must let pass what ask rejects with, or answer "give-up" or "back"; ${answered}`,
    });
  },
);

test("a factor that fails in its own words where nobody can be asked is found out", async () => {
  const respond: Factor["respond"] = async (_, { ask }) => {
    const passCode = await ask(codeQuestion).catch((cause: unknown) => Promise.reject(new Error("it failed", { cause })));
    return { do: "send", fields: { passCode } };
  };
  expect(await failuresOf(factorChecks(odd("required", respond), { enrolled }))).toEqual({ [titles.nobody]: "it failed" });
});

test.each<[string, Question]>([
  ["code", { purpose: "code", message: "code", secret: false }],
  ["choice", { purpose: "choice", message: "what now?", secret: false, choices: ["open sesame", "try once more"] }],
])("a factor that asks for a %s for ever is found out", async (_, question) => {
  const respond: Factor["respond"] = async (_state, { ask }) => {
    let typed = await ask(question);
    while (typed !== "open sesame") typed = await ask(question);
    return { do: "begin" };
  };
  const factor = odd("required", respond);
  const checks = factorChecks(factor, { enrolled, answer: "open sesame" }).filter(({ title }) => title === titles.patience);
  expect(await failuresOf(checks)).toEqual({
    [titles.patience]: `a factor must not ask for ever; after 20 answers that it could not use it asked "${question.message}"`,
  });
});

test("a factor that goes on whatever Okta says is found out", async () => {
  const factor: Factor = {
    ...good,
    respond: async (state) => {
      if (state.kind === "elsewhere") return { do: "back" };
      return state.kind === "required" ? { do: "begin" } : { do: "poll", afterMs: 1000 };
    },
  };
  const { [titles.result]: result, [titles.attempts]: attempts, ...others } = await failuresOf(factorChecks(factor, { enrolled }));
  expect(others).toEqual({});
  expect(result).toMatch(/must answer "give-up" or "back"; to "UNHEARD_OF" it answered \{"do":"poll","afterMs":1000\}$/);
  expect(attempts).toMatch(/^when no attempt is left .* refused with "UNHEARD_OF" it answered \{"do":"poll","afterMs":1000\}$/);
});

test.each([
  [{ purpose: "token", message: "code", secret: false }, /^a question's purpose must be one of .* it was "token"$/],
  [
    { purpose: "code", message: "two\nlines", secret: false },
    /^a question's message must be one line without control characters; it was "two\\nlines"$/,
  ],
  [{ purpose: "code", message: "code" }, /^a question must say with true or false whether its answer is secret; it said undefined$/],
  [{ purpose: "choice", message: "which?", secret: false }, /^a question with the purpose "choice" must have choices; it had undefined$/],
  [
    { purpose: "choice", message: "which?", secret: false, choices: [] },
    /^a question with the purpose "choice" must have choices; it had \[\]$/,
  ],
  [
    { purpose: "choice", message: "which?", secret: false, choices: ["a", "b\n"] },
    /^a choice must be one line without control .* it was "b\\n"$/,
  ],
  [
    { purpose: "choice", message: "which?", secret: false, choices: ["a", "a"] },
    /^the choices of a question must differ; they were \["a","a"\]$/,
  ],
])("%j is no question", async (question, lesson) => {
  const respond: Factor["respond"] = async (_, { ask }) => ({ do: "send", fields: { passCode: await ask(question as never) } });
  const failures = await failuresOf(factorChecks(odd("required", respond), { enrolled }));
  expect(failures[titles.answers]).toMatch(lesson);
});

test.each<[unknown, unknown, RegExp]>([
  ["https://a.example/", { method: "GET" }, /^what a factor requests must be a URL object; it was "https:/],
  [new URL("http://a.example/"), { method: "GET" }, /^a factor may request https addresses, and never the org's; it asked for "http:/],
  [new URL("https://acme.okta.com/api"), { method: "GET" }, /^a factor may request https addresses, and never the org's; it asked for /],
  [new URL("https://a.example/"), { method: "PUT" }, /^a request's method must be "GET" or "POST"; it was "PUT"$/],
  [new URL("https://a.example/"), { method: "GET", body: "a" }, /^a GET has no body; it was "a"$/],
  [new URL("https://a.example/"), { method: "GET", headers: { a: 1 } }, /^a request's headers must be texts; they were \{"a":1\}$/],
])("%j, %j is no request", async (url, request, lesson) => {
  const respond: Factor["respond"] = async (state, { fetch }) => {
    await fetch(url as URL, request as never);
    return answerTo(state);
  };
  const failures = await failuresOf(factorChecks(odd("required", respond), { enrolled }));
  expect(failures[titles.answers]).toMatch(lesson);
});

test.each<[readonly unknown[], RegExp]>([
  [["", []], /^the program that a factor runs must be a text that is not empty; it was ""$/],
  [["key", "touch"], /^the arguments of a program must be a list; they were "touch"$/],
  [["key", [1]], /^the arguments and the input of a program must be texts; they were \[1,""\]$/],
  [["key", [], 1], /^the arguments and the input of a program must be texts; they were \[1\]$/],
])("%j is no program", async (program, lesson) => {
  const respond: Factor["respond"] = async (state, { run }) => {
    await run(...(program as Parameters<typeof run>));
    return answerTo(state);
  };
  const failures = await failuresOf(factorChecks(odd("required", respond), { enrolled }));
  expect(failures[titles.answers]).toMatch(lesson);
});

function answerTo(state: FactorState): FactorAnswer {
  if (state.kind === "required") return { do: "begin" };
  if (state.kind === "challenged" && state.result === "WAITING") return { do: "poll", afterMs: 1000 };
  return { do: "give-up", reason: "it did not work" };
}

const codeQuestion = { purpose: "code", message: "code", secret: false } as const;

/** Says Okta's own words with what it is given. */
function say(state: FactorState, speak: (message: string) => void): undefined {
  if (state.kind === "refused") speak(state.message);
}

const forever = () => new Promise<never>(() => {});
