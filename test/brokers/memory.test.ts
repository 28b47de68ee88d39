import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import { TestClock } from "../setup/clock.js";
import { brokerContract } from "./contract.js";

brokerContract("the memory broker", async () => {
  const clock = new TestClock();
  const broker = createMemoryBroker({ clock });
  return {
    broker,
    pass: async (ms) => clock.advance(ms),
    async stored() {
      const { queues, runs, workers } = await broker.overview();
      return [...queues.map(({ name }) => name), ...runs.map(({ id }) => id), ...workers.map(({ id }) => id)];
    },
    end: () => broker.close(),
  };
});
