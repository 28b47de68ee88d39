/** A Redis Cluster of masters on the loopback. */

import { openClient } from "../../setup/client.js";
import { freePort } from "../../setup/ports.js";
import { type RedisServer, startRedis } from "../../setup/redis.js";

export interface ClusterOfServers {
  readonly url: string;
  readonly masters: readonly RedisServer[];
  stop(): Promise<void>;
}

const SLOTS = 16_384;

/** Starts so many masters, each with its share of the slots; resolves once all agree. */
export async function startCluster(size: number): Promise<ClusterOfServers> {
  const buses = await Promise.all(Array.from({ length: size }, freePort));
  const masters = await Promise.all(buses.map((bus) => startRedis({ args: clustered(bus) })));
  const admins = masters.map(({ url }) => openClient(url));
  for (const [i, admin] of admins.entries()) {
    await admin.call("CLUSTER", "SET-CONFIG-EPOCH", i + 1);
    await admin.cluster("ADDSLOTSRANGE", share(i, size), share(i + 1, size) - 1);
    await admins[0]?.call("CLUSTER", "MEET", "127.0.0.1", masters[i]?.port ?? 0, buses[i] ?? 0);
  }
  // A node is well once every slot has an owner that it knows.
  await Promise.all(masters.map((master) => master.says("Cluster state changed: ok")));
  for (const admin of admins) admin.disconnect();
  return {
    url: `redis+cluster://${masters.map(({ port }) => `127.0.0.1:${port}`).join(",")}`,
    masters,
    stop: async () => {
      await Promise.all(masters.map((each) => each.stop()));
    },
  };
}

function clustered(bus: number): string[] {
  return ["--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1", "--cluster-port", `${bus}`];
}

function share(i: number, size: number): number {
  return Math.round((i * SLOTS) / size);
}
