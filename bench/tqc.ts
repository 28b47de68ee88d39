/** tqc, as anyone would use it: validated arguments, results kept, one worker process. */
import type { Consumer, Contender } from "./contender.js";
import { app, chain, chord, gather, group, noop, pureStep, step } from "./project/src/tasks.gen.js";

const PADDING = "x".repeat(110);
const CONCURRENCY = 200;

export async function open(url: string): Promise<Contender> {
  app.configure({ broker: url });
  const call = () => noop.s(2, 3, PADDING);
  return {
    name: "tqc",
    async submit(count) {
      await app.submit(Array.from({ length: count }, call));
    },
    async submitIgnored(count) {
      await app.submit(Array.from({ length: count }, () => call().set({ ignoreResult: true })));
    },
    async submitSingly(count) {
      await Promise.all(Array.from({ length: count }, () => noop.delay(2, 3, PADDING)));
    },
    async roundTrip() {
      const handle = await noop.delay(2, 3, PADDING);
      await handle.get();
    },
    async chain(steps) {
      const handle = await chain(call(), ...Array.from({ length: steps - 1 }, () => step.s(PADDING))).delay();
      await handle.get();
    },
    async pureChain(steps) {
      const handle = await chain(call(), ...Array.from({ length: steps - 1 }, () => pureStep.s(PADDING))).delay();
      await handle.get();
    },
    async chord(members) {
      const handle = await chord(Array.from({ length: members }, call), gather.s()).delay();
      await handle.get();
    },
    async group(members) {
      const handle = await group(Array.from({ length: members }, call)).delay();
      await handle.get();
    },
    close: () => app.close(),
  };
}

export async function consume(url: string, onTask: () => void): Promise<Consumer> {
  app.configure({ broker: url });
  const none = () => {
    onTask();
    return null;
  };
  const gathered = (results: null[]) => {
    onTask();
    return results.length;
  };
  app.register({
    "tasks.noop.noop": none,
    "tasks.noop.step": none,
    "tasks.noop.pureStep": none,
    "tasks.noop.gather": gathered,
  });
  const worker = app.worker({ concurrency: CONCURRENCY });
  return { start: () => worker.start(), stop: () => worker.stop() };
}
