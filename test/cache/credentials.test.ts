import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  credentialFiles,
  formatCredentials,
  type KeptCredentials,
  readCredentials,
  type WantedCredentials,
} from "../../src/cache/credentials.ts";
import { useFolder } from "../support/folder.ts";

const now = new Date("2030-01-01T00:00:00Z");
const role = "arn:aws:iam::111122223333:role/Developer";
const other = "arn:aws:iam::111122223333:role/Administrator";
const application = "https://acme.okta.com/home/amazon_aws/0oa1/272";

const wanted: WantedCredentials = {
  organization: "acme.okta.com",
  user: "jdoe",
  key: null,
  application: null,
  role: null,
  secondaryRole: null,
  accountAlias: null,
  partition: null,
  durationSeconds: 3600,
  encrypted: false,
};

function keptOf(roleName: string, secondsLeft = 3600, accessKeyId = "ASIAONE"): KeptCredentials {
  return {
    credentials: { accessKeyId, secretAccessKey: "secret", sessionToken: "token", expiration: expirationIn(secondsLeft) },
    assumedRole: { id: "AROA:jdoe", arn: `arn:aws:sts::111122223333:assumed-role/${roleName}/jdoe` },
    application,
  };
}

function expirationIn(seconds: number): string {
  return new Date(now.getTime() + seconds * 1000).toISOString().replace(".000", "");
}

/** As Python's json.dumps leaves it: no mark of ours. */
function originalOf({ credentials, assumedRole }: KeptCredentials): string {
  return JSON.stringify({
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: credentials.expiration,
    },
    AssumedRoleUser: { AssumedRoleId: assumedRole?.id, Arn: assumedRole?.arn },
    ResponseMetadata: { RequestId: "1", HTTPStatusCode: 200, RetryAttempts: 0 },
  });
}

/** What is read for `want`, from a home that holds these files for it. */
function read(want: WantedCredentials, files: { readonly own?: string; readonly shared?: string }): KeptCredentials | undefined {
  const folder = useFolder();
  const places = credentialFiles(folder.path, want);
  if (files.own !== undefined) folder.write(places.own.slice(folder.path.length), files.own);
  if (files.shared !== undefined) folder.write(places.shared.slice(folder.path.length), files.shared);
  return readCredentials(folder.path, want, now);
}

const ownOf = (kept: KeptCredentials) => formatCredentials(kept, { ...wanted, role });

describe("an entry of ours", () => {
  test("is read as it was written", () => {
    const kept = keptOf("Developer");
    expect(read({ ...wanted, role }, { own: formatCredentials(kept, { ...wanted, role }) })).toEqual(kept);
  });

  test("answers what it was written for and nothing else, whatever its name", () => {
    const own = formatCredentials(keptOf("Developer"), { ...wanted, role });
    const unmarked = originalOf(keptOf("Developer"));
    expect([{ ...wanted, role: other }, wanted].map((want) => read(want, { own }))).toEqual([undefined, undefined]);
    expect(read({ ...wanted, role }, { own: unmarked })).toBe(undefined);
  });

  test("is asked before the original's", () => {
    const files = { own: ownOf(keptOf("Developer", 3600, "OWN")), shared: originalOf(keptOf("Developer", 3600, "SHARED")) };
    expect(read({ ...wanted, role }, files)?.credentials.accessKeyId).toBe("OWN");
  });

  test("that has ended leaves the answer to the original's", () => {
    const files = { own: ownOf(keptOf("Developer", 60, "OWN")), shared: originalOf(keptOf("Developer", 3600, "SHARED")) };
    expect(read({ ...wanted, role }, files)?.credentials.accessKeyId).toBe("SHARED");
  });

  test.each((Object.keys(wanted) as (keyof WantedCredentials)[]).filter((name) => name !== "encrypted"))(
    "is another one when %s differs",
    (name) => {
      const own = (value: string | number | null) => credentialFiles("/home", { ...wanted, [name]: value }).own;
      const names = name === "durationSeconds" ? [own(900), own(901)] : [own(null), own(""), own("a"), own("b")];
      expect(new Set(names).size).toBe(names.length);
    },
  );

  test("does not depend on the order in which things are wanted", () => {
    const reversed = Object.fromEntries(Object.entries({ ...wanted, role }).reverse()) as unknown as WantedCredentials;
    expect(credentialFiles("/home", reversed)).toEqual(credentialFiles("/home", { ...wanted, role }));
  });

  test("is in the original's shape, with our mark last", () => {
    expect(formatCredentials(keptOf("Developer"), { ...wanted, role })).toBe(
      '{"Credentials":{"AccessKeyId":"ASIAONE","SecretAccessKey":"secret","SessionToken":"token","Expiration":"2030-01-01T01:00:00Z"},' +
        '"AssumedRoleUser":{"AssumedRoleId":"AROA:jdoe","Arn":"arn:aws:sts::111122223333:assumed-role/Developer/jdoe"},' +
        `"aws-okta-processor":{"version":1,"application":"${application}",` +
        `"answers":"[\\"acme.okta.com\\",\\"jdoe\\",null,null,\\"${role}\\",null,null,null,3600]"}}`,
    );
  });
});

test.each([
  [601, true],
  [600, true],
  [599, false],
  [0, false],
  [-3600, false],
])("with %i s left, credentials are served: %s", (seconds, served) => {
  const content = formatCredentials(keptOf("Developer", seconds), wanted);
  expect([read(wanted, { own: content }) !== undefined, read(wanted, { shared: content }) !== undefined]).toEqual([served, served]);
});

describe("the original's file", () => {
  const content = originalOf(keptOf("Developer"));

  test("is where the original looks for it, whatever the role", () => {
    const { shared } = credentialFiles("/home/jdoe", { ...wanted, organization: "mycompany.okta.com", role, durationSeconds: 900 });
    expect(shared).toBe("/home/jdoe/.aws/boto/cache/1c8011f40ddc05bef75d7978fa0ccee127668455.json");
  });

  test("answers as the original would where no role is named", () => {
    expect(read(wanted, { shared: content })?.credentials).toEqual(keptOf("Developer").credentials);
  });

  test.each([
    ["the role", { role }, true],
    ["the role with a path", { role: "arn:aws:iam::111122223333:role/teams/data/Developer" }, true],
    ["another role", { role: other }, false],
    ["the role in another account", { role: "arn:aws:iam::444455556666:role/Developer" }, false],
    ["the role in another partition", { role: "arn:aws-cn:iam::111122223333:role/Developer" }, false],
    ["a longer name", { role: `${role}s` }, false],
    ["a shorter name", { role: role.slice(0, -1) }, false],
    ["no ARN", { role: "Developer" }, false],
    ["the role as the secondary one", { role: other, secondaryRole: role }, true],
    ["another secondary role", { role, secondaryRole: other }, false],
    ["the role as the secondary one alone", { secondaryRole: role }, true],
    ["a filter of accounts and no role", { accountAlias: "*" }, false],
    ["a filter of accounts and the role", { accountAlias: "*", role }, true],
  ])("of a role answers for %s: %s", (_, want, served) => {
    expect(read({ ...wanted, ...want }, { shared: content }) !== undefined).toBe(served);
  });

  test("without a mark may be of any application, and with ours only of that one", () => {
    const want = { ...wanted, application };
    const marked = formatCredentials(keptOf("Developer"), want);
    const foreign = formatCredentials({ ...keptOf("Developer"), application: "https://acme.okta.com/home/amazon_aws/0oa2/272" }, want);
    expect([content, marked, foreign].map((shared) => read(want, { shared }) !== undefined)).toEqual([true, true, false]);
  });

  test("that does not say whose role it is proves nothing of a named one", () => {
    const { AssumedRoleUser: _, ...rest } = JSON.parse(content) as Record<string, unknown>;
    const shared = JSON.stringify(rest);
    expect([read({ ...wanted, role }, { shared }), read(wanted, { shared })?.assumedRole]).toEqual([undefined, undefined]);
  });

  test("of a role never answers for another one, whatever the names", () => {
    const name = fc
      .string({ unit: fc.constantFrom("a", "b", "/", "-", "."), minLength: 1, maxLength: 4 })
      .filter((text) => !/^\/|\/$|\/\//.test(text));
    fc.assert(
      fc.property(name, name, (assumed, named) => {
        const last = (path: string) => path.split("/").at(-1);
        const shared = originalOf(keptOf(last(assumed) ?? ""));
        const served = read({ ...wanted, role: `arn:aws:iam::111122223333:role/${named}` }, { shared }) !== undefined;
        expect(served).toBe(last(assumed) === last(named));
      }),
      { numRuns: 60 },
    );
  });
});

function readOf(expiration: string): KeptCredentials | undefined {
  const kept = keptOf("Developer");
  return read(wanted, { own: formatCredentials({ ...kept, credentials: { ...kept.credentials, expiration } }, wanted) });
}

describe("a file that is not whole", () => {
  test("is a miss wherever it is torn", () => {
    const whole = formatCredentials(keptOf("Developer"), wanted);
    const folder = useFolder();
    const { own } = credentialFiles(folder.path, wanted);
    for (let length = 0; length < whole.length; length++) {
      folder.write(own.slice(folder.path.length), whole.slice(0, length));
      expect(readCredentials(folder.path, wanted, now)).toBe(undefined);
    }
    folder.write(own.slice(folder.path.length), whole);
    expect(readCredentials(folder.path, wanted, now)).toEqual(keptOf("Developer"));
  });

  test.each(["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"])("without %s, or with a strange one, is a miss", (field) => {
    const json = JSON.parse(originalOf(keptOf("Developer"))) as { readonly Credentials: Record<string, unknown> };
    const contents = [undefined, null, "", 1, {}, ["x"]].map((value) =>
      JSON.stringify({ ...json, Credentials: { ...json.Credentials, [field]: value } }),
    );
    expect(contents.map((shared) => read(wanted, { shared }))).toEqual(contents.map(() => undefined));
  });

  test("torn of ours does not hide the original's", () => {
    expect(read({ ...wanted, role }, { own: '{"Credentials"', shared: originalOf(keptOf("Developer")) })).not.toBe(undefined);
  });

  test("whose day its month has not ends on the day that is meant", () => {
    const expirations = ["2030-02-30T10:00:00Z", "2030-02-28T24:00:00Z", "2030-03-01T10:00:00+00:00", "2030-03-01T10:00:00.5Z"];
    const read = expirations.map((expiration) => readOf(expiration)?.credentials.expiration);
    expect(read).toEqual(["2030-03-02T10:00:00Z", "2030-03-01T00:00:00Z", "2030-03-01T10:00:00Z", "2030-03-01T10:00:00Z"]);
  });

  test.each(["soon", "2030-13-01T00:00:00Z", "99999999999999999999"])("with the expiration %j is a miss", (expiration) => {
    expect(readOf(expiration)).toBe(undefined);
  });
});
