import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { bundledModule } from "./scripts/build/bundled-modules.js";

/** What esbuild writes into dist/warm.cjs, for tests that import src/warm itself. */
const bundledModules = {
  name: "bundled-modules",
  resolveId: (id) => (id.startsWith("virtual:") ? `\0${id}` : undefined),
  load: (id) => (id.startsWith("\0virtual:") ? bundledModule(id.slice(1)) : undefined),
};

/** CI counts the tests from here. */
const report = process.env.AOP_TEST_REPORT;

export default defineConfig({
  plugins: [bundledModules],
  test: {
    include: ["test/**/*.test.ts"],
    // Many tests run the built program as a process, and wait for it: one worker more than there are cores keeps these busy.
    maxWorkers: availableParallelism() + 1,
    // A worker takes one file after the other: a process of its own for each of them would cost more than most of them do.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // A test's own stdout and stderr are things under test here.
    disableConsoleIntercept: true,
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
    setupFiles: process.env.NODE_V8_COVERAGE === undefined ? [] : ["scripts/take-coverage.js"],
    restoreMocks: true,
    unstubEnvs: true,
  },
});
