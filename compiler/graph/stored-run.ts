/** A stored run -> what is drawn, with the state of each node. */
import type { RunRecord } from "../../runtime/broker.js";
import { shapeOf, statesOf } from "../inspect/run-report.js";
import type { Drawable } from "./graph.js";

/** The nodes of a run as they are now. */
export function drawRun(record: RunRecord): Drawable {
  const shape = shapeOf(record);
  return { nodes: [...shape.values()], result: record.result, states: statesOf(record, shape) };
}
