/** A broker on the bench: what every part of its contract is asked with. */
import type {
  Broker,
  BrokerEvent,
  Claim,
  ExchangeRequest,
  Move,
  RecallRequest,
  Source,
  Submission,
} from "../../../runtime/broker.js";
import { brief } from "../texts.js";

/** A broker under test, and its time. */
export interface Subject {
  readonly broker: Broker;
  /** Lets time pass. */
  pass(ms: number): Promise<void>;
  /** How many things are stored: keys, or entries. */
  stored(): Promise<readonly string[]>;
}

export type Bench = ReturnType<typeof benchOf>;

/** The helpers of a broker that is another one for each test. */
export function benchOf(current: () => Subject) {
  const ask = (parts: Partial<ExchangeRequest> = {}) =>
    current().broker.exchange({ worker: "w", queues: ["default"], room: 10, lease: 30_000, moves: [], ...parts });
  return {
    get broker() {
      return current().broker;
    },
    pass: (ms: number) => current().pass(ms),
    stored: () => current().stored(),
    ask,
    /** What a worker whose task "t" has this fingerprint takes back of what was set aside. */
    recall: (worker: string, fingerprint: string, parts: Partial<RecallRequest> = {}) =>
      current().broker.recall({
        worker,
        fingerprints: new Map([["t", fingerprint]]),
        room: 5,
        lease: 30_000,
        ...parts,
      }),
    make: (moves: readonly Move[], parts: Partial<ExchangeRequest> = {}) => ask({ moves, room: 0, ...parts }),
    claimAll: async (parts: Partial<ExchangeRequest> = {}) => (await ask({ room: 1000, ...parts })).claims,
    submit: (...submissions: Submission[]) => current().broker.submit(submissions),
    /** How the nodes of a run have ended, by index. */
    async states(run: string) {
      const record = await current().broker.inspect(run);
      const ended = [...(record?.outcomes ?? [])].sort(([a], [b]) => a - b);
      return Object.fromEntries(ended.map(([index, outcome]) => [index, brief(outcome)]));
    },
    listen: (source: Source) => listen(current().broker, source),
    at,
  };
}

/** The claim of a node. */
function at(claims: readonly Claim[], index: number): Claim {
  const found = claims.find(({ text }) => text.split(" ")[1] === `${index}`);
  if (!found) throw new Error(`node ${index} was not claimed`);
  return found;
}

/** What is told, and a way to wait until so much is. */
async function listen(broker: Broker, source: Source) {
  const heard: Exclude<BrokerEvent, { kind: "gap" }>[] = [];
  const waiters: (() => void)[] = [];
  await broker.follow(source, (event) => {
    if (event.kind !== "gap") heard.push(event);
    for (const wake of waiters.splice(0)) wake();
  });
  const until = async (count: number) => {
    while (heard.length < count) await new Promise<void>((resolve) => waiters.push(resolve));
    return heard;
  };
  return { heard, until };
}
