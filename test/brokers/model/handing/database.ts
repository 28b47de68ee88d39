/**
 * A Redis as a function: a database as it was, a script and a moment in, a database and a reply out. The scripts are the
 * real ones and run on a real server; only its time is ours, so that nothing is over before its time has come.
 */
import type { Redis } from "ioredis";
import type { Argument, Invocation, Script } from "../../../../runtime/brokers/redis/scripts.gen.js";

/** A key: its name, its type, when it ends (0 for never), and what it holds. */
export type Entry = readonly [key: string, kind: string, until: number, ...parts: string[]];

/** What a script led to. Databases are numbered; 0 is empty. */
export interface Ran {
  readonly database: number;
  readonly reply: unknown;
}

/** Before the script: the database is put in place, and what has to do with time is taken over. */
const BEFORE = `
local real, time, ends = redis, tonumber(ARGV[2]), {}
real.call('FLUSHDB')
for _, entry in ipairs(cjson.decode(ARGV[1])) do
  local key, kind, till = entry[1], entry[2], entry[3]
  local put = { string = 'SET', list = 'RPUSH', hash = 'HSET', zset = 'ZADD' }
  if till == 0 or till > time then
    real.call(put[kind], key, unpack(entry, 4))
    if till > 0 then ends[key] = till end
  end
end
local shim = {}
function shim.TIME() return { math.floor(time / 1000), time % 1000 * 1000 } end
function shim.SET(key, value, ...)
  local rest, till = {}, nil
  local i, words = 1, { ... }
  while i <= #words do
    if words[i] == 'PX' then till = time + tonumber(words[i + 1]); i = i + 2
    else rest[#rest + 1] = words[i]; i = i + 1 end
  end
  local done = real.call('SET', key, value, unpack(rest))
  if done then ends[key] = till end
  return done
end
function shim.PEXPIRE(key, ms) if real.call('EXISTS', key) == 0 then return 0 end ends[key] = time + tonumber(ms); return 1 end
function shim.PERSIST(key) ends[key] = nil; return 1 end
local redis = { sha1hex = real.sha1hex, call = function(name, ...)
  local own = shim[name]
  if own then return own(...) end
  return real.call(name, ...)
end }
local function run(KEYS, ARGV)
`;

/** After it: everything there is, as text. */
const AFTER = `
end
local keys, args = cjson.decode(ARGV[3]), cjson.decode(ARGV[4])
local reply = run(keys, args)
local found, look = real.call('KEYS', '*'), {
  string = function(key) return { real.call('GET', key) } end,
  list = function(key) return real.call('LRANGE', key, 0, -1) end,
  hash = function(key) return real.call('HGETALL', key) end,
  zset = function(key)
    local pairs = real.call('ZRANGE', key, 0, -1, 'WITHSCORES')
    for i = 1, #pairs, 2 do pairs[i], pairs[i + 1] = pairs[i + 1], pairs[i] end
    return pairs
  end,
}
table.sort(found)
local all = {}
for i, key in ipairs(found) do
  local kind = real.call('TYPE', key).ok
  all[i] = { key, kind, ends[key] or 0, unpack(look[kind](key)) }
end
return { #all > 0 and cjson.encode(all) or '[]', reply }
`;

/** A change to a script's text: a fault that is to be found. */
export type Edit = (script: Script) => string;

/** Every database that was come to, each once. */
export class Databases {
  readonly #client: Redis;
  readonly #edit: Edit;
  readonly #texts: string[] = ["[]"];
  readonly #read: (readonly Entry[])[] = [[]];
  readonly #numbers = new Map([["[]", 0]]);
  readonly #ran = new Map<string, Ran>();

  constructor(client: Redis, edit: Edit = ({ text }) => text) {
    this.#client = client;
    this.#edit = edit;
  }

  /** What is in a database. */
  entries(database: number): readonly Entry[] {
    this.#read[database] ??= JSON.parse(this.#texts[database] ?? "[]") as Entry[];
    return this.#read[database];
  }

  /** Runs a script on a database as it was, at a moment; what has been run before is known. */
  async run(database: number, { script, keys, args }: Invocation, at: number): Promise<Ran> {
    const asked = [JSON.stringify(keys.map(String)), JSON.stringify(args.map(String))] as const;
    const name = `${database} ${at} ${script.name} ${asked.join(" ")}`;
    const known = this.#ran.get(name);
    if (known) return known;
    const before = this.#texts[database] ?? "[]";
    const text = `${BEFORE}${this.#edit(script)}${AFTER}`;
    const [after, reply] = (await this.#client.eval(text, 0, before, at, ...asked)) as [string, unknown];
    const ran = { database: this.#numberOf(after), reply };
    this.#ran.set(name, ran);
    return ran;
  }

  #numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#texts.push(text) - 1);
    return this.#texts.length - 1;
  }
}

/** A command that is no script of ours, as one. */
export function command(name: string, key: string, ...args: readonly Argument[]): Invocation {
  const text = `return redis.call('${name}', KEYS[1], unpack(ARGV))`;
  return { script: { name, sha: name, text }, keys: [key], args };
}
