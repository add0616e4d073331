// The seed's three calls with fetch, against the local service, and the library beside them.

import assert from "node:assert/strict";
import { env } from "node:process";
import { before, test } from "node:test";

import { ID, run } from "./library.js";
import { createRoom, getToken, validateRoom } from "./seed.js";

const service = env.VIDEOSDK_API_ENDPOINT;
let token;
before(async () => {
  token = await getToken(service);
});

function call(method, path, authorization, body) {
  return fetch(service + path, {
    method,
    headers: {
      ...(authorization && { authorization }),
      ...(body && { "Content-Type": "application/json" }),
    },
    body: body && JSON.stringify(body),
  });
}

test("token, room and validation", async () => {
  const roomId = await createRoom(service, token);
  assert.match(roomId, new RegExp(`^${ID.source}$`));
  assert.equal(await validateRoom(service, token, roomId), roomId);
  assert.notEqual(await createRoom(service, token), roomId);
});

test("a room is read as it was created", async () => {
  const wishes = { customRoomId: "Grüße / 50%", geoFence: "eu001" };
  const created = await call("POST", "/v2/rooms", token, wishes);
  assert.equal(created.status, 200);
  assert.match(created.headers.get("content-type"), /^application\/json/);
  const room = await created.json();
  for (const place of ["validate/", ""]) {
    for (const id of [room.roomId, encodeURIComponent(wishes.customRoomId)]) {
      const read = await (await call("GET", `/v2/rooms/${place}${id}`, token)).json();
      assert.deepEqual({ ...read, ...room }, read);
      assert.deepEqual({ ...read, ...wishes }, read);
    }
  }
});

test("creating needs no body", async () => {
  const reply = await call("POST", "/v2/rooms", token);
  assert.equal(reply.status, 200);
  assert.match((await reply.json()).roomId, ID);
});

test("the library finds the room", async () => {
  const roomId = await createRoom(service, token);
  for (const command of ["validate", "get"]) {
    const { text, succeeded } = run("rooms", [command, roomId], token);
    assert(succeeded && text.startsWith(`${roomId}  `), text);
  }
});

test("a room of the library's is found", async () => {
  const { text, succeeded } = run("rooms", ["create"], token);
  assert(succeeded, text);
  const [roomId] = text.match(ID);
  assert.equal(await validateRoom(service, token, roomId), roomId);
});

test("the other routes of a sample server", async () => {
  const { roomId } = await (await call("POST", "/create-meeting", null, { token })).json();
  const reply = await call("POST", `/validate-meeting/${roomId}`, null, { token });
  assert.equal((await reply.json()).roomId, roomId);
  assert.equal(await validateRoom(service, token, roomId), roomId);
});

test("refusals are JSON with a reason", async () => {
  for (const [method, path, authorization, status] of [
    ["POST", "/v2/rooms", null, 401],
    ["POST", "/v2/rooms", "nonsense", 401],
    ["POST", "/v2/rooms", `Bearer ${token}`, 401],
    ["GET", "/v2/rooms/validate/nowhere", token, 400],
    ["GET", "/v2/rooms/nowhere", token, 402],
  ]) {
    const reply = await call(method, path, authorization);
    assert.equal(reply.status, status, `${path} with ${authorization}`);
    const told = await reply.json();
    assert.equal(told.statusCode, status);
    assert(told.error);
  }
});
