/** Following a run as it goes: the progress of a task, and the members of a group as they end. */
import type { BrokerEvent } from "../broker.js";
import type { NodeIndex } from "../messages.js";
import { endValue } from "./ended.js";
import { readInSlices } from "./outcomes.js";
import type { RunView } from "./run-view.js";
import { type Progress, progressOf } from "./task-info.js";

/** Events of one run as a queue that one reader empties. */
class Feed {
  readonly #events: BrokerEvent[] = [];
  #wake: (() => void) | undefined;

  readonly put = (event: BrokerEvent): void => {
    this.#events.push(event);
    this.#wake?.();
  };

  /** The next event; resolves with nothing after a while without one, so that the reader can look for itself. */
  async next(view: RunView, patience: number): Promise<BrokerEvent | undefined> {
    if (this.#events.length === 0) {
      await new Promise<void>((resolve) => {
        const cancel = view.desk.clock.after(patience, resolve);
        this.#wake = () => {
          cancel();
          resolve();
        };
      });
      this.#wake = undefined;
    }
    return this.#events.shift();
  }
}

const PATIENCE = 2_000;

/** Follows a run while `read` goes on; keeps the process alive meanwhile. */
async function* following<Item>(
  view: RunView,
  read: (next: () => Promise<BrokerEvent | undefined>) => AsyncGenerator<Item>,
): AsyncGenerator<Item> {
  const feed = new Feed();
  const broker = await view.desk.broker();
  const stop = await broker.follow({ run: view.run }, feed.put);
  const stayAlive = setInterval(() => {}, 1 << 30);
  try {
    yield* read(() => feed.next(view, PATIENCE));
  } finally {
    clearInterval(stayAlive);
    await stop();
  }
}

/** What a task reports of itself until it has ended: the last report before now comes first, and the last of all is never missed. */
export function followProgress(view: RunView, index: NodeIndex): AsyncGenerator<Progress> {
  return following(view, async function* (next) {
    let last: string | undefined;
    function* unlessTold(text: string | undefined): Generator<Progress> {
      const progress = text === last ? undefined : progressOf(text);
      last = text ?? last;
      if (progress) yield progress;
    }
    const stored = async () => unlessTold((await view.inspect())?.progress.get(index));
    yield* await stored();
    while ((await view.read([index]))[0] === undefined) {
      for (let event = await next(); event && event.kind !== "gap"; event = await next()) {
        if (event.index !== index) continue;
        if (event.kind === "outcome") return yield* await stored();
        if (event.kind === "progress") yield* unlessTold(event.text);
      }
    }
    yield* await stored();
  });
}

/** Members as they end, with their position. The first failure met is thrown once all others have been given. */
export function followMembers(view: RunView, members: readonly NodeIndex[]): AsyncGenerator<[number, unknown]> {
  return following(view, async function* (next) {
    const positions = new Map(members.map((index, position) => [index, position]));
    const failures: unknown[] = [];
    let ended = members;
    while (positions.size > 0) {
      const texts = await readInSlices(ended, view);
      for (const [i, index] of ended.entries()) {
        const [text, position] = [texts[i], positions.get(index)];
        if (text === undefined || position === undefined) continue;
        positions.delete(index);
        try {
          yield [position, await endValue(view, index, text)];
        } catch (error) {
          failures.push(error);
        }
      }
      if (positions.size > 0) ended = meant(await next(), positions);
    }
    if (failures.length > 0) throw failures[0];
  });
}

/** The members an event is about; after a silence, all that are still open. */
function meant(event: BrokerEvent | undefined, open: ReadonlyMap<NodeIndex, number>): readonly NodeIndex[] {
  if (event === undefined || event.kind === "gap") return [...open.keys()];
  return event.kind === "outcome" && open.has(event.index) ? [event.index] : [];
}
