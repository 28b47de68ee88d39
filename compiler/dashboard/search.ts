/** Finds runs and nodes by what somebody typed: an id, a stamp as "key=value", or a part of a task's name. */
import type { Broker, Overview } from "../../runtime/broker.js";
import { stampTexts } from "../../runtime/plan/submission.js";
import { nodeId } from "../../runtime/wire.js";
import { heldBy } from "../inspect/held.js";
import { findRun } from "../inspect/lookup.js";
import { runState, shapeOf, statesOf } from "../inspect/run-report.js";
import type { Hit } from "./view.js";

/** How many are shown, and among how many ended calls is looked. */
const MOST = 50;
const AMONG = 1_000;

/** What fits best comes first: the id itself, then a stamp, then tasks that run, then those that ended. */
export async function search(text: string, broker: Broker): Promise<Hit[]> {
  const wanted = text.trim();
  if (wanted === "") return [];
  const found = await Promise.all([byId(wanted, broker), byStamp(wanted, broker), byTask(wanted, broker)]);
  const hits = new Map(
    found
      .flat()
      .map((hit) => [hit.id, hit] as const)
      .reverse(),
  );
  return [...hits.values()].reverse().slice(0, MOST);
}

async function byId(id: string, broker: Broker): Promise<Hit[]> {
  if (/\s/.test(id)) return [];
  const { target, record } = await findRun(id, broker);
  if (!record) return [];
  const { run, index } = target;
  const shape = shapeOf(record);
  const states = statesOf(record, shape);
  const node = index === undefined ? undefined : shape.get(index);
  if (index !== undefined && !node) return [];
  const state = index === undefined ? runState(record, states) : states.get(index);
  const task = node?.kind === "call" ? node.task : undefined;
  return [{ id, run, by: "id", ...(index !== undefined && { index }), ...(state && { state }), ...(task && { task }) }];
}

/** A value as it was typed may be a text, or a number, true or false. */
async function byStamp(typed: string, broker: Broker): Promise<Hit[]> {
  const [, key, value = ""] = /^([^=\s]+)=(.+)$/.exec(typed) ?? [];
  if (key === undefined) return [];
  const stamps = [...stampTexts(key, value), `${key}=${value}`];
  const nodes = (await Promise.all(stamps.map((stamp) => broker.stamped(stamp)))).flat();
  return nodes.slice(0, MOST).map(([run, index]) => ({ id: nodeId(run, index, -1), run, index, by: "stamp" }));
}

async function byTask(text: string, broker: Broker): Promise<Hit[]> {
  const [overview, recent] = await Promise.all([broker.overview(), broker.recent(AMONG)]);
  const part = text.toLowerCase();
  const fits = ({ task = "" }: Pick<Hit, "task">) => task.toLowerCase().includes(part);
  const ended = recent.map(({ id, run, index, task, state }): Hit => ({ id, run, index, task, state, by: "task" }));
  return [...running(overview), ...aside(overview), ...ended].filter(fits);
}

function running({ workers }: Overview): Hit[] {
  return workers.flatMap(heldBy).map(({ run, index, header }) => {
    const id = header.id ?? nodeId(run, index, header.lone ? index : -1);
    return { id, run, index, task: header.task, state: "STARTED", by: "task" };
  });
}

function aside({ aside }: Overview): Hit[] {
  return aside.map(({ run, index, task }) => ({
    id: nodeId(run, index, -1),
    run,
    index,
    task,
    state: "PENDING",
    by: "task",
  }));
}
