import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { type Place, test } from "../support/sandbox-home.ts";
import { markdownPackage } from "./strangers.ts";
import { openWorkshop, type Workshop } from "./workshop.ts";

const HOST = { "aws-okta-processor": ">=0.1.0" };

let workshop: Workshop;

beforeAll(async () => {
  workshop = await openWorkshop();
  await workshop.publish({ "package.json": JSON.stringify({ name: "aws-okta-processor", version: "0.1.0" }) });
  await workshop.publish(markdownPackage({ name: "aop-peer", peerDependencies: HOST }));
  await workshop.publish(markdownPackage({ name: "aop-dependent", dependencies: HOST }));
  await workshop.publish(markdownPackage({ name: "aop-optional", optionalDependencies: HOST }));
  await workshop.publish(markdownPackage({ name: "aop-alias", dependencies: { other: "npm:aws-okta-processor@0.1.0" } }));
  await workshop.publish(markdownPackage({ name: "aop-indirect", dependencies: { "aop-dependent": "1.0.0" } }));
});

afterAll(() => workshop.close());

const people: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["somebody", {}],
  ["somebody who wants peers", { npm_config_legacy_peer_deps: "false", NPM_CONFIG_LEGACY_PEER_DEPS: "false" }],
];

test.for(people)("a package whose peer is the host comes without a second one as %s installs it", async ([, env], { enter }) => {
  const place = await enter();
  const installed = await place.run("plugins install aop-peer", { ...workshop.registry.env, ...env });
  expect(installed).toMatchObject({ stderr: expect.stringContaining("installed v1.0.0"), exitCode: 0 });
  expect(hasSecondHost(place)).toBe(false);
});

test.for(["aop-dependent", "aop-optional", "aop-alias", "aop-indirect"])(
  "a package that brings a second host is refused: %s",
  async (name, { enter }) => {
    const place = await enter();
    const { stderr, exitCode } = await place.run(`plugins install ${name}`, workshop.registry.env);
    expect(stderr).toContain(`aws-okta-processor: ${name} brings a second aws-okta-processor along\n`);
    expect(hasSecondHost(place)).toBe(false);
    expect((await place.run("plugins")).stdout).toBe("no plugins are installed\n");
    expect(exitCode).toBe(2);
  },
);

test("an update that brings a second host does not", async ({ enter }) => {
  const place = await enter();
  await workshop.publish(markdownPackage({ name: "aop-changed" }));
  await place.run("plugins install aop-changed", workshop.registry.env);
  await workshop.publish(markdownPackage({ name: "aop-changed", version: "1.1.0", dependencies: HOST }));
  expect(await place.run("plugins update", workshop.registry.env)).toMatchObject({ exitCode: 2 });
  expect(hasSecondHost(place)).toBe(false);
  expect((await place.run("plugins")).stdout).toBe("aop-changed 1.0.0\n");
});

function hasSecondHost({ home }: Place): boolean {
  return existsSync(path.join(home, ".local/share/aws-okta-processor/node_modules/aws-okta-processor"));
}
