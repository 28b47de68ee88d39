import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import { BrokerWorld } from "./broker-world.js";
import { runs, values } from "./suite.js";

const broker = createMemoryBroker();
const world = new BrokerWorld(() => broker);

describe("on memory", () => {
  beforeAll(() => world.start());
  afterEach(() => world.quiet());
  afterAll(() => world.stop());

  values(world);
  runs(world);
});
