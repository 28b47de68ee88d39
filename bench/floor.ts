/**
 * The floor: the least that any queue must ask of Redis per task, by hand. A message of 150 bytes is pushed; a script settles a
 * batch (drops the claim, keeps the result with a TTL) and claims the next. No types, no validation, no retries, no plan.
 */
import { Redis } from "ioredis";
import type { Consumer, Contender } from "./contender.js";

const BATCH = 100;
const PADDING = "x".repeat(110);

/** Settles a batch and claims the next. A result is a key; of a member, a field of its join, which is counted down. */
const EXCHANGE = `
for i = 3, #ARGV, 2 do
  local id, result = ARGV[i], ARGV[i + 1]
  if redis.call('HDEL', KEYS[2], id) == 1 and result ~= '' then
    local join = string.match(id, '@(.*)')
    if not join then redis.call('SET', 'floor:result:' .. id, result, 'PX', 86400000)
    else
      redis.call('HSET', 'floor:results:' .. join, id, result)
      if redis.call('DECR', 'floor:left:' .. join) == 0 then redis.call('LPUSH', 'floor:joined:' .. string.sub(join, 1, 5), join) end
    end
  end
end
local claimed = redis.call('LPOP', KEYS[1], tonumber(ARGV[2]))
if not claimed then return {} end
local held = {}
for i = 1, #claimed do
  held[#held + 1] = string.match(claimed[i], '^[^ ]+')
  held[#held + 1] = claimed[i]
end
redis.call('HSET', KEYS[2], unpack(held))
return claimed
`;

/** Settles one step of a chain and hands back the next. */
const STEP = `
if redis.call('HDEL', KEYS[2], ARGV[1]) == 1 then redis.call('HSET', KEYS[1] .. ':results', ARGV[1], ARGV[2]) end
local text = redis.call('HGET', KEYS[1], ARGV[3])
if text then redis.call('HSET', KEYS[2], ARGV[3], text) end
return text
`;

const SLICE = 1_000;

/** All results of a join, in slices. */
async function readAll(redis: Redis, join: string, members: readonly string[]): Promise<void> {
  for (let from = 0; from < members.length; from += SLICE) {
    await redis.hmget(`floor:results:${join}`, ...members.slice(from, from + SLICE));
  }
}

export async function open(url: string): Promise<Contender> {
  const redis = new Redis(url);
  const waiter = new Redis(url);
  let next = 0;
  const body = `{"task":"noop","args":[2,3],"padding":"${PADDING}"}`;
  const message = (mark = "") => `floor-${next++}${mark} ${body}`;
  const submit = async (count: number, mark?: string): Promise<string[]> => {
    const texts = Array.from({ length: count }, () => message(mark));
    const sent: Promise<unknown>[] = [];
    for (let from = 0; from < count; from += BATCH)
      sent.push(redis.rpush("floor:queue", ...texts.slice(from, from + BATCH)));
    await Promise.all(sent);
    await redis.lpush("floor:wake", "1");
    return texts.map((text) => text.slice(0, text.indexOf(" ")));
  };
  const join = async (kind: "group" | "chord", members: number): Promise<void> => {
    const name = `${kind}${next++}`;
    await redis.set(`floor:left:${name}`, members);
    const done = waiter.blpop(kind === "group" ? "floor:joined:group" : `floor:done:${name}`, 60);
    const ids = await submit(members, `@${name}`);
    await done;
    if (kind === "group") await readAll(redis, name, ids);
  };
  return {
    name: "floor",
    async submit(count) {
      await submit(count);
    },
    async submitIgnored(count) {
      await submit(count, "!");
    },
    async chain(steps) {
      const name = `floor:chain:${next++}`;
      const done = waiter.blpop(`floor:done:${name}`, 60);
      await redis.hset(name, ...Array.from({ length: steps }, (_, i) => [i, body]).flat());
      await redis.rpush("floor:chains", name);
      await done;
    },
    chord: (members) => join("chord", members),
    group: (members) => join("group", members),
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
        const id = text.slice(0, text.indexOf(" "));
        settled.push(id, id.endsWith("!") ? "" : "null");
        onTask();
      }
      if (claimed.length === 0) await blocking.blpop("floor:wake", 1);
    }
  };
  const others = Array.from({ length: 3 }, () => new Redis(url));
  /** Serves whatever comes in a list of its own. */
  const serve = async (waiter: Redis | undefined, list: string, act: (text: string) => Promise<unknown>) => {
    while (running) {
      const taken = await waiter?.blpop(list, 1).catch(() => null);
      if (taken) await act(taken[1]);
    }
  };
  const echo = async (text: string) => {
    const id = text.slice(0, text.indexOf(" "));
    await redis.multi().set(`floor:result:${id}`, "null", "PX", 86_400_000).lpush(`floor:done:${id}`, "null").exec();
  };
  const follow = async (chain: string) => {
    let at = 0;
    while ((await redis.eval(STEP, 2, chain, "floor:held", at - 1, "null", at)) !== null) at += 1;
    await redis.lpush(`floor:done:${chain}`, "null");
  };
  const gather = async (join: string) => {
    await readAll(redis, join, await redis.hkeys(`floor:results:${join}`));
    await redis.lpush(`floor:done:${join}`, "null");
  };
  return {
    async start() {
      void loop().catch(() => {});
      void serve(others[0], "floor:single", echo).catch(() => {});
      void serve(others[1], "floor:chains", follow).catch(() => {});
      void serve(others[2], "floor:joined:chord", gather).catch(() => {});
    },
    async stop() {
      running = false;
      for (const connection of [redis, blocking, ...others]) connection.disconnect();
    },
  };
}
