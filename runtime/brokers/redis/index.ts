/** The Redis broker: one verb, one script, one round trip. */
import type { Broker, Consuming } from "../../broker.js";
import { advise } from "./advice.js";
import { asidePage } from "./aside.js";
import { census, locateCall } from "./census.js";
import { exchangeAll, recallAll, type Side } from "./exchange.js";
import { history, queueArguments, recent, workArguments } from "./history.js";
import { Holdings } from "./holdings.js";
import { Idling } from "./idling.js";
import { Listening } from "./listening.js";
import { missingRuns } from "./missing.js";
import type { RedisBrokerOptions } from "./options.js";
import { overview } from "./overview.js";
import { Pausing } from "./pausing.js";
import { producing } from "./producing.js";
import { reading } from "./reading.js";
import { extend, leave, promote, reap, report, reserve, throttle } from "./scripts.gen.js";
import { Server } from "./server.js";

/** A broker that keeps its work in Redis. Connects at its first use; whatever it cannot do in time rejects with BrokerUnavailableError. */
export function connectRedisBroker(url: string, options: RedisBrokerOptions = {}): Broker {
  const server = new Server(url, options);
  const listening = new Listening(server);
  const holdings = new Holdings();
  const idling = new Idling(server, holdings);
  const pausing = new Pausing(server);
  return {
    connection: { url, options },
    ...producing(server),
    ...consuming({ server, holdings, idling }, pausing),
    ...reading(server),
    pause: (queue, paused) => pausing.pause(queue, paused),
    idle: (request) => idling.idle({ ...request, queues: pausing.open(request.queues) }),
    follow: (source, listener) => listening.follow(source, listener),
    overview: () => overview(server, pausing),
    aside: (page) => asidePage(server, page),
    locate: (run, index) => locateCall(server, run, index),
    missing: (runs) => missingRuns(server, runs),
    census: (limit) => census(server, limit),
    history: (since) => history(server, since),
    recent: (limit) => recent(server, limit),
    advise: () => advise(server),
    async close() {
      idling.close();
      listening.close();
      server.commands.close();
    },
  };
}

function consuming(side: Side & { readonly server: Server }, pausing: Pausing): Omit<Consuming, "idle"> {
  const { server, holdings } = side;
  const { commands } = server;
  /** Every partition in turn until the limit is reached. */
  const upTo = async (limit: number, ask: (base: string, limit: number) => ReturnType<typeof promote>) => {
    let done = 0;
    for (const base of server.bases) {
      const [count, more] = await commands.run<[number, number]>(ask(base, Math.max(0, limit - done)));
      if (more > 0) server.goOnBehind(base);
      done += count;
    }
    return done;
  };
  return {
    exchange(request) {
      const queues = pausing.open(request.queues);
      return exchangeAll(side, queues === request.queues ? request : { ...request, queues });
    },
    async extend(worker, lease, report) {
      const given = { worker: worker.id, lease, card: JSON.stringify(worker) };
      const replies = await server.everywhere((base, partition) => {
        const told = [...queueArguments(worker.queues), ...workArguments(partition, report)];
        return commands.run<"ok" | "lost">(extend({ base, ...given, take: told }));
      });
      return replies.includes("lost") ? "lost" : "ok";
    },
    async leave(worker, report) {
      await server.everywhere((base, partition) =>
        commands.run(leave({ base, worker, take: workArguments(partition, report) })),
      );
    },
    async promote(limit) {
      const [done] = await Promise.all([upTo(limit, (base, rest) => promote({ base, limit: rest })), pausing.look()]);
      return done;
    },
    reap: (maxDeliveries, limit) => upTo(limit, (base, rest) => reap({ base, maxDeliveries, limit: rest })),
    recall: (request) => recallAll(server, holdings, request),
    reserve: (run, count) => commands.run<number>(reserve({ base: server.baseOf(run), id: run, count })),
    async report(run, index, progress) {
      if (index === 0) holdings.reported.add(run);
      await commands.run(report({ base: server.baseOf(run), id: run, index, progress }));
    },
    throttle(task, { tokens, perMs, burst }) {
      const given = { task, interval: perMs / tokens, burst: Math.max(1, burst) };
      return commands.run<number>(throttle({ base: server.bases[0] ?? "", ...given }));
    },
  };
}
