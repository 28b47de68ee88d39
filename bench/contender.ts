/** What every contender can be asked for, so that all are measured by the same program. */
export interface Contender {
  readonly name: string;
  /** Sends so many no-op tasks, as fast as this contender can; resolves when Redis has them all. */
  submit(count: number): Promise<void>;
  /** The same by single calls, all under way at once, where that is a way of its own. */
  submitSingly?(count: number): Promise<void>;
  /** The same as `submit`, of tasks whose results nobody wants. */
  submitIgnored?(count: number): Promise<void>;
  /** One task, sent and awaited. */
  roundTrip(): Promise<void>;
  /** A chain of so many steps, its last result awaited. */
  chain?(steps: number): Promise<void>;
  /** The same, of steps that are known only to compute, where that is a way of its own. */
  pureChain?(steps: number): Promise<void>;
  /** So many members side by side, then a body that is given all their results, its result awaited. */
  chord?(members: number): Promise<void>;
  /** So many members side by side, all their results read. */
  group?(members: number): Promise<void>;
  close(): Promise<void>;
}

/** The consuming side, in a process of its own. `onTask` is told of every task that has ended. */
export interface Consumer {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** How the consuming side is run. */
export interface ConsumeOptions {
  /** One of its module's variants. */
  readonly variant?: string;
}

/** Opens one side of a contender. */
export interface ContenderModule {
  open(url: string): Promise<Contender>;
  consume(url: string, onTask: () => void, options: ConsumeOptions): Promise<Consumer>;
  /** Ways to run its consumer: the best of them counts. Default: there is one. */
  readonly variants?: readonly string[];
  /** What part of the tasks its rates are measured with. Default: all. */
  readonly share?: number;
  /** The largest canvas it is measured with: larger ones take minutes. Default: any. */
  readonly largest?: number;
  /** Why it cannot be measured here. */
  readonly missing?: string | undefined;
}
