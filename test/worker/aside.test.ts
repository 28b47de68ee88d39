/** What a worker's log says of the messages that it sets aside. */
import { beforeEach, expect, test } from "vitest";
import { AsideLog } from "../../runtime/attempt/aside.js";
import { createLogger } from "../../runtime/logger.js";
import { TestClock } from "../setup/clock.js";

let clock: TestClock;
let log: AsideLog;
const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  clock = new TestClock();
  const logger = createLogger((level, fields, text) => lines.push(`${level} ${text} ${JSON.stringify(fields)}`));
  log = new AsideLog({ logger, clock, worker: "w" });
});

const unknown = (task: string, id = "r") => log.tell({ reason: "unknown-task", task, id, fields: { runId: id } });

test("the first is told at once: its task, its id, the reason, and what to do", () => {
  unknown("mail.send", "r7");
  expect(lines).toEqual([
    'warn mail.send was set aside: no such task is registered here; start a worker whose registry has it, and it gets the message {"task":"mail.send","id":"r7","reason":"unknown-task","worker":"w","runId":"r7"}',
  ]);
});

test("of a flood the rest is a count every ten seconds, with the tasks that have the most", () => {
  unknown("first");
  for (let i = 0; i < 5_000; i++) unknown(`t${Math.floor(Math.sqrt(i)) % 5}`);
  expect(lines).toHaveLength(1);
  clock.advance(10_000);
  expect(lines[1]).toMatch(
    /^warn 5000 more were set aside \(t\d, t\d, t\d, 2 others\): no such task is registered here; .* \{"reason":"unknown-task","count":5000,"worker":"w"\}$/,
  );
  unknown("again");
  expect(lines).toHaveLength(2);
  clock.advance(10_000);
  expect(lines[2]).toMatch(/^warn 1 more was set aside \(again\): /);
});

test("after ten calm seconds the next one is told at once again", () => {
  unknown("a");
  clock.advance(10_000);
  unknown("b", "r8");
  expect(lines[1]).toMatch(/^warn b was set aside: .*"id":"r8"/);
});

test("each reason is counted by itself", () => {
  unknown("a");
  log.tell({ reason: "unsigned", task: "a", id: "r", found: "it is not signed" });
  log.tell({ reason: "undecodable", task: "" });
  expect(lines.map((line) => line.slice(0, 40))).toEqual([
    "warn a was set aside: no such task is re",
    "warn a was set aside: it is not signed; ",
    "warn a message was set aside: it cannot ",
  ]);
});

test("what was counted is told at the end", () => {
  for (let i = 0; i < 3; i++) unknown("a");
  log.end();
  expect(lines[1]).toMatch(/^warn 2 more were set aside \(a\): /);
  clock.advance(60_000);
  expect(lines).toHaveLength(2);
});
