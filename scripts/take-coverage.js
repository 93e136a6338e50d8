// A worker of the runner is killed, not ended, so it hands in its counts itself.
import { takeCoverage } from "node:v8";
import { afterAll } from "vitest";

afterAll(() => takeCoverage());
