/** What every verb of the Redis broker stands on: its connection, and where each run's keys are. */
import { ConfigurationError } from "../../errors.js";
import { baseOf, partitionOf } from "../keys.js";
import { type Address, Connection, type Line, readAddress } from "./connection.js";
import type { RedisBrokerOptions } from "./options.js";
import { promote } from "./scripts.gen.js";
import { WaitingConnection, type WaitingLine } from "./waiting-line.js";

function partitionsFrom(said: number | string): number {
  const count = Number(said);
  if (Number.isInteger(count) && count >= 1 && count <= 16_384) return count;
  throw new ConfigurationError(`the broker's partitions are a whole number from 1 to 16384, but are "${said}"`);
}

/** What a worker's verbs stand on: partitions, and connections to them. */
export interface Ground {
  /** The beginning of each partition's keys. */
  readonly bases: readonly string[];
  readonly commands: Line;
  partitionOf(run: string): number;
  /** The same of every partition, side by side. */
  everywhere<Reply>(ask: (base: string, partition: number) => Promise<Reply>): Promise<Reply[]>;
  /** Goes on with what a script has left as slices, while the caller goes about its business. */
  goOnBehind(base: string): void;
  /** A connection on which one may wait for keys of a partition. */
  waitingLine(base: string): Promise<WaitingLine>;
}

export class Server implements Ground {
  readonly address: Address;
  readonly options: RedisBrokerOptions;
  readonly commands: Connection;
  /** The beginning of each partition's keys. */
  readonly bases: readonly string[];

  constructor(url: string, options: RedisBrokerOptions) {
    this.address = readAddress(url);
    this.options = options;
    this.commands = new Connection(this.address, options, "commands");
    const { query } = this.address;
    const prefix = options.prefix ?? query.get("prefix") ?? "tqc";
    const length = partitionsFrom(options.partitions ?? query.get("partitions") ?? 1);
    this.bases = Array.from({ length }, (_, partition) => baseOf(prefix, partition));
  }

  partitionOf(run: string): number {
    return partitionOf(run, this.bases.length);
  }

  baseOf(run: string): string {
    return this.bases[this.partitionOf(run)] ?? "";
  }

  async waitingLine(base: string): Promise<WaitingConnection> {
    return new WaitingConnection(await this.#addressOf(base), this.options);
  }

  /** Where to wait for keys of a partition: on a cluster a connection can do so only at the node that has them now. */
  async #addressOf(base: string): Promise<Address> {
    const { address, commands } = this;
    if (address.kind !== "cluster") return address;
    const owner = await commands.use(async (client) => {
      const slot = Number(await client.call("CLUSTER", "KEYSLOT", base));
      return "slots" in client ? client.slots[slot]?.[0] : undefined;
    });
    const [, host, port] = /^(.*):(\d+)$/.exec(owner ?? "") ?? [];
    if (host === undefined) throw new Error(`no node has the partition ${base}`);
    return { ...address, kind: "single", hosts: [{ host, port: Number(port) }], path: [] };
  }

  /** The same of every partition, side by side. */
  everywhere<Reply>(ask: (base: string, partition: number) => Promise<Reply>): Promise<Reply[]> {
    return Promise.all(this.bases.map(ask));
  }

  /** Goes on with what a script has left as slices, until nothing is left. */
  async goOn(base: string): Promise<void> {
    for (let more = 1; more > 0; ) [, more] = await this.commands.run<[number, number]>(promote({ base, limit: 0 }));
  }

  /** As `goOn`, while the caller goes about its business; if it cannot, the next promotion does. */
  goOnBehind(base: string): void {
    this.goOn(base).catch(() => {});
  }
}
