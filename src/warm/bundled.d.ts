/** Provided at build time from the bundled workspaces' package.json: scripts/build.js. */
declare module "virtual:bundled-shells" {
  import type { Shell } from "@aws-okta-processor/contract";
  export function findShell(name: string): Shell | undefined;
}
declare module "virtual:bundled-formats" {
  import type { Format } from "@aws-okta-processor/contract";
  export function findFormat(name: string): Format | undefined;
}
