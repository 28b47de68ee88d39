/** What a Redis broker may be told. It knows no client: whoever imports the package would have a type checker read all of it. */
import type { ConnectionOptions as TlsOptions } from "node:tls";

/** How to reach a Redis, beyond its URL. */
export interface ConnectionOptions {
  /** How long an operation waits for a connection or an answer, ms. Default 10,000. */
  readonly connectTimeout?: number;
  readonly username?: string;
  readonly password?: string;
  readonly tls?: TlsOptions;
}

/** How a broker is set up. */
export interface RedisBrokerOptions extends ConnectionOptions {
  /** What all keys start with. Default "tqc". */
  readonly prefix?: string;
  /**
   * How many hash slots the runs are spread over: one but for Redis Cluster. All who share a prefix must agree, so both
   * may stand in the URL: `redis+cluster://h1:p1,h2:p2?partitions=16`.
   */
  readonly partitions?: number;
}
