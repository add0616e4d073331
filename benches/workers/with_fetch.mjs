// Creates rooms with Node's fetch; benches/create_room/worker.rs says what a worker is asked and
// answers.
import { createInterface } from "node:readline";

const url = process.env.VIDEOSDK_API_ENDPOINT + "/v2/rooms";
const headers = {
  Authorization: process.env.VIDEOSDK_TOKEN,
  "Content-Type": "application/json",
};

async function create() {
  const start = performance.now();
  const body = JSON.stringify({ customRoomId: "benchmark" });
  const reply = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(30_000) });
  const room = await reply.json();
  if (!reply.ok || !room.roomId) throw new Error(`${reply.status} ${JSON.stringify(room)}`);
  return performance.now() - start;
}

async function round(inFlight, calls) {
  const latencies = [];
  let left = calls;
  const oneAfterAnother = async () => {
    while (left-- > 0) latencies.push(await create());
  };
  await Promise.all(Array.from({ length: inFlight }, oneAfterAnother));
  return latencies.sort((a, b) => a - b)[calls >> 1];
}

console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const [inFlight, calls] = line.split(" ").map(Number);
  const start = performance.now();
  const before = process.cpuUsage();
  const latency = await round(inFlight, calls);
  const used = process.cpuUsage(before);
  const took = performance.now() - start;
  console.log((took * 1e3) / calls, (used.user + used.system) / calls, latency * 1e3);
}
