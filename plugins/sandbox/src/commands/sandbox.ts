import { Command } from "@oclif/core/command";
import { boolean, integer, string } from "@oclif/core/flags";

export default class SandboxCommand extends Command {
  static override summary = "Run a local Okta org, AWS sign-in page and STS to try things on.";
  static override description =
    "It prints how to point this program and the AWS CLI at it, then each request as it comes. Ctrl-C stops it. Nothing in it is real.";
  static override examples = [
    "<%= config.bin %> sandbox",
    "<%= config.bin %> sandbox --scenario push-manual",
    "<%= config.bin %> sandbox --scenario ours.json --tls",
  ];

  static override flags = {
    scenario: string({
      helpValue: "NAME|FILE.json",
      description: "What is played: `default`, `push-manual`, `many-roles`…, or a JSON file; a name that does not exist lists them all.",
    }),
    port: integer({
      helpValue: "PORT",
      min: 0,
      max: 65_533,
      description: "Of the org; the sign-in page and STS take the two after it. Any free ones without it.",
    }),
    tls: boolean({ description: "Serve https, with an authority of its own whose file the printed lines name." }),
    latency: integer({ helpValue: "MS", min: 0, max: 60_000, description: "Hold every reply back so many milliseconds." }),
  };

  override async run(): Promise<void> {
    const { flags } = await this.parse(SandboxCommand);
    const { play } = await import("../console/play.ts");
    try {
      await play({ scenario: flags.scenario ?? "default", port: flags.port ?? 0, tls: flags.tls, latencyMs: flags.latency ?? 0 });
    } catch (error) {
      this.error(error instanceof Error ? error.message : String(error), { exit: 2 });
    }
  }
}
