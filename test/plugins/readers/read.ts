// Reads a file of variables in one of the ways that they are read: `node read.ts WAY FILE`. Prints NAME=value, each with a NUL behind it.
import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { parse } from "dotenv";
import { readDockerEnv } from "./docker-env.ts";
import { readGithubEnv } from "./github-env.ts";

type Variables = Readonly<Record<string, string | undefined>>;

const ways: Readonly<Record<string, (text: string) => Variables>> = {
  "npm-dotenv": parse,
  "parse-env": parseEnv,
  environment: () => process.env,
  docker: readDockerEnv,
  github: readGithubEnv,
};

const [way = "", file = ""] = process.argv.slice(2);
const read = ways[way];
if (read === undefined) throw new Error(`there is no way "${way}"`);
const variables = read(readFileSync(file, "utf8"));
process.stdout.write(
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value ?? ""}\0`)
    .join(""),
);
