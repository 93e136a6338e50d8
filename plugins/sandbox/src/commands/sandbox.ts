import { Command } from "@oclif/core/command";
import { boolean, string } from "@oclif/core/flags";

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
    port: string({
      helpValue: "PORT",
      description: "Of the org; the sign-in page, STS and Duo take the three after it. Any free ones without it.",
    }),
    tls: boolean({ description: "Serve https, with an authority of its own whose file the printed lines name." }),
    latency: string({ helpValue: "MS", description: "Hold every reply back so many milliseconds." }),
  };

  override async run(): Promise<void> {
    const { flags } = await this.parse(SandboxCommand);
    const { play } = await import("../console/play.ts");
    try {
      const port = readNumber("port", flags.port, 65_532);
      const latencyMs = readNumber("latency", flags.latency, 60_000);
      await play({ scenario: flags.scenario ?? "default", port, tls: flags.tls, latencyMs });
    } catch (error) {
      this.error(error instanceof Error ? error.message : String(error), { exit: 2 });
    }
  }
}

function readNumber(name: string, text: string | undefined, most: number): number {
  if (text === undefined) return 0;
  if (!/^\d{1,5}$/u.test(text) || Number(text) > most) throw new Error(`${name} must be 0 to ${most}, got "${text}"`);
  return Number(text);
}
