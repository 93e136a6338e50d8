import Authenticate from "./authenticate.ts";
import Completion from "./completion.ts";
import ConfigShow from "./config-show.ts";
import Doctor from "./doctor.ts";
import Extensions from "./extensions.ts";
import GetRoles from "./get-roles.ts";
import Logout from "./logout.ts";
import { PasswordForget, PasswordStore } from "./password.ts";
import { Plugins, PluginsInspect, PluginsInstall, PluginsLink, PluginsReset, PluginsUninstall, PluginsUpdate } from "./plugins.ts";
import PluginsCreate from "./plugins-create.ts";

/** What oclif reads: package.json names this file and this export. */
export const COMMANDS = {
  authenticate: Authenticate,
  completion: Completion,
  "config:show": ConfigShow,
  doctor: Doctor,
  extensions: Extensions,
  "get-roles": GetRoles,
  logout: Logout,
  "password:forget": PasswordForget,
  "password:store": PasswordStore,
  plugins: Plugins,
  "plugins:create": PluginsCreate,
  "plugins:inspect": PluginsInspect,
  "plugins:install": PluginsInstall,
  "plugins:link": PluginsLink,
  "plugins:reset": PluginsReset,
  "plugins:uninstall": PluginsUninstall,
  "plugins:update": PluginsUpdate,
};
