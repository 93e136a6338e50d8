/** Provided at build time from the bundled workspaces' package.json: scripts/build.js. */
declare module "virtual:bundled-shells" {
  import type { Shell } from "@aws-okta-processor/contract";
  export const shells: Readonly<Record<string, Shell>>;
}
declare module "virtual:bundled-formats" {
  import type { Format } from "@aws-okta-processor/contract";
  export const formats: Readonly<Record<string, Format>>;
}
