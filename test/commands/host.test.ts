import type { Config } from "@oclif/core/interfaces";
import { expect, test } from "vitest";
import { withHost, worldOf } from "../../src/commands/host.ts";
import { failureOf } from "../support/failure.ts";
import { optionsFrom } from "../support/options.ts";
import { reply, useServer } from "../support/server.ts";
import { createWorld } from "../support/world.ts";

const configOf = (world?: object): Config =>
  ({ name: "aws-okta-processor", version: "1.2.3", pjson: {}, plugins: new Map(), options: { world } }) as unknown as Config;

test("a command gets the world that main gave to oclif", () => {
  const world = createWorld();
  expect(worldOf(configOf(world))).toBe(world);
});

test("a command without a world is a bug", async () => {
  expect((await failureOf(() => worldOf(configOf()))).code).toBe("BUG");
});

test("what goes out bears the program's name and version", async () => {
  const server = await useServer(reply(404));
  const world = createWorld();
  const options = optionsFrom({ organization: server.origin, user: "jdoe", pass: "x" });
  await failureOf(() => withHost(configOf(world), options, ({ line }) => line.openSession(options)));
  expect(server.seen.map(({ headers }) => headers["user-agent"])).toEqual(["aws-okta-processor/1.2.3"]);
});

test("what a command returns or throws comes out", async () => {
  const config = configOf(createWorld());
  expect(await withHost(config, optionsFrom(), async () => "x")).toBe("x");
  await expect(withHost(config, optionsFrom(), () => Promise.reject(new Error("no")))).rejects.toThrow("no");
});
