/** What npm, and yarn beside it, must do and must not do for a plugin, whatever settings the person or a package has. */
const SETTINGS = {
  // Nothing of a package runs before it is chosen: no script of its own, no program of another package in place of git.
  ignore_scripts: "true",
  bin_links: "false",
  // A git repository is prepared with the settings of its own .npmrc, which then sets no options of Node.
  node_options: "--no-deprecation",
  // npm would install the peers of a plugin, and the program itself is often one.
  legacy_peer_deps: "true",
  // A folder is installed as what it would be packed to, not as a link to it.
  install_links: "true",
  // It is known afterwards what was installed, and where.
  global: "false",
  dry_run: "false",
  save: "true",
  package_lock: "true",
  package_lock_only: "false",
  json: "false",
  workspaces: "false",
  // A registry that is not there is told soon.
  fetch_retry_mintimeout: "500",
  fetch_retry_maxtimeout: "4000",
  update_notifier: "false",
} as const;

/**
 * Sets them in an environment, in place of what is there under any spelling that npm reads; npm heeds it before any file.
 *
 * @param git the program, by its whole path: what a package calls git is not it
 * @see https://docs.npmjs.com/cli/using-npm/config
 */
export function restrainNpm(env: Record<string, string | undefined>, git: string | undefined): void {
  const settings: Readonly<Record<string, string>> = git === undefined ? SETTINGS : { ...SETTINGS, git };
  for (const name of Object.keys(env)) {
    const setting = /^(?:npm_config|yarn)_(.+)$/i.exec(name)?.[1]?.toLowerCase().replaceAll("-", "_");
    if (setting !== undefined && (Object.hasOwn(settings, setting) || ["include", "location", "production"].includes(setting)))
      delete env[name];
  }
  for (const [name, value] of Object.entries(settings)) env[`npm_config_${name}`] = value;
  env["YARN_IGNORE_SCRIPTS"] = "true";
  env["YARN_IGNORE_PATH"] = "1";
  // oclif would say at each of its commands for plugins which Node it wants; what works here is ours to say.
  env["OCLIF_DISABLE_ENGINE_WARNING"] ??= "true";
}
