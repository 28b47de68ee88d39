/** Connections that fail fast and say so: nothing is queued behind an outage, nothing is logged, no error goes unheard. */
import { Cluster, Redis, type RedisOptions } from "ioredis";
import { BrokerUnavailableError, ConfigurationError } from "../../errors.js";
import type { ConnectionOptions } from "./options.js";
import type { Invocation } from "./scripts.gen.js";

export type Client = Redis | Cluster;

type ClientOptions = Omit<RedisOptions, "replyMapping">;

/** An address of a broker, taken apart. */
export interface Address {
  readonly kind: "single" | "sentinel" | "cluster";
  readonly hosts: readonly { readonly host: string; readonly port: number }[];
  readonly username?: string;
  readonly password?: string;
  readonly tls: boolean;
  /** The database, or with sentinels the name of the master and the database. */
  readonly path: readonly string[];
  /** What stands behind the question mark. */
  readonly query: URLSearchParams;
}

const ADDRESS =
  /^(rediss?|redis\+sentinel|redis\+cluster):\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/;

/** URL -> address. */
export function readAddress(url: string): Address {
  const [, scheme, username, password, hosts = "", path = "", query = ""] = ADDRESS.exec(url) ?? [];
  if (scheme === undefined) {
    throw new ConfigurationError(
      `the broker's URL is "${url.replace(/\/\/[^@/]*@/, "//***@")}"; expected redis://host:port, rediss://, redis+sentinel://h1:p1,h2:p2/master or redis+cluster://h1:p1,h2:p2`,
    );
  }
  const kind = scheme === "redis+sentinel" ? "sentinel" : scheme === "redis+cluster" ? "cluster" : "single";
  return {
    kind,
    hosts: hosts.split(",").map((each) => readHost(each, kind === "sentinel" ? 26379 : 6379)),
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    tls: scheme === "rediss",
    path: path.split("/").filter((part) => part !== ""),
    query: new URLSearchParams(query),
  };
}

function readHost(text: string, defaultPort: number): { host: string; port: number } {
  const [, host, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(text) ?? [];
  return { host: host?.replace(/^\[|\]$/g, "") || "127.0.0.1", port: Number(port ?? defaultPort) };
}

/** What a connection is for: only one that blocks may wait for its answer longer than the timeout. */
export type Use = "commands" | "blocking" | "listening";

/** A client that connects at its first use. */
export function createClient(address: Address, options: ConnectionOptions, use: Use): Client {
  const timeout = options.connectTimeout ?? 10_000;
  const common: ClientOptions = {
    lazyConnect: true,
    // A command that waited out an outage would run after its caller was told that it had failed.
    enableOfflineQueue: false,
    // One that was under way may have run already: its caller decides, not the connection.
    autoResendUnfulfilledCommands: false,
    // Nobody hears of the client's own attempt where that fails: whoever listens subscribes anew.
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    // A master that has become a replica goes on answering: the new one is found by connecting anew.
    reconnectOnError: (error) => error.message.startsWith("READONLY"),
    retryStrategy: (times) => Math.min(20 * 2 ** times, 1000),
    connectTimeout: timeout,
    // What is said goodbye to is idle, or gone already: a timer that waits for its end would keep the process up.
    disconnectTimeout: 50,
    ...(use === "commands" && { commandTimeout: timeout }),
    ...credentials(address, options),
  };
  const client = open(address, common);
  // Every failure reaches the operation it belongs to; unheard, this event would end the process.
  client.on("error", () => {});
  // Every operation that waits for the connection listens: as many as there are.
  client.setMaxListeners(0);
  return client;
}

function credentials(address: Address, { username, password, tls }: ConnectionOptions): ClientOptions {
  const name = username ?? address.username;
  const secret = password ?? address.password;
  return {
    ...(name !== undefined && { username: name }),
    ...(secret !== undefined && { password: secret }),
    ...((address.tls || tls) && { tls: tls ?? {} }),
  };
}

function open(address: Address, common: ClientOptions): Client {
  const [first] = address.hosts;
  const [database, ...rest] = address.path;
  switch (address.kind) {
    case "single":
      return new Redis({ ...common, ...first, db: Number(database ?? 0) });
    case "sentinel":
      return new Redis({
        ...common,
        sentinels: address.hosts.map((each) => ({ ...each })),
        name: database ?? "mymaster",
        db: Number(rest[0] ?? 0),
      });
    case "cluster": {
      const { lazyConnect: _lazy, enableOfflineQueue: _queue, retryStrategy, ...redisOptions } = common;
      return new Cluster(
        address.hosts.map((each) => ({ ...each })),
        {
          lazyConnect: true,
          enableOfflineQueue: false,
          clusterRetryStrategy: (times) => retryStrategy?.(times) ?? 1000,
          redisOptions,
        },
      );
    }
  }
}

const CLOSED = new Error("it has been closed");
const LOST = new Error("the connection is lost");

/** What goes over one connection, in order. */
export interface Line {
  /** Runs a script in one round trip. */
  run<Reply>(invocation: Invocation): Promise<Reply>;
  /** Does something with the connection once there is one. */
  use<Reply>(act: (client: Client) => Promise<Reply>): Promise<Reply>;
  close(): void;
}

/** One client, and the rule that whatever it cannot do in time rejects with BrokerUnavailableError. */
export class Connection implements Line {
  readonly client: Client;
  readonly #timeout: number;
  readonly #where: string;
  /** Those who wait for a connection, told when there will be none. */
  readonly #waiting = new Set<() => void>();
  #closed = false;

  constructor(address: Address, options: ConnectionOptions, use: Use) {
    this.client = createClient(address, options, use);
    this.#timeout = options.connectTimeout ?? 10_000;
    this.#where = address.hosts.map(({ host, port }) => `${host}:${port}`).join(",");
  }

  /** Whether a command can be sent now. */
  get isReady(): boolean {
    return isReady(this.client);
  }

  /** Runs a script in one round trip. */
  async run<Reply>(invocation: Invocation): Promise<Reply> {
    if (!this.isReady) await this.ready();
    try {
      return await runScript<Reply>(this.client, invocation);
    } catch (error) {
      throw this.failure(error);
    }
  }

  /**
   * Does something with the connection once there is one; a lost connection is a BrokerUnavailableError. What is sent before
   * `act` first waits leaves in one write: each costs a call of the system at both ends.
   */
  async use<Reply>(act: (client: Client) => Promise<Reply>): Promise<Reply> {
    if (!this.isReady) await this.ready();
    try {
      return await this.now(act);
    } catch (error) {
      throw this.failure(error);
    }
  }

  /** As `use`, of a connection that is ready. What `act` gives is given back as it is. */
  now<Result>(act: (client: Client) => Result): Result {
    if (!this.isReady) throw this.#unavailable(LOST);
    const stream = "stream" in this.client ? this.client.stream : undefined;
    stream?.cork();
    try {
      return act(this.client);
    } finally {
      stream?.uncork();
    }
  }

  /** As `use`, for what changes nothing: it is asked once more where the connection broke under it. */
  async look<Reply>(act: (client: Client) => Promise<Reply>): Promise<Reply> {
    const start = performance.now();
    try {
      return await this.use(act);
    } catch (error) {
      const left = this.#timeout - (performance.now() - start);
      if (!(error instanceof BrokerUnavailableError) || this.#closed || left <= 0) throw error;
      await this.ready(left);
      return this.use(act);
    }
  }

  close(): void {
    this.#closed = true;
    for (const giveUp of this.#waiting) giveUp();
    this.client.disconnect();
  }

  /** Resolves when it is ready, within so many ms. */
  ready(within = this.#timeout): Promise<void> {
    if (this.isReady) return Promise.resolve();
    if (this.#closed) return Promise.reject(this.#unavailable(CLOSED));
    const { client } = this;
    // Who asks for a connection gets a try at once: the pause between tries is for those who only wait.
    if (["wait", "end", "reconnecting"].includes(client.status)) client.connect().catch(() => {});
    return new Promise((resolve, reject) => {
      let last: unknown = new Error(`no connection within ${Math.ceil(within)} ms`);
      const timer = setTimeout(() => settle(() => reject(this.#unavailable(last))), within);
      const onReady = () => settle(resolve);
      const onError = (error: unknown) => {
        last = error;
      };
      const settle = (done: () => void) => {
        clearTimeout(timer);
        client.off("ready", onReady);
        client.off("error", onError);
        this.#waiting.delete(giveUp);
        done();
      };
      const giveUp = () => settle(() => reject(this.#unavailable(CLOSED)));
      this.#waiting.add(giveUp);
      client.once("ready", onReady);
      client.on("error", onError);
    });
  }

  /** What to throw for what a command has failed with. */
  failure(error: unknown): unknown {
    return isOutage(error) ? this.#unavailable(error) : error;
  }

  #unavailable(error: unknown): BrokerUnavailableError {
    const why = error instanceof Error ? error.message : String(error);
    return new BrokerUnavailableError(`the broker at ${this.#where} cannot be reached: ${why}`, { cause: error });
  }
}

/** Whether a command can be written now: between a broken stream and its notice, the status still says so. */
function isReady(client: Client): boolean {
  return client.status === "ready" && (!("stream" in client) || client.stream.writable);
}

/** Runs a script by its hash; one that the server does not know rejects. */
export function runKnown<Reply>(client: Client, { script, keys, args }: Invocation): Promise<Reply> {
  return client.evalsha(script.sha, keys.length, ...keys, ...args) as Promise<Reply>;
}

/** Whether a script was sent by its hash alone to a server that does not know it. */
export function isUnknownScript(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("NOSCRIPT");
}

/** Runs a script by its hash; it is sent whole only where the server does not know it. */
export function runScript<Reply>(client: Client, invocation: Invocation): Promise<Reply> {
  const { script, keys, args } = invocation;
  return runKnown<Reply>(client, invocation).catch((error: unknown) => {
    if (!isUnknownScript(error)) throw error;
    return client.eval(script.text, keys.length, ...keys, ...args) as Promise<Reply>;
  });
}

/** Whether the connection failed, and not the command. */
function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error.name === "MaxRetriesPerRequestError" ||
    error.name === "ClusterAllFailedError" ||
    "syscall" in error ||
    /Connection is closed|Stream isn't writeable|Command timed out|Cluster isn't ready|^LOADING|^CLUSTERDOWN|^MASTERDOWN|^READONLY/.test(
      error.message,
    )
  );
}
