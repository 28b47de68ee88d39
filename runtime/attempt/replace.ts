/** A task's place is taken by a canvas: its nodes join the run, and the last of them settles the node it replaces. */
import type { Move } from "../broker.js";
import { resolveStamps } from "../canvas/stamping.js";
import type { Tree } from "../canvas/tree.js";
import { needTree } from "../canvas/value.js";
import { encode } from "../codec/codec.js";
import { type LowerContext, lowerReplacement } from "../plan/plan.js";
import { gather } from "../plan/stream.js";
import { toReplacement } from "../plan/submission.js";
import { checkCall } from "../schema/validator.js";
import type { Attempt } from "./attempt.js";
import type { Replacement } from "./context.js";
import { loneOf } from "./moves.js";
import { activeHeaders, loadApi } from "./trace-context.js";

/** Replacement -> move. Stamps are inherited, the replacement's own win; what follows the replaced node stays with it. */
export async function replaced(attempt: Attempt, replacement: Replacement): Promise<Move> {
  const { ticket, message, host } = attempt;
  const { run, index, edges, header } = message;
  const tree = await gather(resolveStamps(inherit(attempt, needTree(replacement, "replace"))), false);
  const context = contextOf(attempt);
  const place = { index, path: header.path ?? "" };
  const size = lowerReplacement(tree, place, context).nodes.length;
  const base = await host.broker.reserve(run, size);
  const plan = lowerReplacement(tree, place, { ...context, base });
  const trace = host.tracer && activeHeaders(await loadApi());
  const submission = toReplacement(plan, {
    run,
    reply: header.reply ?? "",
    submitted: context.now,
    ring: host.ring,
    trace,
  });
  const move: Move = { kind: "replace", ticket, run, index, edges, submission };
  return header.lone ? { ...move, lone: loneOf(header) } : move;
}

/** The replacing canvas is lowered, and checked, as a producer would. */
function contextOf({ host }: Attempt): LowerContext {
  const contract = (task: string) => host.contracts.get(task);
  return {
    contract,
    encode,
    now: host.clock.now(),
    check({ task, mode, open }, args, complete) {
      const known = contract(task);
      if (known) checkCall(known, { mode, args, open, complete });
    },
  };
}

function inherit({ message }: Attempt, tree: Tree): Tree {
  const { stamps } = message.header;
  return stamps ? { ...tree, stampers: [stamps, ...tree.stampers] } : tree;
}
