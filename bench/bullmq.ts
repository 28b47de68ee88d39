/** BullMQ, as its own documentation would have it: `addBulk`, one worker of concurrency 100, flows for chains and chords. */
import { type FlowJob, FlowProducer, type JobsOptions, Queue, QueueEvents, Worker } from "bullmq";
import type { Consumer, Contender } from "./contender.js";

const QUEUE = "bench";
const BULK = 1_000;
const payload = { args: [2, 3], padding: "x".repeat(110) };

export async function open(url: string): Promise<Contender> {
  const connection = connectionOf(url);
  const queue = new Queue(QUEUE, { connection });
  const events = new QueueEvents(QUEUE, { connection });
  const flows = new FlowProducer({ connection });
  await events.waitUntilReady();
  const job = (name: string, children?: FlowJob[]): FlowJob => ({
    name,
    queueName: QUEUE,
    data: payload,
    ...(children && { children }),
  });
  const run = async (flow: FlowJob) => {
    const { job: top } = await flows.add(flow);
    await top.waitUntilFinished(events);
  };
  const submit = async (count: number, opts: JobsOptions) => {
    const sent: Promise<unknown>[] = [];
    for (let left = count; left > 0; left -= BULK) {
      const jobs = Array.from({ length: Math.min(BULK, left) }, () => ({ name: "noop", data: payload, opts }));
      sent.push(queue.addBulk(jobs));
    }
    await Promise.all(sent);
  };
  return {
    name: "BullMQ",
    submit: (count) => submit(count, {}),
    submitIgnored: (count) => submit(count, { removeOnComplete: true }),
    async submitSingly(count) {
      await Promise.all(Array.from({ length: count }, () => queue.add("noop", payload)));
    },
    async roundTrip() {
      const added = await queue.add("noop", payload);
      await added.waitUntilFinished(events);
    },
    async chain(steps) {
      let flow = job("noop");
      for (let i = 1; i < steps; i++) flow = job("noop", [flow]);
      await run(flow);
    },
    async chord(members) {
      await run(
        job(
          "noop",
          Array.from({ length: members }, () => job("noop")),
        ),
      );
    },
    async close() {
      await Promise.all([queue.close(), events.close(), flows.close()]);
    },
  };
}

export async function consume(url: string, onTask: () => void): Promise<Consumer> {
  const worker = new Worker(
    QUEUE,
    async () => {
      onTask();
      return null;
    },
    { connection: connectionOf(url), concurrency: 100, autorun: false },
  );
  return {
    async start() {
      await worker.waitUntilReady();
      void worker.run();
    },
    stop: () => worker.close(true),
  };
}

function connectionOf(url: string) {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port), maxRetriesPerRequest: null };
}
