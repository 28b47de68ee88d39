import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import { brokerContract } from "./contract.js";
import { VirtualClock } from "./virtual-clock.js";

brokerContract("the memory broker", async () => {
  const clock = new VirtualClock();
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
