/** An idle worker says that it waits, and blocks on a list of its own until it is woken up, or handed a call right away. */
import type { Claim, Consuming } from "../../broker.js";
import type { Clock } from "../../clock.js";
import { type Client, type Line, tryScript } from "./connection.js";
import { type Holding, type Holdings, turnOf } from "./holdings.js";
import { idle, stir, withdraw } from "./scripts.gen.js";
import type { Ground } from "./server.js";

type IdleRequest = Parameters<Consuming["idle"]>[0];

/** How long a wait may take to end, ms: it is for a server that is not there. */
const PATIENCE = 1_000;

export class Idling {
  readonly #clock: Clock;
  readonly #posts: readonly Post[];

  constructor(server: Ground, holdings: Holdings) {
    this.#clock = holdings.clock;
    this.#posts = server.bases.map((base) => new Post({ server, holdings, base }));
  }

  /** Resolves when one of the queues may have work, after `ms`, or when `signal` fires. */
  async idle(request: IdleRequest): Promise<void> {
    const { ms, signal } = request;
    // One partition that has news ends the wait for all.
    const over = new AbortController();
    // With a reason: without one, an error with its stack is made each time.
    const end = () => over.abort("over");
    const ended = Promise.all(this.#posts.map((post) => post.wait(request, over.signal).then(end)));
    const late = new Alarm(this.#clock, ms + PATIENCE);
    over.signal.addEventListener("abort", () => late.ringWithin(PATIENCE), { once: true });
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
    await Promise.race([ended, late.rung]);
    late.cancel();
    signal.removeEventListener("abort", end);
  }

  close(): void {
    for (const post of this.#posts) post.close();
  }
}

interface PostParts {
  readonly server: Ground;
  readonly holdings: Holdings;
  readonly base: string;
}

/** Where a worker waits for the work of one partition: a connection of its own, to whoever has that partition. */
class Post {
  readonly #parts: PostParts;
  #connection: Line | undefined;
  #closed = false;
  /** The wait under way; the next one follows it. */
  #waiting: Promise<void> = Promise.resolve();

  constructor(parts: PostParts) {
    this.#parts = parts;
  }

  /** Resolves when its partition has news, after the request's time, or soon after `over` fires. */
  wait(request: IdleRequest, over: AbortSignal): Promise<void> {
    this.#waiting = this.#waiting.then(() => this.#wait(request, over));
    return this.#waiting;
  }

  close(): void {
    this.#closed = true;
    this.#connection?.close();
  }

  async #wait(request: IdleRequest, over: AbortSignal): Promise<void> {
    const { holdings, base } = this.#parts;
    const holding = holdings.of(base, request.worker);
    // One that was offered a call may have been handed it already.
    if (this.#closed || (over.aborted && holding.offered === 0)) return;
    try {
      const told = await this.#block({ ...request, signal: over }, holding);
      // A word that is no call says nothing of what has been handed over since.
      const claims = told === "" ? await this.#withdraw(request.worker, holding) : [readHanded(told)];
      const mine = claims.filter(({ ticket }) => holding.accept(ticket));
      if (mine.length > 0) request.handed?.(mine);
      if (mine.length < claims.length) holding.doubt();
    } catch {
      // The next exchange meets the same outage and says so; where a partition has moved, the next wait looks for it anew.
      holding.doubt();
      this.#connection?.close();
      this.#connection = undefined;
    } finally {
      holding.strike();
    }
  }

  /** What the worker is told on its list. One that was offered a call waits for no longer than the server remembers. */
  async #block({ worker, queues, ms, signal }: IdleRequest, holding: Holding): Promise<string> {
    const { server, base } = this.#parts;
    this.#connection ??= await server.waitingLine(base);
    return this.#connection.use(async (client) => {
      if (signal.aborted && holding.offered === 0) return "";
      const known = holding.noted;
      const noted = known > 0 ? Promise.resolve() : this.#note(client, { worker, queues, ms });
      // Not before it is noted: who is called off too early waits all the same.
      const callOff = () => void noted.then(() => server.commands.run(stir({ base, worker }))).catch(() => {});
      if (signal.aborted) callOff();
      else signal.addEventListener("abort", callOff, { once: true });
      // For the server, 0 is for ever.
      const heard = client.blpop(`${base}hand:${worker}`, Math.max(1, known || ms) / 1000);
      const [told] = await Promise.all([heard, noted]);
      signal.removeEventListener("abort", callOff);
      return told?.[1] ?? "";
    });
  }

  /** The server may still remember a wait that is over: what it hands over then would lie there while its worker is busy. */
  async #withdraw(worker: string, holding: Holding): Promise<Claim[]> {
    const { server, base } = this.#parts;
    const { standing } = holding;
    if (standing.length === 0) return [];
    const told = await server.commands.run<string[]>(withdraw({ base, worker }));
    const claims = told.filter((text) => text !== "").map(readHanded);
    for (const turn of standing) if (!claims.some(({ ticket }) => turnOf(ticket) === turn)) holding.withdraw(turn);
    return claims;
  }

  /** A script that the server does not know goes another way: behind the wait it would come too late. */
  async #note(client: Client, { worker, queues, ms }: Pick<IdleRequest, "worker" | "queues" | "ms">): Promise<void> {
    const { server, base } = this.#parts;
    const invocation = idle({ base, worker, ms: Math.max(1, Math.ceil(ms)), take: queues });
    if (!(await tryScript(client, invocation))) await server.commands.run(invocation);
  }
}

/** A ticket and below it the message. */
function readHanded(text: string): Claim {
  const end = text.indexOf("\n");
  return { ticket: text.slice(0, end), text: text.slice(end + 1) };
}

/** A promise of a moment, which may be brought forward. */
class Alarm {
  readonly #clock: Clock;
  #ring: () => void = () => {};
  #cancel: () => void;
  readonly rung = new Promise<void>((resolve) => {
    this.#ring = resolve;
  });

  constructor(clock: Clock, ms: number) {
    this.#clock = clock;
    this.#cancel = clock.after(ms, () => this.#ring());
  }

  ringWithin(ms: number): void {
    this.cancel();
    this.#cancel = this.#clock.after(ms, () => this.#ring());
  }

  cancel(): void {
    this.#cancel();
  }
}
