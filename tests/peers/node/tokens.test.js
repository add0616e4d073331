// Tokens of jsonwebtoken before the doctor, the library and the service; tokens of the library's
// before jsonwebtoken.

import assert from "node:assert/strict";
import { env } from "node:process";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import jwt from "jsonwebtoken";

import { ID, examine, mint, run } from "./library.js";
import { createRoom, validateRoom } from "./seed.js";

const service = env.VIDEOSDK_API_ENDPOINT;
const apikey = env.VIDEOSDK_API_KEY;
const secret = env.VIDEOSDK_SECRET;
const stranger = "another secret, as long as the right one would have been";
const nothing = { findings: {}, usable: true };

/** A token that is good for everything, but for these claims; as the vendor's pages sign one. */
function sign(claims = {}, options = { expiresIn: "1h" }, key = secret) {
  const usual = { apikey, permissions: ["allow_join"] };
  return jwt.sign({ ...usual, ...claims }, key, { algorithm: "HS256", ...options });
}

/** A token with which one participant joins one room. */
function forAnn(roomId) {
  return sign({ version: 2, roles: ["rtc"], roomId, participantId: "ann" });
}

function mistake(finding) {
  return { findings: { [finding]: "ERROR" }, usable: false };
}

/** The status of creating a room with the token. */
async function creating(token) {
  const reply = await fetch(`${service}/v2/rooms`, {
    method: "POST",
    headers: { authorization: token },
  });
  return reply.status;
}

function verify(token, key = secret) {
  return jwt.verify(token, key, { algorithms: ["HS256"] });
}

test("the doctor has nothing against one for everything", () => {
  for (const purpose of ["rest", "join"]) {
    assert.deepEqual(examine(sign(), "--for", purpose), nothing);
  }
});

test("the doctor has nothing against one for a participant", () => {
  const token = forAnn("abcd-efgh-ijkl");
  const fits = ["--for", "join", "--room", "abcd-efgh-ijkl", "--participant", "ann"];
  assert.deepEqual(examine(token, ...fits), nothing);
  for (const [args, finding] of [
    [["--for", "join", "--room", "other", "--participant", "ann"], "ROOM_MISMATCH"],
    [["--for", "join", "--participant", "bob"], "PARTICIPANT_MISMATCH"],
    [["--for", "rest"], "ROLE_CANNOT_USE_REST"],
  ]) {
    assert.deepEqual(examine(token, ...args), mistake(finding));
  }
});

test("the service takes it for what it allows", async () => {
  assert.equal(await creating(sign()), 200);
  assert.equal(await creating(sign({ version: 2, roles: ["crawler"] })), 200);
  assert.equal(await creating(sign({ version: 2, roles: ["rtc"] })), 403);
  const roomId = await createRoom(service, sign());
  const other = await createRoom(service, sign());
  const token = sign({ version: 2, roomId });
  assert.equal(await validateRoom(service, token, roomId), roomId);
  const reply = await fetch(`${service}/v2/rooms/${other}`, { headers: { authorization: token } });
  assert.equal(reply.status, 403);
});

test("the library works with it", () => {
  const created = run("rooms", ["create"], sign());
  assert(created.succeeded, created.text);
  assert.match(created.text, ID);
  const started = run("quickstart", ["--api-url", service], sign());
  assert(started.succeeded, started.text);
  assert.match(started.text, /STATE_CHANGED +INITIALISED/);
});

test("mistakes are told by the doctor as the service judges them", async () => {
  const now = Math.floor(Date.now() / 1000);
  for (const [token, finding, severity, status] of [
    [sign({ iat: now - 7200, exp: now - 3600 }, {}), "EXPIRED", "ERROR", 401],
    [sign({}, { expiresIn: "1h", notBefore: "10m" }), "NOT_YET_VALID", "ERROR", 401],
    [sign({}, { expiresIn: "1h", algorithm: "HS512" }), "ALGORITHM_NOT_HS256", "ERROR", 401],
    [sign({}, { expiresIn: "1h", algorithm: "none" }, ""), "ALGORITHM_NOT_HS256", "ERROR", 401],
    [sign({ apikey: undefined }), "API_KEY_MISSING", "ERROR", 401],
    [sign({}, {}), "NO_EXPIRY", "WARNING", 200],
    [sign({ iat: now - 0.5 }), "TIME_FRACTION", "NOTICE", 200],
  ]) {
    const { findings, usable } = examine(token);
    assert.equal(findings[finding], severity, JSON.stringify(findings));
    assert.equal(usable, severity !== "ERROR");
    assert.equal(await creating(token), status, finding);
  }
});

test("only the service knows that the secret is another", async () => {
  const token = sign({}, { expiresIn: "1h" }, stranger);
  assert.deepEqual(examine(token), nothing);
  assert.equal(await creating(token), 401);
});

test("one of the library's verifies with all its claims", () => {
  const token = mint(
    ...["--permission", "allow_join", "--permission", "allow_mod", "--role", "rtc"],
    ...["--room", "abcd-efgh-ijkl", "--participant", "Jörg", "--lifetime", "600"],
    ...["--claims", '{"seat": [7, null, "a\\"b"]}'],
  );
  assert.deepEqual(jwt.decode(token, { complete: true }).header, { alg: "HS256", typ: "JWT" });
  const claims = verify(token);
  assert(Math.abs(claims.iat - Date.now() / 1000) < 300, claims.iat);
  assert.deepEqual(claims, {
    apikey,
    permissions: ["allow_join", "allow_mod"],
    version: 2,
    roles: ["rtc"],
    roomId: "abcd-efgh-ijkl",
    participantId: "Jörg",
    seat: [7, null, 'a"b'],
    iat: claims.iat,
    exp: claims.iat + 600,
  });
});

test("one of the library's does not verify with another secret or when changed", () => {
  const token = mint();
  assert.equal(verify(token).apikey, apikey);
  const refusal = { name: "JsonWebTokenError", message: "invalid signature" };
  assert.throws(() => verify(token, stranger), refusal);
  const [head, , signature] = token.split(".");
  const claims = mint("--role", "crawler").split(".")[1];
  assert.throws(() => verify(`${head}.${claims}.${signature}`), refusal);
});

test("one of the library's expires when it says", async () => {
  const token = mint("--lifetime", "1");
  await pause(2100);
  assert.throws(() => verify(token), { name: "TokenExpiredError" });
  assert.equal(await creating(token), 401);
  // The doctor does not know how right this machine's clock is.
  assert.deepEqual(examine(token), { findings: { EXPIRES_SOON: "WARNING" }, usable: true });
});

test("what the library refuses to mint jsonwebtoken signs and the service refuses", async () => {
  const { text, succeeded } = run("mint", ["--permission", "ask_join", "--permission", "allow_mod"]);
  assert(!succeeded && text.includes("ask_join"), text);
  const token = sign({ permissions: ["ask_join", "allow_mod"] });
  assert.deepEqual(examine(token, "--for", "join"), mistake("ASK_JOIN_MIXED"));
  assert.equal(await creating(token), 401);
});
