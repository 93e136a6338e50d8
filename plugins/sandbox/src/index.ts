export type { Call, ServerName } from "./call.ts";
export { type Clock, createClock } from "./clock.ts";
export { type Core, type CoreOptions, createCore, type WaitingPush } from "./core.ts";
export type { Reply, Request } from "./http/message.ts";
export { totpCode } from "./okta/totp.ts";
export { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox.ts";
export type * from "./scenario.ts";
export { scenarios } from "./scenarios/index.ts";
export { parseScenario } from "./scenarios/parse.ts";
