import SandboxCommand from "./sandbox.ts";

export const COMMANDS = { sandbox: SandboxCommand };
