/** The worker's one round trip: it settles what has ended and claims what it has room for. */
import { ALL_QUEUES, type Claim, type ExchangeReply, type ExchangeRequest } from "../../broker.js";
import type { MessageText, NodeIndex } from "../../messages.js";
import { readRouting } from "../routing.js";
import { makeMove } from "./moves.js";
import { isDead, nextDue, promoteDue, startInFront } from "./ready.js";
import type { Store } from "./store.js";

/** How many delayed calls one exchange makes ready at most. */
const PROMOTED = 1000;

/** Makes the moves, then claims: what they made ready first, then queues in the order asked for. */
export function exchange(store: Store, request: ExchangeRequest, lease: Lease): ExchangeReply {
  const { worker, queues, moves } = request;
  store.workers.set(worker, store.clock.now() + request.lease);
  const fresh: Fresh[] = [];
  const served = new Set(queues);
  const { paused } = store.queues;
  const serves = (queue: string) => (served.has(queue) || served.has(ALL_QUEUES)) && !paused.has(queue);
  const start = (text: MessageText, ahead?: NodeIndex) => {
    const { queue, delay } = readRouting(text);
    // Where the order is drawn, a continuation takes its chance with the others.
    const straight = delay === 0 && serves(queue) && !store.queues.draw;
    if (straight && fresh.length < request.room) fresh.push({ text, ahead });
    else startInFront(store, text);
  };
  const replies = moves.map((move) => makeMove(store, worker, move, start));
  promoteDue(store, PROMOTED);
  store.queues.flush();
  const claims = fresh
    .filter(({ text }) => !isDead(store, text))
    .map((each) => ({ ...lease(worker, each.text), ...show(store, each, request.ahead) }));
  const named = (served.has(ALL_QUEUES) ? [...queues, ...store.queues.names()] : queues).filter(serves);
  fill(store, { worker, queues: store.queues.inOrder(named), room: request.room }, claims, lease);
  const due = nextDue(store);
  return { replies, claims, ...(due !== undefined && { due: Math.max(0, due - store.clock.now()) }) };
}

/** Puts a message in a worker's hands. */
export type Lease = (worker: string, text: MessageText) => Claim;

function fill(
  store: Store,
  { worker, queues, room }: Pick<ExchangeRequest, "worker" | "queues" | "room">,
  claims: Claim[],
  lease: Lease,
): void {
  for (const queue of queues) {
    while (claims.length < room) {
      const text = store.queues.take(queue);
      if (text === undefined) break;
      if (!isDead(store, text)) claims.push(lease(worker, text));
    }
  }
}

/** A call that one of the moves made ready, and the last of the pure calls that follow it. */
interface Fresh {
  readonly text: MessageText;
  readonly ahead: NodeIndex | undefined;
}

/** Shows so many of the calls that may be run ahead. */
function show(store: Store, { text, ahead: last }: Fresh, most = 0): Pick<Claim, "ahead"> {
  if (last === undefined || most === 0) return {};
  const { run, index } = readRouting(text);
  const { nodes } = store.runs.get(run) ?? {};
  const behind = Array.from({ length: Math.min(last - index, most) }, (_, i) => nodes?.get(index + 1 + i));
  return { ahead: behind.filter((each) => each !== undefined) };
}
