/**
 * Everything that can happen between idle workers, whoever brings work, and the server, in every order: the real loop, the
 * real broker's side of a worker and the real scripts, with nothing left to chance but what happens next.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { Holding } from "../../runtime/brokers/redis/holdings.js";
import { openClient } from "../setup/client.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { Databases, type Edit } from "./model/handing/database.js";
import { scenarios, wideScenarios } from "./model/handing/scenarios.js";
import { search } from "./model/handing/search.js";

// A loop pauses for a moment before it tries again; here a moment is a step like any other.
vi.mock("node:timers/promises", () => ({ setTimeout: () => Promise.resolve() }));

/** With TQC_MODEL=wide larger worlds, and more of each. */
const wide = process.env.TQC_MODEL === "wide";
const BOUNDS = { depth: 1_000, states: wide ? 60_000 : 10_000 };
const explored = wide ? [...scenarios, ...wideScenarios] : scenarios;

const figures = { states: 0, transitions: 0, ends: 0 };
let redis: RedisServer;
let client: ReturnType<typeof openClient>;
beforeAll(async () => {
  redis = await startRedis();
  client = openClient(redis.url);
});
afterAll(async () => {
  client.disconnect();
  await redis.stop();
  const { states, transitions, ends } = figures;
  console.log(`handing: ${explored.length} worlds, ${states} states, ${transitions} transitions, ${ends} ends`);
});

describe("in every order", () => {
  test.each(explored)(
    "$name: no call is lost, unheard or run twice",
    async (scenario) => {
      const found = await search(scenario, new Databases(client), BOUNDS);
      figures.states += found.states;
      figures.transitions += found.transitions;
      figures.ends += found.ends;
      if (wide) console.log(`${scenario.name}: ${JSON.stringify(found)}`);
      expect(found.complete || wide, "all of it was explored").toBe(true);
      expect(found.states).toBeGreaterThan(100);
      expect(found.ends).toBeGreaterThan(0);
    },
    wide ? 1_800_000 : 240_000,
  );
});

describe("a fault is found", () => {
  afterEach(() => void vi.restoreAllMocks());

  /** What is wrong with the worlds of a scenario. */
  async function faultsOf(name: string, edit?: Edit): Promise<string> {
    const scenario = scenarios.find((each) => each.name === name);
    if (!scenario) throw new Error(`there is no scenario "${name}"`);
    return search(scenario, new Databases(client, edit), BOUNDS).then(
      () => "none",
      (error: Error) => error.message,
    );
  }

  const hold = "call('HSET', base .. 'held:' .. worker, ticket, text)";

  test.each([
    [
      "a message that is handed over and left in its queue",
      hold,
      `${hold}\ncall('RPUSH', base .. 'queue:default:0', text)`,
      /r1 is in held:w1 and queue/,
    ],
    ["a message that is handed over and held by nobody", hold, "", /is lost/],
    [
      "a wait that is noted and wakes nobody",
      "call('RPUSH', base .. 'hand:' .. worker, word)",
      "",
      /will never know of it/,
    ],
  ])("%s", async (_, words, instead, wrong) => {
    expect(await faultsOf("one slot, two calls", ({ text }) => text.replace(words, instead))).toMatch(wrong);
  });

  test("an offer that is not known", async () => {
    vi.spyOn(Holding.prototype, "offer").mockImplementation(() => {});
    expect(await faultsOf("two slots, two calls")).toMatch(/relieved|never know/);
  });

  test("a wait that has ended, and is taken for noted", async () => {
    vi.spyOn(Holding.prototype, "strike").mockImplementation(() => {});
    expect(await faultsOf("two slots, two calls")).toMatch(/nothing to do/);
  });

  test("a wait that has ended, and is not withdrawn", async () => {
    vi.spyOn(Holding.prototype, "standing", "get").mockReturnValue([]);
    expect(await faultsOf("one slot, two calls")).toMatch(/does not hear of it|will never know of it/);
  });
});
