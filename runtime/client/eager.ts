/** `apply`: a canvas run here and now, on a broker and a worker of its own, so that it is no second way of running things. */
import type { Broker, ExchangeRequest, Move, Submission } from "../broker.js";
import { createMemoryBroker } from "../brokers/memory/index.js";
import type { Tree } from "../canvas/tree.js";
import { systemClock } from "../clock.js";
import { ConfigurationError } from "../errors.js";
import { newId } from "../ids.js";
import { Inbox } from "../result/inbox.js";
import type { Desk } from "../result/run-view.js";
import { Search } from "../result/search.js";
import { readMessage, writeMessage } from "../wire.js";
import { createWorker } from "../worker/worker.js";
import type { Catalog } from "./catalog.js";
import { Outbox } from "./outbox.js";
import { Sender } from "./sender.js";

/** Runs a canvas to its end, callbacks included. Delays are skipped, and nothing expires. */
export async function applyHere(tree: Tree, given: readonly unknown[], catalog: Catalog): Promise<unknown> {
  if (catalog.registry.size === 0) {
    throw new ConfigurationError(
      'apply() runs tasks in this process, which has none of their functions: import "./tasks.registry.gen.js" first',
    );
  }
  const broker = withoutDelays(createMemoryBroker());
  const desk = deskOf(broker);
  const { registry, contracts } = catalog;
  const worker = createWorker({ broker, registry, contracts, embedded: true });
  const sender = new Sender({ catalog, desk, outbox: new Outbox(desk.broker) });
  try {
    await worker.start();
    const handle = await sender.submit(tree, given);
    const ended = everyNode(broker, handle.id);
    return await handle.get().finally(() => ended);
  } finally {
    await desk.inbox.close();
    await worker.stop();
    await broker.close();
  }
}

function deskOf(broker: Broker): Desk {
  const open = () => Promise.resolve(broker);
  return { broker: open, clock: systemClock, inbox: new Inbox(newId(), open, systemClock), search: new Search(open) };
}

/** Resolves when nothing of a run is left to do: its callbacks may outlast its result. */
async function everyNode(broker: Broker, run: string): Promise<void> {
  let news = true;
  let hear = () => {};
  const stop = await broker.follow({ run }, () => {
    news = true;
    hear();
  });
  // What ends while a look is under way is met by the next one, so that a wide run is not looked at once per node.
  while (((await broker.inspect(run))?.open ?? 0) > 0) {
    if (!news) {
      await new Promise<void>((resolve) => {
        hear = resolve;
      });
    }
    news = false;
  }
  await stop();
}

/** The same broker, for work that does not wait: neither for a time, nor for its turn. */
function withoutDelays(broker: Broker): Broker {
  return {
    ...broker,
    submit: (submissions) => broker.submit(submissions.map(prompt)),
    exchange: (request) => broker.exchange(promptMoves(request)),
    throttle: () => Promise.resolve(0),
  };
}

function prompt(submission: Submission): Submission {
  const { expiring: _expiring, ...rest } = submission;
  return {
    ...rest,
    ready: submission.ready.map((node) => ({ ...node, delay: 0, text: promptText(node.text) })),
    waiting: submission.waiting.map(([index, text]) => [index, promptText(text)]),
  };
}

/** A message says itself how long it is delayed, and when it expires. */
function promptText(text: string): string {
  if (text.startsWith("join ")) return text;
  const message = readMessage(text);
  const { expires: _expires, ...header } = message.header;
  return writeMessage({ ...message, delay: 0, header });
}

function promptMoves(request: ExchangeRequest): ExchangeRequest {
  return { ...request, moves: request.moves.map(promptMove) };
}

function promptMove(move: Move): Move {
  switch (move.kind) {
    case "retry":
    case "release":
      return { ...move, delay: 0, text: promptText(move.text) };
    case "replace":
      return { ...move, submission: prompt(move.submission) };
    case "settle":
    case "setAside":
      return move;
  }
}
