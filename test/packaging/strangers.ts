/** A package of somebody else: its files by their names. */
export type Package = Readonly<Record<string, string>>;

/** What a test changes in a package.json. */
type Change = Readonly<Record<string, unknown>>;

/** An ES module: a format, a table for a wiki. */
export function markdownPackage(change: Change = {}): Package {
  return {
    "package.json": packageJson({ name: "aop-markdown", type: "module", offers: { formats: { markdown: "./markdown.js" } } }, change),
    "markdown.js": `
      export const format = {
        roles: function* ({ accounts }) {
          yield "| Account | Role |\\n|---|---|\\n";
          for (const { name, roles } of accounts) for (const { arn } of roles) yield "| " + name + " | " + arn + " |\\n";
        },
      };
    `,
  };
}

/** A CommonJS module: a shell, the Bourne shell of old, whose `export` takes names alone. */
export function bournePackage(change: Change = {}): Package {
  return {
    "package.json": packageJson({ name: "aop-bourne", type: "commonjs", offers: { shells: { bourne: "./lib/bourne.js" } } }, change),
    "lib/bourne.js": `
      const quote = (value) => "'" + value.replaceAll("'", "'\\\\''") + "'";
      exports.shell = {
        render: (variables) => Object.entries(variables).map(([name, value]) => name + "=" + quote(value) + "; export " + name).join("\\n"),
        unset: (names) => "unset " + names.join(" "),
        evaluate: 'eval "$(…)"',
      };
    `,
  };
}

/** TypeScript that its author compiles with the types of the contract: a factor that no bundled package answers. */
export function tokenPackage(change: Change = {}): Package {
  return {
    "package.json": packageJson({ name: "aop-token", type: "module", offers: { factors: { "token:acme": "./dist/token.js" } } }, change),
    "tsconfig.json": `{ "compilerOptions": { "strict": true, "module": "nodenext", "target": "es2023", "rootDir": "src", "outDir": "dist" } }`,
    "src/token.ts": `
      import type { Factor } from "@aws-okta-processor/contract";

      export const factor: Factor = {
        describe: () => "Acme token",
        respond: async (state, host) => {
          if (state.kind !== "required") return { do: "give-up", reason: "the token's code was not taken" };
          return { do: "send", fields: { passCode: await host.ask({ purpose: "code", message: "Code of the token", secret: false }) } };
        },
      };
    `,
  };
}

interface Described {
  readonly name: string;
  readonly type: "module" | "commonjs";
  readonly offers: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

function packageJson({ name, type, offers }: Described, change: Change): string {
  return JSON.stringify({ name, version: "1.0.0", type, oclif: {}, awsOktaProcessor: { contract: 1, ...offers }, ...change });
}
