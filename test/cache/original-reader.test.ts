import { describe, expect, test as plain } from "vitest";
import { format } from "../../plugins/format-json/src/json.ts";
import { credentialFiles, formatCredentials, type KeptCredentials } from "../../src/cache/credentials.ts";
import { sessionFile } from "../../src/cache/paths.ts";
import { formatSession } from "../../src/cache/session.ts";
import { writeKept } from "../../src/cache/write.ts";
import { useFolder } from "../support/folder.ts";
import { askPython, hasPython, withPython } from "../support/python.ts";
import { DEVELOPER } from "../support/sample.ts";
import { test } from "../support/sandbox-home.ts";
import { NOW, wantedBy } from "./wanted.ts";

/** Reads both caches as the original does. */
const READER = new URL("original-reader.py", import.meta.url);

interface Given {
  readonly organization: string | null;
  readonly user: string | null;
  readonly key: string | null;
}

interface Read {
  readonly credentials: string | null;
  readonly session: { readonly id: string; readonly expiresAt: string; readonly user: string; readonly organization: string } | null;
}

const readAsOriginal = (home: string, now: Date, given: readonly Given[]) =>
  askPython(READER, { home, now: now.toISOString(), given }) as readonly Read[];

const GIVEN: readonly Given[] = [
  { organization: "acme.okta.com", user: "jdoe", key: null },
  { organization: "acme.okta.com", user: "jdoe", key: "" },
  { organization: "acme.okta.com", user: "jdoe", key: "role one" },
  { organization: null, user: null, key: null },
  { organization: "localhost:8443", user: "j.doe+aws@example.com", key: "k" },
  { organization: "acme.okta.com", user: "jürgen😀", key: 'a"b\\c\u007f/é\u2028' },
];

describe.skipIf(!hasPython)(withPython("the original's reader"), () => {
  plain("finds and prints the credentials that we write, as we do", async () => {
    const folder = useFolder();
    const kept = GIVEN.map((_, number) => credentialsOf(number));
    for (const [number, given] of GIVEN.entries()) {
      const wanted = wantedBy({ ...given, role: DEVELOPER, durationSeconds: 900 });
      const { shared } = credentialFiles(folder.path, wanted);
      await writeKept({ file: shared, content: formatCredentials(credentialsOf(number), wanted), platform: "linux" });
    }
    const printed = kept.map(({ credentials }) => format.credentials?.(credentials, { variables: {} }));
    expect(readAsOriginal(folder.path, NOW, GIVEN).map(({ credentials }) => credentials)).toEqual(printed);
  });

  plain.each([
    [600, true],
    [599, false],
  ])("takes credentials with %i s left for fresh: %s", async (seconds, isFresh) => {
    const folder = useFolder();
    const given = { organization: null, user: null, key: null };
    const wanted = wantedBy(given);
    const { shared } = credentialFiles(folder.path, wanted);
    await writeKept({ file: shared, content: formatCredentials(credentialsOf(1, seconds), wanted), platform: "linux" });
    expect(readAsOriginal(folder.path, NOW, [given]).map(({ credentials }) => credentials !== null)).toEqual([isFresh]);
  });

  plain("finds the sessions that we write, and whose they are", async () => {
    const folder = useFolder();
    const expiresAt = new Date(NOW.getTime() + 60_000).toISOString();
    for (const [number, { organization, user }] of GIVEN.entries()) {
      const file = sessionFile(folder.path, user ?? undefined, organization ?? undefined);
      const owner = { user: user ?? "asked", organization: organization ?? "asked.okta.com" };
      await writeKept({ file, content: formatSession({ id: `102${number}`, expiresAt, _links: {} }, owner), platform: "linux" });
    }
    expect(readAsOriginal(folder.path, NOW, GIVEN.slice(2)).map(({ session }) => session)).toEqual(
      GIVEN.slice(2).map(({ organization, user }, index) => ({
        id: `102${index + 2}`,
        expiresAt,
        user: user ?? "asked",
        organization: organization ?? "asked.okta.com",
      })),
    );
  });

  test("prints what the program printed, and uses its session, a refreshed one too", async ({ enter }) => {
    const { home, run, sandbox } = await enter("no-mfa", { tls: true });
    const given = { organization: sandbox.organization, user: "jdoe", key: null };
    for (const line of [`authenticate --role ${DEVELOPER}`, `authenticate --role ${DEVELOPER} --no-aws-cache`]) {
      const { stdout } = await run(line);
      const session = { id: expect.any(String), expiresAt: expect.stringMatching(/Z$/), user: "jdoe", organization: sandbox.organization };
      expect(readAsOriginal(home, new Date(), [given])).toEqual([{ credentials: stdout, session }]);
    }
  });
});

function credentialsOf(number: number, seconds = 3600): KeptCredentials {
  const expiration = new Date(NOW.getTime() + seconds * 1000).toISOString().replace(".000", "");
  return {
    credentials: {
      accessKeyId: `ASIA${number}`,
      secretAccessKey: `s/${number}+=`,
      sessionToken: "tök\u007fen".repeat(number + 1),
      expiration,
    },
    assumedRole: { id: "AROA1:jdoe", arn: "arn:aws:sts::111122223333:assumed-role/Developer/jdoe" },
    application: "https://acme.okta.com/home/amazon_aws/0oa1/272",
  };
}
