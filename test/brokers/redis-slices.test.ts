/** How a large plan leaves: slice by slice, and sealed only when all of it is there. */
import { describe, expect, test } from "vitest";
import type { Client } from "../../runtime/brokers/redis/connection.js";
import { producing } from "../../runtime/brokers/redis/producing.js";
import type { Server } from "../../runtime/brokers/redis/server.js";
import { group } from "./texts.js";

/** A producer whose server replies as told, and what it was asked: part by part, with the turn of the event loop. */
function rig(replyTo: (part: string, place: number) => Promise<readonly [string, number]>) {
  const parts: string[] = [];
  const turns: number[] = [];
  let turn = 0;
  let counting = true;
  const count = () => {
    turn += 1;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  const client = {
    evalsha(_sha: string, _keys: number, _base: string, _id: string, _chosen: number, part: string) {
      turns.push(turn);
      return replyTo(part, parts.push(part));
    },
  } as unknown as Client;
  const commands = { use: (act: (client: Client) => Promise<unknown>) => act(client) };
  const server = { commands, baseOf: () => "{tqc:0}:", goOnBehind: () => {} } as unknown as Server;
  const submit = () =>
    producing(server)
      .submit([group("r", 5_000)])
      .finally(() => {
        counting = false;
      });
  return { parts, turns, submit };
}

describe("a large plan", () => {
  test("leaves slice by slice, each in a turn of its own, and is sealed at the end", async () => {
    const { parts, turns, submit } = rig(async () => ["ok", 0]);
    expect(await submit()).toEqual(["ok"]);
    expect(parts).toEqual(["first", ...Array.from({ length: 6 }, () => "more"), "last"]);
    expect(new Set(turns.slice(1, -1)).size).toBe(6);
  });

  test("is not sealed where a slice was lost on the way", async () => {
    const lost = new Error("Connection is closed.");
    const { parts, submit } = rig((_, place) => (place === 3 ? Promise.reject(lost) : Promise.resolve(["ok", 0])));
    await expect(submit()).rejects.toThrow("Connection is closed.");
    expect(parts).not.toContain("last");
  });

  test("that is there already leaves nothing but its beginning", async () => {
    const { parts, submit } = rig(async () => ["duplicate", 0]);
    expect(await submit()).toEqual(["duplicate"]);
    expect(parts).toEqual(["first"]);
  });
});
