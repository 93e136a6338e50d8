// `npm run try`: a whole sign-in and a list of roles, run as a person would run them, against the sandbox. Needs nothing, asks nothing,
// leaves nothing behind; ends with 1 when something failed.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startSandbox } from "../plugins/sandbox/dist/index.js";
import { host, root } from "./workspaces.js";

const program = host.json.name;
const role = "arn:aws:iam::111122223333:role/Developer";
const answers = { AWS_OKTA_USER: "jdoe", AWS_OKTA_PASS: "correct horse", AWS_OKTA_FACTOR: "push:okta" };

/** What a request to one of the sandbox's servers is for: its pattern, the words for it, and those for the first of a run where they differ. */
const meanings = [
  [/^POST \/api\/v1\/authn$/, "Okta: checks user name and password, wants a second factor"],
  [/^POST \/api\/v1\/authn\/factors\/[^/]+\/verify$/, "Okta: was the push approved?", "Okta: sends a push to the phone"],
  [/^POST \/api\/v1\/sessions$/, "Okta: trades its one-time token for a session"],
  [/^POST \/api\/v1\/sessions\/me\/lifecycle\/refresh$/, "Okta: prolongs the kept session, no password and no push"],
  [/^GET \/api\/v1\/users\/me\/appLinks$/, "Okta: lists the applications, one of them is AWS"],
  [/^GET \/home\/amazon_aws\//, "Okta: opens it, the page holds the signed list of roles"],
  [/^POST \/saml$/, "AWS sign-in page: says what the accounts are called"],
  [/ AssumeRoleWithSAML$/, "AWS STS: gives temporary credentials for the role"],
];

const home = mkdtempSync(path.join(tmpdir(), "aop-try-"));
const cancel = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => cancel.abort());
const sandbox = await startSandbox();
try {
  await play();
} catch (error) {
  process.stderr.write(`\n${cancel.signal.aborted ? "cancelled" : `try: ${error.message}`}\n`);
  process.exitCode = 1;
} finally {
  await sandbox.close();
  rmSync(home, { recursive: true, force: true });
}

async function play() {
  say("A sandbox is listening on this machine: an Okta org, an AWS sign-in page and AWS STS. Nothing in it is real.");
  say(`These variables point ${program} at it, and answer what it would ask at a terminal:\n`);
  for (const [name, value] of Object.entries({ ...sandbox.environment, ...answers })) say(`  ${name}=${quote(value)}`);

  title("1. Sign in with a password and a push, and take a role");
  const first = await run("authenticate", "--role", role);
  check(JSON.parse(first.output).Version === 1, "these are no credentials");
  title("2. List the roles");
  const list = await run("get-roles", "--output", "text", "--output-format", "{account:<14}{role}");
  check(list.output.includes(role), "the role is not in the list");
  title("3. Ask for the same credentials again");
  const second = await run("authenticate", "--role", role);
  check(second.requests === 0 && second.output === first.output, "the kept credentials were not used");
  say(`\nDone. Those credentials are the sandbox's; they open nothing. Next: ${program} --help, docs/, README.md`);
}

/** Runs the program as a process, shows what happened, and gives back its output and how many requests it made. */
async function run(...args) {
  say(`$ ${[program, ...args].map(quote).join(" ")}`);
  const before = sandbox.calls.length;
  const startedAt = performance.now();
  const { code, stdout, stderr } = await capture(args);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(2);
  const requests = sandbox.calls.slice(before).map(describe);
  check(code === 0, `exit code ${code}: ${stderr.trim()}`);
  for (const line of group(requests)) say(`  ${line}`);
  say(`  ${requests.length === 0 ? "No request, answered from the cache" : `${requests.length} requests`}, ${seconds} s. Its output:\n`);
  say(stdout.trimEnd());
  return { output: stdout, requests: requests.length };
}

/** Without a terminal, as a service or an editor runs it: nobody could answer a question. */
function capture(args) {
  const env = { ...sandbox.environment, ...answers, HOME: home, USERPROFILE: home, PATH: process.env.PATH };
  const options = { cwd: home, env, stdio: ["ignore", "pipe", "pipe"], detached: process.platform !== "win32", signal: cancel.signal };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, "bin/run.js"), ...args], options);
    const said = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) {
      child[name].setEncoding("utf8").on("data", (piece) => {
        said[name] += piece;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...said }));
  });
}

function describe({ method, path: where, action, status }, index, calls) {
  const line = `${method} ${where}${action === undefined ? "" : ` ${action}`}`;
  const [pattern, words = line, firstWords = words] = meanings.find(([candidate]) => candidate.test(line)) ?? [];
  const isFirst = !calls.slice(0, index).some((call) => pattern?.test(`${call.method} ${call.path}`));
  return `${isFirst ? firstWords : words}${status < 400 ? "" : ` (${status})`}`;
}

/** Each line once, with how often it came. */
function group(lines) {
  const times = new Map();
  for (const line of lines) times.set(line, (times.get(line) ?? 0) + 1);
  return [...times].map(([line, count]) => (count === 1 ? line : `${line} (${count} times)`));
}

function title(text) {
  say(`\n${process.stdout.isTTY ? `\u001b[1m${text}\u001b[0m` : text}\n`);
}

function quote(text) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text}'`;
}

function check(holds, complaint) {
  if (!holds) throw new Error(complaint);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
