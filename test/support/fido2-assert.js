// Stands in for libfido2's fido2-token and fido2-assert: the same options, input, output, messages and exit codes, with keys in a file.
import { spawnSync } from "node:child_process";
import { createHash, sign } from "node:crypto";
import { appendFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

/** @typedef {import("./security-keys.ts").SecurityKey} SecurityKey */
/** @typedef {import("./security-keys.ts").Credential} Credential */

/**
 * @param {string} program its name
 * @param {string} folder where `keys.json` says what is plugged in; what was run is added to `runs.jsonl`, and who waits stands in `waiting`
 */
export async function main(program, folder) {
  const args = process.argv.slice(2);
  const keys = JSON.parse(readFileSync(`${folder}/keys.json`, "utf8"));
  const wait = () => {
    writeFileSync(`${folder}/pid`, String(process.pid));
    renameSync(`${folder}/pid`, `${folder}/waiting`);
  };
  const save = () => writeFileSync(`${folder}/keys.json`, JSON.stringify(keys));
  const input = program === "fido2-assert" ? await readInput() : "";
  appendFileSync(`${folder}/runs.jsonl`, `${JSON.stringify({ command: [program, ...args].join(" "), input })}\n`);
  try {
    process.stdout.write(program === "fido2-token" ? askToken(args, keys) : await getAssertion(args, input, { keys, save, wait }));
  } catch (error) {
    process.stderr.write(`${program}: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}

async function readInput() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** @type {(args: readonly string[], keys: readonly SecurityKey[]) => string} */
function askToken([action, path], keys) {
  if (action === "-L") return keys.map(({ path, product }) => `${path}: vendor=0x1050, product=0x0407 (Example ${product})\n`).join("");
  if (action !== "-I") throw new Error("usage");
  const { kind, pin, fingerprint, alwaysUv } = open(keys, path);
  const head = "proto: 0x02\nmajor: 0x05\nminor: 0x04\nbuild: 0x03\n";
  if (kind === "u2f") return `${head}caps: 0x01 (wink, nocbor, msg)\n`;
  const options = [
    "rk",
    "up",
    "noplat",
    fingerprint === undefined ? undefined : "uv",
    pin === undefined ? "noclientPin" : "clientPin",
    alwaysUv === true ? "alwaysUv" : undefined,
  ];
  const names = options.filter((name) => name !== undefined).join(", ");
  return `${head}caps: 0x05 (wink, cbor, msg)\nversion strings: U2F_V2, FIDO_2_0\noptions: ${names}\nmaxmsgsiz: 1200\n`;
}

async function getAssertion(args, input, { keys, save, wait }) {
  const { up, uv, pin, u2f, raw, device } = readOptions(args);
  const { data, rpId, credentialId } = readOrder(input);
  const hash = raw ? createHash("sha256").update(data).digest() : data;
  if (hash.length !== 32) throw new Error("fido_assert_set: FIDO_ERR_INVALID_ARGUMENT");
  const key = open(keys, device);
  if (pin || (up && key.touch === "waited for")) wait();
  const typed = pin ? askPin(device) : undefined;
  if (pin && (typed === undefined || typed.length < 4 || typed.length > 63)) throw new Error("invalid PIN length");
  const asked = { up, uv, u2f: u2f || key.kind === "u2f", rpId, credentialId };
  try {
    const flags = asked.u2f ? touchU2f(key, asked, typed) : touch(key, asked, typed);
    if (up && key.touch !== undefined) await waitForTouch(key);
    return print(key, { hash, rpId, credentialId, flags });
  } finally {
    save();
  }
}

function readOptions([action, ...args]) {
  const flag = { type: "boolean" };
  const options = { p: flag, r: flag, u: flag, v: flag, w: flag, t: { type: "string", multiple: true } };
  const short = Object.fromEntries(Object.entries(options).map(([name, option]) => [name, { ...option, short: name }]));
  const { values, positionals } = parseArgs({ args, options: short, allowPositionals: true });
  if (action !== "-G" || positionals.length !== 1 || values.r) throw new Error("usage");
  const toggles = { up: true, uv: values.v === true, pin: values.v === true };
  for (const toggle of values.t ?? []) {
    const [name, value] = toggle.split("=");
    if (value !== "true" && value !== "false") throw new Error(`unknown value '${value}'`);
    if (!(name in toggles)) throw new Error(`unknown key '${name}'`);
    toggles[name] = value === "true";
  }
  return { ...toggles, u2f: values.u === true, raw: values.w === true, device: positionals[0] };
}

function readOrder(input) {
  const [data, rpId, id, ...rest] = input.split("\n");
  if (rest.length === 0 || ![data, id].every((text) => /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0)) {
    throw new Error("input error");
  }
  return { data: Buffer.from(data, "base64"), rpId, credentialId: Buffer.from(id, "base64").toString("base64url") };
}

/** @type {(keys: readonly SecurityKey[], path: string | undefined) => SecurityKey} */
function open(keys, path) {
  const key = keys.find((candidate) => candidate.path === path);
  if (key === undefined || key.locked === true) throw new Error(`fido_dev_open ${path}: FIDO_ERR_INTERNAL`);
  return key;
}

/** As the real one: at the terminal where there is one, else from what is left of stdin, and that is nothing. */
function askPin(device) {
  const script = `
    exec 3</dev/tty || exit 1
    saved=$(stty -g <&3); trap 'stty "$saved" <&3; exit 130' INT TERM HUP
    stty -echo <&3; printf 'Enter PIN for %s: ' "$0" >/dev/tty
    IFS= read -r pin <&3; stty "$saved" <&3; printf '\\n' >/dev/tty; printf %s "$pin"`;
  // As readpassphrase, which does not go before the terminal is as it was.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);
  const { status, stdout } = spawnSync("/bin/sh", ["-c", script, device], { stdio: ["ignore", "pipe", "ignore"], encoding: "utf8" });
  if (status === 0) return stdout;
  if (status === 130) process.exit(130);
  process.stderr.write(`Enter PIN for ${device}: `);
  return undefined;
}

function fail(name) {
  throw new Error(`fido_dev_get_assert: FIDO_ERR_${name}`);
}

/** @returns the flags of its answer */
function touch(key, { up, uv, rpId, credentialId }, typed) {
  if (typed !== undefined) checkPin(key, typed);
  else if (uv && key.fingerprint === undefined) fail("UNSUPPORTED_OPTION");
  else if (uv && key.fingerprint === "unknown") fail("UV_INVALID");
  else if (up && key.alwaysUv && !uv) fail("PIN_REQUIRED");
  const verified = typed !== undefined || uv;
  const known = find(key, rpId, credentialId);
  if (known === undefined || (known.hidden && !verified)) fail("NO_CREDENTIALS");
  return (up ? 0x01 : 0) | (verified ? 0x04 : 0);
}

function touchU2f(key, { up, uv, rpId, credentialId }, typed) {
  if (uv || typed !== undefined) fail("UNSUPPORTED_OPTION");
  if (find(key, rpId, credentialId) === undefined) fail("NO_CREDENTIALS");
  if (!up) fail("USER_PRESENCE_REQUIRED");
  return 0x01;
}

/** Three wrong ones in a row and the key wants to be plugged in anew. */
function checkPin(key, typed) {
  if (key.pin === undefined) fail("PIN_NOT_SET");
  if ((key.wrongPins ?? 0) >= 3) fail("PIN_AUTH_BLOCKED");
  if (key.pin === typed) {
    key.wrongPins = 0;
    return;
  }
  key.wrongPins = (key.wrongPins ?? 0) + 1;
  fail("PIN_INVALID");
}

/** @type {(key: SecurityKey, rpId: string, credentialId: string) => Credential | undefined} */
function find({ credentials }, rpId, credentialId) {
  return credentials.find((credential) => credential.credentialId === credentialId && credential.rpId === rpId);
}

async function waitForTouch({ touch: behaviour }) {
  if (behaviour === "never") fail("ACTION_TIMEOUT");
  // Until it is ended from outside.
  await new Promise((resolve) => setTimeout(resolve, 600_000));
}

function print(key, { hash, rpId, credentialId, flags }) {
  key.counter = (key.counter ?? 0) + 1;
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(key.counter);
  const site = createHash("sha256")
    .update(key.lies === "about the site" ? "example.com" : rpId)
    .digest();
  const data = Buffer.concat([site, Buffer.from([flags]), counter]);
  const { privateKey } = find(key, rpId, credentialId);
  const signature = sign("sha256", Buffer.concat([data, hash]), privateKey);
  if (key.lies === "in its signature") signature[signature.length - 1] ^= 1;
  if (key.lies === "in its output") return "nothing that can be read\n";
  const wrapped = Buffer.concat([Buffer.from([0x58, data.length]), data]);
  return `${[hash.toString("base64"), rpId, wrapped.toString("base64"), signature.toString("base64")].join("\n")}\n`;
}
