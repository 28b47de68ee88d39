import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { currentTask } from "../../runtime/attempt/context.js";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import { createApp } from "../../runtime/client/client.js";
import { createLogger, jsonLogger, type Logger } from "../../runtime/logger.js";
import { call, contract } from "./rig.js";

/** Runs one task in an application with this logger. */
async function runLogged(logger: Logger, work: () => unknown): Promise<void> {
  const broker = createMemoryBroker();
  const app = createApp({ broker, logger });
  app.declare(contract("work"));
  app.register({ work });
  const worker = app.worker();
  await worker.start();
  onTestFinished(async () => {
    await worker.stop();
    await app.close();
    await broker.close();
  });
  await (await app.submit(call("work"), [])).get().catch(() => {});
}

/** A pino that keeps what it writes. */
function keepingPino() {
  const lines: Record<string, unknown>[] = [];
  return { lines, logger: pino({ level: "debug" }, { write: (line: string) => lines.push(JSON.parse(line)) }) };
}

test("pino is a logger as it is: the worker's lines and the task's, each with the task's fields", async () => {
  const { lines, logger } = keepingPino();
  await runLogged(logger, () => currentTask().log.info({ rows: 3 }, "read"));
  expect(lines).toContainEqual(expect.objectContaining({ level: 30, msg: "read", rows: 3, task: "work", attempt: 0 }));
  expect(lines).toContainEqual(expect.objectContaining({ level: 30, msg: "work succeeded", outcome: "success" }));
});

test("an error that failed a task reaches pino's own serializer", async () => {
  const { lines, logger } = keepingPino();
  await runLogged(logger, () => {
    throw new RangeError("too far");
  });
  expect(lines).toContainEqual(
    expect.objectContaining({
      msg: "work failed",
      err: expect.objectContaining({ type: "RangeError", message: "too far", stack: expect.stringContaining("at ") }),
    }),
  );
});

test("a task may say the message first or the fields first, or give an error", async () => {
  const { lines, logger } = keepingPino();
  await runLogged(logger, () => {
    const { log } = currentTask();
    log.warn("only words");
    log.warn("read", { rows: 3 });
    log.warn({ rows: 4 }, "read");
    log.warn({ rows: 5 });
    log.warn(new RangeError("too far"));
    log.warn(new RangeError("too far"), "while reading");
    log.warn("while reading", new RangeError("too far"));
  });
  const said = lines.filter(({ level }) => level === 40);
  const err = expect.objectContaining({ type: "RangeError", message: "too far" });
  expect(said.map(({ msg, rows, err }) => ({ msg, rows, err }))).toEqual([
    { msg: "only words" },
    { msg: "read", rows: 3 },
    { msg: "read", rows: 4 },
    { msg: "", rows: 5 },
    { msg: "too far", err },
    { msg: "while reading", err },
    { msg: "while reading", err },
  ]);
});

test("a task's log serves where a plain logger is asked for", async () => {
  const { lines, logger } = keepingPino();
  const greet = (log: Logger) => log.info("hello");
  await runLogged(logger, () => greet(currentTask().log));
  expect(lines).toContainEqual(expect.objectContaining({ msg: "hello", task: "work" }));
});

test("a logger of one's own is a function that writes, from a level on", () => {
  const lines: unknown[] = [];
  const logger = createLogger((level, fields, message) => lines.push([level, fields, message]), "warn");
  logger.info("quiet");
  logger.error("loud", { code: 7 });
  expect(lines).toEqual([["error", { code: 7 }, "loud"]]);
});

test("JSON lines begin at `info` unless told otherwise", () => {
  const lines: string[] = [];
  const logger = jsonLogger((line) => lines.push(line));
  logger.debug("quiet");
  logger.info("said", { rows: 3 });
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { time: expect.stringMatching(/Z$/), level: "info", msg: "said", rows: 3 },
  ]);
});
