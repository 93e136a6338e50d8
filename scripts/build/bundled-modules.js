// The modules `virtual:bundled-shells` and `virtual:bundled-formats`: what travels with the host, by name. They are written here from the
// workspaces' package.json, so that no source has to know a shell or a format; the bundle and the tests read the same.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { bundled } from "../workspaces.js";

const sources = {
  "virtual:bundled-shells": async () => moduleOf("shells", "shell", claimsOf("shells")),
  "virtual:bundled-formats": async () => moduleOf("formats", "format", await withCredentials(claimsOf("formats"))),
};

/** @returns the code of a virtual module, or undefined where there is none of that name */
export async function bundledModule(id) {
  return sources[id]?.();
}

/** For esbuild. */
export const bundledModules = (root) => ({
  name: "bundled-modules",
  setup(build) {
    build.onResolve({ filter: /^virtual:/ }, ({ path: id }) => ({ path: id, namespace: "bundled-modules" }));
    build.onLoad({ filter: /.*/, namespace: "bundled-modules" }, async ({ path: id }) => ({
      contents: await bundledModule(id),
      resolveDir: root,
    }));
  },
});

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
  return [...imports, `export const ${exported} = { ${entries.join(", ")} };`].join("\n");
}
