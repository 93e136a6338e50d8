/** What npm, and yarn beside it, must not do for a plugin, whatever the person's settings say. */
const SETTINGS = {
  // Nothing of a package runs before it is chosen.
  ignore_scripts: "true",
  // npm would install the peers of a plugin, and the program itself is often one.
  legacy_peer_deps: "true",
  // A folder is installed as what it would be packed to, not as a link to it.
  install_links: "true",
} as const;

/** Sets them in an environment, in place of what is there under any spelling that npm reads. @see https://docs.npmjs.com/cli/using-npm/config */
export function restrainNpm(env: Record<string, string | undefined>): void {
  for (const name of Object.keys(env)) {
    const setting = /^(?:npm_config|yarn)_(.+)$/i.exec(name)?.[1]?.toLowerCase().replaceAll("-", "_");
    if (setting !== undefined && Object.hasOwn(SETTINGS, setting)) delete env[name];
  }
  for (const [name, value] of Object.entries(SETTINGS)) env[`npm_config_${name}`] = value;
  env["YARN_IGNORE_SCRIPTS"] = "true";
  // oclif would say at each of its commands for plugins which Node it wants; what works here is ours to say.
  env["OCLIF_DISABLE_ENGINE_WARNING"] ??= "true";
}
