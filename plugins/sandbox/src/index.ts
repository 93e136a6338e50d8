export type { Call, ServerName } from "./call.ts";
export { totpCode } from "./okta/totp.ts";
export { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox.ts";
export type * from "./scenario.ts";
export { scenarios } from "./scenarios/index.ts";
