/** What every verb of the Redis broker stands on: its connection, and where each run's keys are. */
import { baseOf, partitionOf } from "../keys.js";
import { type Address, Connection, type ConnectionOptions, readAddress } from "./connection.js";
import { promote } from "./scripts.gen.js";

/** How a broker is set up. */
export interface RedisBrokerOptions extends ConnectionOptions {
  /** What all keys start with. Default "tqc". */
  readonly prefix?: string;
  /** How many hash slots the runs are spread over: one but for Redis Cluster. All who share a prefix must agree. */
  readonly partitions?: number;
}

export class Server {
  readonly address: Address;
  readonly options: RedisBrokerOptions;
  readonly commands: Connection;
  /** The beginning of each partition's keys. */
  readonly bases: readonly string[];

  constructor(url: string, options: RedisBrokerOptions) {
    this.address = readAddress(url);
    this.options = options;
    this.commands = new Connection(this.address, options, "commands");
    const prefix = options.prefix ?? "tqc";
    this.bases = Array.from({ length: options.partitions ?? 1 }, (_, partition) => baseOf(prefix, partition));
  }

  partitionOf(run: string): number {
    return partitionOf(run, this.bases.length);
  }

  baseOf(run: string): string {
    return this.bases[this.partitionOf(run)] ?? "";
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
