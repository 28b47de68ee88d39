/**
 * The floor: the least that any queue must ask of Redis per task, by hand. A message of 150 bytes is pushed; a script settles a
 * batch (drops the claim, keeps the result with a TTL) and claims the next. No types, no validation, no retries, no plan.
 */
import { Redis } from "ioredis";
import type { Consumer, Contender } from "./contender.js";

const BATCH = 100;
const PADDING = "x".repeat(110);

const EXCHANGE = `
local n = tonumber(ARGV[2])
for i = 3, #ARGV, 2 do
  if redis.call('HDEL', KEYS[2], ARGV[i]) == 1 then redis.call('SET', 'floor:result:' .. ARGV[i], ARGV[i + 1], 'PX', 86400000) end
end
local claimed = redis.call('LPOP', KEYS[1], n)
if not claimed then return {} end
local held = {}
for i = 1, #claimed do
  local id = string.match(claimed[i], '^[^ ]+')
  held[#held + 1] = id
  held[#held + 1] = claimed[i]
end
redis.call('HSET', KEYS[2], unpack(held))
return claimed
`;

export async function open(url: string): Promise<Contender> {
  const redis = new Redis(url);
  const waiter = new Redis(url);
  let next = 0;
  const message = () => `floor-${next++} {"task":"noop","args":[2,3],"padding":"${PADDING}"}`;
  return {
    name: "floor",
    async submit(count) {
      const sent: Promise<unknown>[] = [];
      for (let left = count; left > 0; left -= BATCH) {
        sent.push(redis.rpush("floor:queue", ...Array.from({ length: Math.min(BATCH, left) }, message)));
      }
      await Promise.all(sent);
      await redis.lpush("floor:wake", "1");
    },
    async roundTrip() {
      const text = message();
      const id = text.slice(0, text.indexOf(" "));
      const done = waiter.blpop(`floor:done:${id}`, 10);
      await redis.rpush("floor:single", text);
      await done;
    },
    async close() {
      redis.disconnect();
      waiter.disconnect();
    },
  };
}

export async function consume(url: string, onTask: () => void): Promise<Consumer> {
  const redis = new Redis(url);
  const blocking = new Redis(url);
  let running = true;
  const loop = async () => {
    let settled: string[] = [];
    while (running) {
      const claimed = (await redis.eval(EXCHANGE, 2, "floor:queue", "floor:held", "w", BATCH, ...settled)) as string[];
      settled = [];
      for (const text of claimed) {
        settled.push(text.slice(0, text.indexOf(" ")), "null");
        onTask();
      }
      if (claimed.length === 0) await blocking.blpop("floor:wake", 1);
    }
  };
  const single = new Redis(url);
  const echo = async () => {
    while (running) {
      const taken = await single.blpop("floor:single", 1).catch(() => null);
      if (!taken) continue;
      const id = taken[1].slice(0, taken[1].indexOf(" "));
      await redis.multi().set(`floor:result:${id}`, "null", "PX", 86_400_000).lpush(`floor:done:${id}`, "null").exec();
    }
  };
  return {
    async start() {
      void loop().catch(() => {});
      void echo().catch(() => {});
    },
    async stop() {
      running = false;
      for (const connection of [redis, blocking, single]) connection.disconnect();
    },
  };
}
