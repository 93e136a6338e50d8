import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { formatOutcome } from "../../src/cache/outcome.ts";
import { BugError, CancelledError, RefusedError, RemoteError, UsageError } from "../../src/errors.ts";
import { type Held, takeLock } from "../../src/files/lock.ts";
import { inTurn } from "../../src/flows/in-turn.ts";
import { failureOf } from "../support/failure.ts";
import { useFolder } from "../support/folder.ts";
import { usePerson } from "../support/person.ts";
import { createWorld } from "../support/world.ts";

const REFUSED = new RefusedError("the push was rejected on the phone", { code: "FACTOR_GIVEN_UP", hint: "look at it" });
const FAILURE = { name: "RefusedError", code: "FACTOR_GIVEN_UP", message: "the push was rejected on the phone", hint: "look at it" };

let other: ChildProcess | undefined;
afterAll(() => other?.kill("SIGKILL"));

/** A turn that another process has, and what happens as somebody waits for it, nap by nap. */
async function setUp(naps: Readonly<Record<number, (holder: Held) => unknown>> = {}) {
  other ??= spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  const folder = useFolder();
  const file = `${folder.path}/turn`;
  const found: { value: string | undefined } = { value: undefined };
  const held = await takeLock(file, createWorld({ pid: other.pid ?? 0 }), { ms: 0 });
  if (held === undefined) throw new Error("the lock was free");
  let nap = 0;
  const sleep = async () => {
    nap += 1;
    if (nap > 100) throw new CancelledError();
    await naps[nap]?.(held);
  };
  const person = usePerson();
  const world = createWorld({ sleep });
  const log: string[] = [];
  const work = async () => {
    log.push("work");
    return "new";
  };
  const wait = () => inTurn({ world, ...person }, { file, purpose: "to sign in jdoe", find: () => found.value }, work);
  const refuse = ({ holder }: Pick<Held, "holder">, at = "now") =>
    folder.write("turn.outcome", formatOutcome({ holder, at, error: REFUSED }), 0o600);
  return { folder, file, found, held, wait, refuse, log, said: person.said, world };
}

test("what the one before has got is the answer, and the work is not done again", async () => {
  const given = await setUp({
    3: ({ release }) => {
      given.found.value = "kept";
      return release();
    },
  });
  expect([await given.wait(), given.log, readdirSync(given.folder.path)]).toEqual(["kept", [], []]);
});

test("who finds nothing when the turn has come does the work, and leaves nothing", async () => {
  const given = await setUp({ 3: ({ release }) => release() });
  expect([await given.wait(), given.log, readdirSync(given.folder.path)]).toEqual(["new", ["work"], []]);
});

test.each([
  ["before it gives the turn back", false],
  ["and gives the turn back at once", true],
])("one that is refused %s is the end for who waits, with its words", async (_, gives) => {
  const given = await setUp({
    2: async (holder) => {
      given.refuse(holder);
      if (gives) await holder.release();
    },
    4: ({ release }) => release(),
  });
  expect([await failureOf(given.wait), given.log]).toEqual([FAILURE, []]);
  await given.held.release();
  expect(readdirSync(given.folder.path)).toEqual(["turn.outcome"]);
});

test("how a turn ended before somebody began to wait is not believed, though it is the same holder's", async () => {
  const given = await setUp({ 2: ({ release }) => release() });
  given.refuse(given.held);
  expect([await given.wait(), readdirSync(given.folder.path)]).toEqual(["new", []]);
});

test("how a turn ended for which nobody here has waited is not believed", async () => {
  const given = await setUp({
    2: (holder) => {
      given.refuse({ holder: `${holder.holder}1` });
      return holder.release();
    },
  });
  expect(await given.wait()).toBe("new");
});

test("who does not have to wait believes nothing", async () => {
  const given = await setUp();
  given.refuse(given.held);
  await given.held.release();
  expect(await given.wait()).toBe("new");
});

test.each(["", "{", "[]", '{"class":"BugError"}', '{"class":"constructor","holder":"HOLDER","at":"now","code":"X","message":"x"}'])(
  "%j says nothing of how a turn ended",
  async (content) => {
    const given = await setUp({
      2: ({ holder, release }) => {
        given.folder.write("turn.outcome", content.replace("HOLDER", holder));
        return release();
      },
    });
    expect(await given.wait()).toBe("new");
  },
);

test("who waits for longer than a second is told for whom, once, and that goes away", async () => {
  const given = await setUp({ 60: ({ release }) => release() });
  await given.wait();
  expect(given.said).toEqual([`progress: waiting for another aws-okta-processor (process ${other?.pid}) to sign in jdoe`]);
});

test("who waits for less is told nothing", async () => {
  const given = await setUp({ 20: ({ release }) => release() });
  await given.wait();
  expect(given.said).toEqual([]);
});

test("Ctrl-C ends the waiting, and takes nothing from the holder", async () => {
  const given = await setUp({ 2: () => Promise.reject(new CancelledError()) });
  expect([(await failureOf(given.wait)).code, readdirSync(given.folder.path)]).toEqual(["CANCELLED", ["turn.lock"]]);
});

const once = (file: string | undefined, work: () => Promise<string>) =>
  inTurn({ world: createWorld(), ...usePerson() }, { file, purpose: "", find: () => undefined }, work);

test.each([
  [REFUSED, true],
  [new RemoteError("x", { code: "UNREACHABLE" }), true],
  [new UsageError("x", { code: "NO_TERMINAL" }), false],
  [new CancelledError(), false],
  [new BugError("x", { code: "BUG" }), false],
  [new Error("x"), false],
])("%s ends the turns of others: %s", async (error, isTold) => {
  const folder = useFolder();
  await expect(once(`${folder.path}/turn`, () => Promise.reject(error))).rejects.toBe(error);
  expect(readdirSync(folder.path)).toEqual(isTold ? ["turn.outcome"] : []);
  if (isTold) expect(folder.mode("turn.outcome")).toBe("600");
});

test("without a home, and where no lock can be made, the work is done all the same", async () => {
  const folder = useFolder({ file: "" });
  const work = () => Promise.resolve("new");
  expect([await once(undefined, work), await once(`${folder.path}/file/turn`, work)]).toEqual(["new", "new"]);
  await expect(once(`${folder.path}/file/turn`, () => Promise.reject(REFUSED))).rejects.toBe(REFUSED);
});
