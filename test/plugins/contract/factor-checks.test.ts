import type { Factor, FactorAnswer, FactorState } from "@aws-okta-processor/contract";
import { factorChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { failuresOf, onlyFailureOf } from "./failures.ts";

const enrolled = { key: "sms:okta", factorType: "sms", provider: "OKTA", vendorName: undefined, profile: {} };
const titles = {
  shape: "a factor has describe and respond",
  description: "a factor describes itself in one printable line, whatever its profile holds",
  answers: "a factor answers every state with something that the host can do",
  memory: "a factor gives the same state the same answer",
  silence: "a factor speaks only through the host",
  cancel: "a factor lets go when the person cancels",
  result: "a factor ends on a result that it has never heard of",
  attempts: "a factor ends on a refusal when no attempt is left",
};

/** The smallest factor that passes: it begins, polls while it hears WAITING, and gives up on all else. */
const good: Factor = { describe: () => "text message", respond: async (state) => answerTo(state) };

test("the smallest factor passes", async () => {
  expect(await failuresOf(factorChecks(good, { enrolled }))).toEqual({});
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

test.each([
  [{ do: "wait" }, /^an answer's "do" must be one of .*; in the state \{"kind":"required"\} it was "wait"$/],
  ["poll", /^an answer must be an object with "do"; in the state \{"kind":"required"\} it was "poll"$/],
  [{ do: "poll", afterMs: Number.NaN }, /^afterMs must be a number from 100 .* it was NaN$/],
  [{ do: "poll", afterMs: 0 }, /^afterMs must be a number from 100 .* it was 0$/],
  [{ do: "send", fields: { passCode: 123456 } }, /^every field to send must be a text; .* passCode was 123456$/],
  [{ do: "resend" }, /^a factor may answer "resend" only where canResend is true; in the state \{"kind":"required"\} it is not$/],
  [{ do: "give-up", reason: "no\nline" }, /^the reason for giving up, .* must be one line without control characters; it was "no\\nline"$/],
])("%j is no answer to the first state", async (answer, lesson) => {
  const factor = { ...good, respond: async (state: FactorState) => (state.kind === "required" ? answer : answerTo(state)) } as Factor;
  const checks = factorChecks(factor, { enrolled });
  expect(await onlyFailureOf(checks, titles.answers)).toMatch(lesson);
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
    return ask({ purpose: "code", message: "code", secret: false }).then(forever, forever);
  };
  const checks = factorChecks({ ...good, respond }, { enrolled }).filter(({ title }) => title === titles.cancel);
  expect(await failuresOf(checks)).toEqual({
    [titles.cancel]: 'a factor must obey host.signal: cancelled in the state {"kind":"required"}, it had not let go after one second',
  });
});

test("a factor that sends after the person cancelled is found out", async () => {
  const respond: Factor["respond"] = async (state, { ask }) => {
    if (state.kind !== "required") return answerTo(state);
    const passCode = await ask({ purpose: "code", message: "code", secret: false }).catch(() => "");
    return { do: "send", fields: { passCode } };
  };
  expect(await failuresOf(factorChecks({ ...good, respond }, { enrolled }))).toEqual({
    [titles.cancel]:
      'a factor must not go on where ask was cancelled; in the state {"kind":"required"} it answered {"do":"send","fields":{"passCode":""}}',
  });
});

test("a factor that goes on whatever Okta says is found out", async () => {
  const factor: Factor = {
    ...good,
    respond: async (state) => (state.kind === "required" ? { do: "begin" } : { do: "poll", afterMs: 1000 }),
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
])("%j is no question", async (question, lesson) => {
  const respond: Factor["respond"] = async (state, { ask }) => {
    if (state.kind !== "required") return answerTo(state);
    return { do: "send", fields: { passCode: await ask(question as never) } };
  };
  const failures = await failuresOf(factorChecks({ ...good, respond }, { enrolled }));
  expect(failures[titles.answers]).toMatch(lesson);
});

function answerTo(state: FactorState): FactorAnswer {
  if (state.kind === "required") return { do: "begin" };
  if (state.kind === "challenged" && state.result === "WAITING") return { do: "poll", afterMs: 1000 };
  return { do: "give-up", reason: "it did not work" };
}

const forever = () => new Promise<never>(() => {});
