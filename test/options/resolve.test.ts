import { mkdirSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CommandName } from "../../src/options/option-row.ts";
import { resolveOptions } from "../../src/options/resolve.ts";
import { failureOf } from "../support/failure.ts";
import { type Folder, useFolder } from "../support/folder.ts";
import { plain } from "../support/options.ts";

const NAME = ".awsoktaprocessor";

/** Flags, variables and the two dotfiles, and the options that come of them. */
interface Given {
  readonly command?: CommandName;
  readonly flags?: Readonly<Record<string, string | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly here?: string;
  readonly home?: string;
}

function resolve({ command = "authenticate", flags = {}, env = {}, here, home }: Given, folder: Folder = useFolder()) {
  for (const name of ["here", "home"]) mkdirSync(path.join(folder.path, name), { recursive: true });
  if (here !== undefined) folder.write(`here/${NAME}`, here);
  if (home !== undefined) folder.write(`home/${NAME}`, home);
  const outside = { env, platform: "linux", cwd: path.join(folder.path, "here"), home: path.join(folder.path, "home") };
  return resolveOptions(command, flags, outside);
}

describe("layers", () => {
  const here = "[authenticate]\nuser = here";

  test("a flag beats a variable, a variable a dotfile, a dotfile the default", () => {
    const env = { AWS_OKTA_USER: "variable" };
    expect([
      resolve({ flags: { user: "flag" }, env, here }).user,
      resolve({ env, here }).user,
      resolve({ here }).user,
      resolve({}).user,
    ]).toEqual(["flag", "variable", "here", undefined]);
  });

  test("an empty flag is as good as none", () => {
    expect([
      resolve({ flags: { user: "" }, env: { AWS_OKTA_USER: "variable" } }).user,
      resolve({ flags: { user: "" }, here }).user,
    ]).toEqual(["variable", "here"]);
  });

  test("an empty variable hides the dotfile and gives nothing", () => {
    expect(resolve({ env: { AWS_OKTA_USER: "", AWS_OKTA_DURATION: "" }, here: `${here}\nduration = 900` })).toMatchObject({
      user: undefined,
      durationSeconds: 3600,
    });
  });

  test("an empty value in a dotfile hides those behind it", () => {
    expect(resolve({ here: "[authenticate]\nuser =", home: "[authenticate]\nuser = home" }).user).toBe(undefined);
  });

  test("an empty key is a key, from a variable and from a dotfile", () => {
    const behind = "[authenticate]\nkey = behind";
    expect([resolve({ env: { AWS_OKTA_KEY: "" }, here: behind }).key, resolve({ here: "[authenticate]\nkey=", home: behind }).key]).toEqual(
      ["", ""],
    );
  });

  test("an empty flag for the key is as good as none", () => {
    expect(resolve({ flags: { key: "" }, env: { AWS_OKTA_KEY: "variable" } }).key).toBe("variable");
  });

  test("a switch that is off in a variable hides a dotfile where it is on", () => {
    expect(resolve({ env: { AWS_OKTA_SILENT: "0" }, here: "[authenticate]\nsilent = yes" }).silent).toBe(false);
  });
});

describe("dotfiles", () => {
  test("the working directory's beats home's within a section", () => {
    expect(resolve({ here: "[defaults]\nuser = here", home: "[defaults]\nuser = home\nrole = home" })).toMatchObject({
      user: "here",
      role: "home",
    });
  });

  test("the command's section beats [defaults], even home's the working directory's", () => {
    expect(resolve({ here: "[defaults]\nuser = here", home: "[authenticate]\nuser = home" }).user).toBe("home");
  });

  test("[DEFAULT] holds where no other section speaks", () => {
    const here = "[DEFAULT]\nuser = a\nrole = b\nkey = c\n[defaults]\nrole = d\n[authenticate]\nkey = e";
    expect(resolve({ here })).toMatchObject({ user: "a", role: "d", key: "e" });
  });

  test("get-roles reads its own section over [defaults], and not authenticate's", () => {
    const here =
      "[defaults]\nuser = a\norganization = acme.okta.com\n[get-roles]\nuser = b\n[authenticate]\nuser = c\norganization = other.okta.com";
    expect(plain(resolve({ command: "get-roles", here }))).toMatchObject({ user: "b", organization: "acme.okta.com" });
  });

  test("what the original's own tests expect of its two files holds", () => {
    const here = "[defaults]\npass=okta-pass1\n\n[authenticate]\nuser=okta-user1\noption1=unknown\n";
    const home = "[defaults]\nenvironment=yes\n\n[authenticate]\norganization=org1-from-home\nuser=user-from-home\n";
    expect(plain(resolve({ here, home }))).toMatchObject({
      environment: true,
      user: "okta-user1",
      pass: "okta-pass1",
      organization: "org1-from-home",
    });
  });

  test.each([
    ["secondary_role", "secondary-role"],
    ["SECONDARY-ROLE", "secondary-role"],
    ["secondary-role", "secondary-role"],
  ])("%s is the secondary role", (key) => {
    expect(resolve({ here: `[authenticate]\n${key} = arn:aws:iam::1:role/Two` }).secondaryRole).toBe("arn:aws:iam::1:role/Two");
  });

  test.each(["sign_in_url", "sign-in-url"])("%s is the sign-in page", (key) => {
    expect(resolve({ home: `[authenticate]\n${key} = https://proxy.acme.example/saml` }).signInUrl?.href).toBe(
      "https://proxy.acme.example/saml",
    );
  });

  test("without a home there is the working directory's", () => {
    const folder = useFolder({ [NAME]: "[defaults]\nuser = here" });
    expect(resolveOptions("authenticate", {}, { env: {}, platform: "linux", cwd: folder.path, home: undefined }).user).toBe("here");
  });

  test("one that is not readable as text is an error that names it", async () => {
    const folder = useFolder();
    mkdirSync(path.join(folder.path, "here", NAME), { recursive: true });
    expect(await failureOf(() => resolve({}, folder))).toEqual({
      name: "UsageError",
      code: "DOTFILE_UNREADABLE",
      message: `cannot read ${path.join(folder.path, "here", NAME)}: EISDIR`,
      hint: undefined,
    });
  });

  test("a line that cannot be read is an error, even where a flag gives everything", async () => {
    const folder = useFolder();
    expect(await failureOf(() => resolve({ flags: { user: "a" }, home: "[defaults]\nuser" }, folder))).toMatchObject({
      message: `${path.join(folder.path, "home", NAME)} line 2 is not readable`,
    });
  });
});

describe("a working directory that is a stranger's", () => {
  const strange = "[authenticate]\nsign-in-url = https://signin.aws.amazon.com.evil.example/saml";

  test("may not send the assertion outside AWS", async () => {
    const folder = useFolder();
    expect(await failureOf(() => resolve({ here: strange }, folder))).toEqual({
      name: "UsageError",
      code: "OPTION_FORBIDDEN",
      message: `sign-in-url may leave AWS only by a flag, a variable or your own dotfile (sign-in-url in [authenticate] of ${path.join(folder.path, "here", NAME)})`,
      hint: undefined,
    });
  });

  test("may not even send it to this machine", async () => {
    expect(await failureOf(() => resolve({ here: "[defaults]\nsign_in_url = http://127.0.0.1:8080/saml" }))).toMatchObject({
      code: "OPTION_FORBIDDEN",
    });
  });

  test("may choose among AWS's own sign-in hosts", () => {
    const here = "[authenticate]\nsign-in-url = https://signin.amazonaws-us-gov.com/saml";
    expect(resolve({ here }).signInUrl?.href).toBe("https://signin.amazonaws-us-gov.com/saml");
  });

  test("is overruled by a flag, a variable and one's own dotfile's stronger section", () => {
    const own = "https://proxy.acme.example/saml";
    const weak = strange.replace("authenticate", "defaults");
    const urls = [
      resolve({ flags: { "sign-in-url": own }, here: strange }),
      resolve({ env: { AWS_OKTA_SIGN_IN_URL: own }, here: strange }),
      resolve({ home: `[authenticate]\nsign-in-url = ${own}`, here: weak }),
    ].map(({ signInUrl }) => signInUrl?.href);
    expect(urls).toEqual([own, own, own]);
  });

  test("is one's own where it is home", () => {
    const folder = useFolder({ [NAME]: "[defaults]\nsign-in-url = https://proxy.acme.example/saml" });
    const { signInUrl } = resolveOptions("authenticate", {}, { env: {}, platform: "linux", cwd: folder.path, home: `${folder.path}/` });
    expect(signInUrl?.href).toBe("https://proxy.acme.example/saml");
  });
});

describe("where a value comes from", () => {
  test.each([
    ["a flag", { flags: { duration: "soon" } }, "--duration"],
    ["a variable", { env: { AWS_OKTA_DURATION: "soon" } }, "AWS_OKTA_DURATION"],
    ["a dotfile", { here: "[defaults]\nduration = soon" }, "duration in [defaults] of HERE"],
    ["home's dotfile", { home: "[authenticate]\nDuration: soon" }, "duration in [authenticate] of HOME"],
  ] satisfies readonly (readonly [string, Given, string])[])("is told of %s", async (_, given, from) => {
    const folder = useFolder();
    const where = from.replace("HERE", path.join(folder.path, "here", NAME)).replace("HOME", path.join(folder.path, "home", NAME));
    const { message } = await failureOf(() => resolve(given, folder));
    expect(message).toBe(`duration must be 900 to 43200 seconds, or a span such as 1h or 90m, got "soon" (${where})`);
  });

  test("is known of every option, for errors that come later", () => {
    const options = resolve({ flags: { role: "r" }, env: { AWS_OKTA_USER: "u" } });
    expect([options.from("role"), options.from("user"), options.from("duration"), options.from("factor")]).toEqual([
      "--role",
      "AWS_OKTA_USER",
      "default",
      "--factor",
    ]);
  });
});

describe("get-roles", () => {
  const nonsense = {
    duration: "soon",
    region: "no region",
    environment: "maybe",
    "no-aws-cache": "maybe",
    "secondary-role": "r",
    key: "k",
    "target-shell": "x",
  };

  test("does not mind what it ignores", () => {
    const variables = Object.entries(nonsense).map(([name, value]) => [`AWS_OKTA_${name.toUpperCase().replaceAll("-", "_")}`, value]);
    const lines = Object.entries(nonsense).map(([name, value]) => `${name} = ${value}`);
    const given = {
      flags: nonsense,
      env: Object.fromEntries(variables),
      here: `[defaults]\n${lines.join("\n")}`,
    };
    expect(plain(resolve({ command: "get-roles", ...given }))).toEqual(plain(resolve({ command: "get-roles" })));
  });

  test("heeds what says which roles are listed, from every layer", () => {
    const wanted = { role: "Dev*", accountAlias: "acme-*", signInUrl: "https://signin.amazonaws-us-gov.com/saml", allApplications: true };
    const flags = { role: "Dev*", "account-alias": "acme-*", "sign-in-url": wanted.signInUrl, "all-applications": true };
    const variables = Object.entries(flags).map(([name, value]) => [`AWS_OKTA_${name.toUpperCase().replaceAll("-", "_")}`, String(value)]);
    const here = `[get-roles]\n${Object.entries(flags)
      .map(([name, value]) => `${name} = ${value}\n`)
      .join("")}`;
    for (const given of [{ flags }, { env: Object.fromEntries(variables) }, { here }])
      expect(plain(resolve({ command: "get-roles", ...given }))).toMatchObject(wanted);
  });

  test("has AWS_OKTA_OUTPUT for itself", () => {
    const env = { AWS_OKTA_OUTPUT: "profiles", AWS_OKTA_OUTPUT_FORMAT: "{role}" };
    expect([resolve({ command: "get-roles", env }), resolve({ env })].map(({ output, outputFormat }) => [output, outputFormat])).toEqual([
      ["profiles", "{role}"],
      ["json", "{account},{role}"],
    ]);
  });

  test("takes its delimiter from the variable of the original", () => {
    expect(resolve({ command: "get-roles", env: { AWS_OKTA_ROLE_SUFFIX_DELIMITER: "_" } }).roleSuffixDelimiter).toBe("_");
  });
});

test("whatever is wrong with the other options, no error shows the password", async () => {
  const texts = fc.constantFrom("", "1", "soon", "http://x", "https://a:b@c", "\u001b[2J", "%(pass)s", "[x]\nhunter2");
  const names = fc.constantFrom("organization", "duration", "region", "application", "sign-in-url", "environment", "silent");
  const folder = useFolder();
  await fc.assert(
    fc.asyncProperty(names, texts, fc.constantFrom("flag", "variable", "dotfile"), async (name, text, where) => {
      const pass = "hunter2 hunter2";
      const given: Given = {
        flag: { flags: { pass, [name]: text } },
        variable: { env: { AWS_OKTA_PASS: pass, [`AWS_OKTA_${name.toUpperCase().replaceAll("-", "_")}`]: text } },
        dotfile: { here: `[defaults]\npass = ${pass}\n${name} = ${text}` },
      }[where];
      const shown = failureOf(() => resolve({ here: "", ...given }, folder)).then(
        ({ message, hint }) => `${message} ${hint ?? ""}`,
        String,
      );
      expect(await shown).not.toContain(pass);
    }),
  );
});
