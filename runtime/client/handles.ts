/** Handles for runs: of those just submitted, and of those that are opened again by id. */
import type { NodeIndex } from "../messages.js";
import type { Lowered } from "../plan/plan.js";
import { AsyncResult, GroupResult, type Locate } from "../result/result.js";
import { type Desk, RunView } from "../result/run-view.js";
import { splitId } from "../wire.js";

/** The handle of a run that was submitted here. */
export function handleOfPlan(
  desk: Desk,
  plan: Lowered,
  sent: { readonly run: string; readonly shape: string | undefined; readonly submitted: number },
): AsyncResult<unknown> {
  const [first] = plan.nodes;
  const last = plan.nodes[plan.result - (first?.index ?? 0)];
  const task = sent.shape === undefined && first?.kind === "call" ? first.task : undefined;
  const view = new RunView(desk, { ...sent, result: plan.result, task });
  const target = { view, index: plan.result, whole: true };
  return last?.kind === "join" ? new GroupResult(sent.run, target) : new AsyncResult(sent.run, target);
}

/** A handle by id, whatever stands behind it: whether it is a group is known once it is loaded. */
export function reopen(desk: Desk, id: string): GroupResult<readonly unknown[]> {
  return new GroupResult(id, locating(desk, id));
}

function locating(desk: Desk, id: string): Locate {
  const at = (run: string, index: NodeIndex, facts: { readonly result: NodeIndex; readonly seen: boolean }) => {
    const view = new RunView(desk, { run, ...facts });
    return { view, index, whole: index === facts.result && id === run };
  };
  const find = async () => {
    const broker = await desk.broker();
    const { run, index } = splitId(id);
    const known = index === undefined ? await broker.resolve(id) : ([run, index] as const);
    const record = await broker.inspect(known?.[0] ?? run);
    const facts = { result: record?.result ?? known?.[1] ?? 0, seen: record !== undefined };
    const target = at(known?.[0] ?? run, known?.[1] ?? record?.result ?? 0, facts);
    return { ...target, certain: known !== undefined || record !== undefined };
  };
  return { clock: desk.clock, find };
}
