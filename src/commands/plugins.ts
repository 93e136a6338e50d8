import { string } from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import { boolean } from "@oclif/core/flags";

/** Most runs of this program are not about plugins. */
const work = () => import("./plugins-work.ts");

const required = { required: true, ignoreStdin: true } as const;
const json = boolean({ description: "as JSON" });

export class Plugins extends Command {
  static override summary = "list the plugins that you installed or linked";
  static override flags = { json };

  async run(): Promise<void> {
    const { flags } = await this.parse(Plugins);
    (await import("./plugins-list.ts")).listPlugins(this.config, flags.json);
  }
}

export class PluginsInspect extends Command {
  static override summary = "show what an installed plugin is, where it came from and what it brought along";
  static override args = { plugin: string({ description: "its name", ...required }) };
  static override flags = { json };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PluginsInspect);
    (await import("./plugins-list.ts")).inspectPlugin(this.config, args.plugin, flags.json);
  }
}

export class PluginsInstall extends Command {
  static override aliases = ["plugins:add"];
  static override summary = "install factors, formats and shells";
  static override description =
    "Takes names of a registry, tarballs, folders and addresses of git repositories. Each is looked at before it is installed; scripts of packages do not run.";
  static override examples = [
    "<%= config.bin %> plugins install NAME",
    "<%= config.bin %> plugins install ./acme-factor-1.0.0.tgz",
    "<%= config.bin %> plugins install git+https://git.example.com/acme-factor.git",
  ];
  static override strict = false;
  static override args = { plugin: string({ description: "name, tarball, folder or address", ...required }) };
  static override flags = { force: boolean({ char: "f", description: "get it anew though npm has a copy" }) };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(PluginsInstall);
    await (await work()).install(this.config, argv.map(String), flags.force);
  }
}

export class PluginsLink extends Command {
  static override summary = "use a plugin from the folder in which you work on it";
  static override description = "A linked plugin replaces any other, those that come with the program too.";
  static override args = { path: string({ description: "its folder", default: ".", ignoreStdin: true }) };
  static override flags = {
    install: boolean({ allowNo: true, default: true, description: "install its dependencies, where it has a lock file" }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PluginsLink);
    await (await work()).link(this.config, args.path, flags.install);
  }
}

export class PluginsUpdate extends Command {
  static override summary = "update what is installed";
  async run(): Promise<void> {
    await this.parse(PluginsUpdate);
    await (await work()).update(this.config);
  }
}

export class PluginsUninstall extends Command {
  static override aliases = ["plugins:unlink", "plugins:remove"];
  static override summary = "remove plugins";
  static override strict = false;
  static override args = { plugin: string({ description: "its name", ...required }) };
  async run(): Promise<void> {
    const { argv } = await this.parse(PluginsUninstall);
    await (await work()).uninstall(this.config, argv.map(String));
  }
}

export class PluginsReset extends Command {
  static override summary = "remove all plugins that you installed or linked";
  static override flags = { hard: boolean({ description: "remove the folder's files too" }) };

  async run(): Promise<void> {
    const { flags } = await this.parse(PluginsReset);
    await (await work()).reset(this.config, flags.hard);
  }
}
