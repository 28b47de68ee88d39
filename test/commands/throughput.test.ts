import { expect, test } from "vitest";
import { toGlance } from "../../compiler/inspect/glance.js";
import { glanceLines } from "../../compiler/inspect/glance-lines.js";
import { toThroughput } from "../../compiler/inspect/throughput.js";
import type { History } from "../../runtime/broker.js";

const [SECOND, HOUR] = [1_000, 3_600_000];
/** Twenty past some hour. */
const NOW = 400 * HOUR + 1_200 * SECOND;

const counts = (succeeded: number, failed = 0, retried = 0) => ({ succeeded, failed, retried });
const slot = (ago: number, done: ReturnType<typeof counts>) => ({ at: NOW - ago * SECOND, ready: new Map(), ...done });
const hour = (ago: number, task: string, done: ReturnType<typeof counts>) => ({
  at: (400 - ago) * HOUR,
  task,
  ...done,
});

const history: History = {
  slots: [
    slot(80_000, counts(100)),
    slot(3_599, counts(7, 1)),
    slot(60, counts(5)),
    slot(59, counts(3)),
    slot(0, counts(2, 0, 4)),
  ],
  tasks: [hour(22, "mail", counts(90, 1)), hour(0, "mail", counts(10, 2, 4)), hour(1, "add", counts(200))],
};
const empty: History = { slots: [], tasks: [] };
const nothing = toGlance({ queues: [], workers: [], runs: [], aside: [], asideCount: 0 });

test("what ended is added up over the last minute, hour and day, and by task", () => {
  expect(toThroughput(history, NOW)).toEqual({
    lastMinute: counts(5, 0, 4),
    lastHour: counts(17, 1, 4),
    lastDay: counts(117, 1, 4),
    tasks: [
      { task: "add", thisHour: counts(0), lastDay: counts(200) },
      { task: "mail", thisHour: counts(10, 2, 4), lastDay: counts(100, 3, 4) },
    ],
  });
});

test("people get a line per task, and one for all", () => {
  const lines = glanceLines({ ...nothing, throughput: toThroughput(history, NOW) }, NOW, ["throughput"]);
  expect(lines).toEqual([
    "DONE  THIS HOUR  LAST DAY  FAILED  TRIED AGAIN",
    "add   0          200       0       0",
    "mail  12         103       3       4",
    "all tasks: 5 in the last minute, 18 in the last hour, 118 in the last day",
  ]);
});

test("where nothing was done, it is passed over, or said if it is asked for", () => {
  const glance = { ...nothing, throughput: toThroughput(empty, NOW) };
  expect(glanceLines(glance, NOW).join()).not.toMatch(/DONE|ended/);
  expect(glanceLines(glance, NOW, ["throughput"])).toEqual(["no worker has told of an end in the last day"]);
});
