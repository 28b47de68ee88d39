/** The colours of states, the same in every format. */
import type { TaskState } from "../../runtime/messages.js";

/** A box is filled with one colour and drawn in another; text is dark on all of them. */
export interface Paint {
  readonly fill: string;
  readonly line: string;
}

export const PAINT: Readonly<Record<TaskState, Paint>> = {
  PENDING: { fill: "#f1f3f5", line: "#868e96" },
  STARTED: { fill: "#d0ebff", line: "#1c7ed6" },
  RETRY: { fill: "#fff3bf", line: "#f08c00" },
  SUCCESS: { fill: "#d3f9d8", line: "#2f9e44" },
  FAILURE: { fill: "#ffe3e3", line: "#e03131" },
  REVOKED: { fill: "#e5dbff", line: "#7048e8" },
};

/** A box of a canvas that does not run. */
export const PLAIN: Paint = { fill: "#ffffff", line: "#495057" };
