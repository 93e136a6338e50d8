// The modules `virtual:bundled-shells` and `virtual:bundled-formats`: what travels with the host, by name. They are written here from the
// workspaces' package.json, so that no source has to know a shell or a format; the bundle and the tests read the same.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { OPTIONS } from "../../dist/options/table.js";
import { bundled, root } from "../workspaces.js";

const sources = {
  "virtual:bundled-shells": async () => moduleOf("findShell", "shell", claimsOf("shells")),
  "virtual:bundled-formats": async () => moduleOf("findFormat", "format", await withCredentials(claimsOf("formats"))),
};

/** @returns the code of a virtual module, or undefined where there is none of that name */
export async function bundledModule(id) {
  return sources[id]?.();
}

/** Every module that travels with the host and may answer from the cache, once, and the file beside run.cjs that it is built into. */
export async function warmModules() {
  const claims = [...claimsOf("shells"), ...(await withCredentials(claimsOf("formats")))];
  const files = [...new Set(claims.map(({ file }) => file))].filter((file) => file !== fileOfDefault());
  return files.map((file) => ({ file, output: outputOf(file) }));
}

/** For esbuild: what is not the default stands in files of its own, and is required when it is asked for. */
export const bundledModules = (root) => ({
  name: "bundled-modules",
  setup(build) {
    build.onResolve({ filter: /^virtual:/ }, ({ path: id }) => ({ path: id, namespace: "bundled-modules" }));
    build.onResolve({ filter: /^\.\/(?:warm|program)\// }, ({ path: id }) => ({ path: id, external: true }));
    build.onLoad({ filter: /.*/, namespace: "bundled-modules" }, async ({ path: id }) => ({
      contents: id === "virtual:bundled-shells" ? lazily("findShell", "shell", claimsOf("shells")) : await lazyFormats(),
      resolveDir: root,
    }));
  },
});

const lazyFormats = async () => lazily("findFormat", "format", await withCredentials(claimsOf("formats")));

function lazily(exported, member, claims) {
  const isDefault = ({ file }) => file === fileOfDefault();
  const others = Object.fromEntries(
    claims.filter((claim) => !isDefault(claim)).map(({ name, file }) => [name, `./warm/${outputOf(file)}`]),
  );
  const all = claims.filter(isDefault).map(({ name, file }) => ({
    line: `import { ${member} as standard } from ${JSON.stringify(file)};`,
    choice: `name === ${JSON.stringify(name)} ? standard : `,
  }));
  return `${all.map(({ line }) => line).join("\n")}
    const files = ${JSON.stringify(others)};
    const load = (name) => Object.hasOwn(files, name) ? require(files[name]).${member} : undefined;
    export const ${exported} = (name) => ${all.map(({ choice }) => choice).join("")}load(name);`;
}

/** Of the format that is printed where nothing else is asked for: a value of the option table. */
function fileOfDefault() {
  const name = OPTIONS.find((row) => row.name === "output")?.default;
  return claimsOf("formats").find((claim) => claim.name === name)?.file;
}

/** `plugins/shell-fish/dist/fish.js` -> `shell-fish-fish.cjs` */
function outputOf(file) {
  const [folder, , module] = path.relative(path.join(root, "plugins"), file).split(path.sep);
  return `${folder}-${module.replace(/\.js$/, ".cjs")}`;
}

/** `{ name, file }` of every module of a kind, by name; bundled packages may not claim one name twice. */
function claimsOf(kind) {
  const claims = bundled.flatMap(({ dir, json }) =>
    Object.entries(json.awsOktaProcessor?.[kind] ?? {}).map(([name, file]) => ({ name, file: path.join(dir, file) })),
  );
  const twice = claims.find(({ name }, index) => claims.findIndex((other) => other.name === name) !== index);
  if (twice !== undefined) throw new Error(`two bundled packages offer "${twice.name}" among their ${kind}`);
  return claims.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function withCredentials(claims) {
  const loaded = await Promise.all(claims.map(async (claim) => ({ claim, code: await import(pathToFileURL(claim.file).href) })));
  return loaded.filter(({ code }) => code.format?.credentials !== undefined).map(({ claim }) => claim);
}

function moduleOf(exported, member, claims) {
  const imports = claims.map(({ file }, index) => `import { ${member} as m${index} } from ${JSON.stringify(file)};`);
  const entries = claims.map(({ name }, index) => `${JSON.stringify(name)}: m${index}`);
  const find = `export const ${exported} = (name) => Object.hasOwn(all, name) ? all[name] : undefined;`;
  return [...imports, `const all = { ${entries.join(", ")} };`, find].join("\n");
}
