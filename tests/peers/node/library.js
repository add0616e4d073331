// The library, as its samples in C show it. tests/peers/test.sh compiles them.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { env } from "node:process";

export const ID = /[a-z0-9]{4}(-[a-z0-9]{4}){2}/;

/** What a program prints, and whether it succeeded. */
export function run(name, args, token = "") {
  const done = spawnSync(join(env.VSDK_PROGRAMS, name), args, {
    env: { ...env, VIDEOSDK_TOKEN: token },
    encoding: "utf8",
    timeout: 120_000,
  });
  assert.equal(done.error, undefined);
  return { text: done.stdout + done.stderr, succeeded: done.status === 0 };
}

/** What the doctor finds, as {name: severity}, and whether it calls the token usable. */
export function examine(token, ...args) {
  const { text, succeeded: usable } = run("token_doctor", [...args, token]);
  const found = text.matchAll(/^(ERROR|WARNING|NOTICE) +([A-Z0-9_]+)$/gm);
  const findings = Object.fromEntries(Array.from(found, ([, severity, name]) => [name, severity]));
  const nothing = text.includes("Nothing was found.");
  assert.equal(nothing, Object.keys(findings).length === 0, text);
  return { findings, usable };
}

/** A token of the library's. */
export function mint(...args) {
  const { text, succeeded } = run("mint", args);
  assert(succeeded, text);
  return text.trim();
}
