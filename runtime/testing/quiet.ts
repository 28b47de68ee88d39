/** Waiting until nothing can happen at the present time. */
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import type { Broker } from "../broker.js";
import type { Cast } from "./cast.js";
import type { Crew } from "./crew.js";

/** Turns of the event loop that a worker may need to take up what has become ready, or to tell what has ended. */
const TURNS = 5;
/** Before tasks are taken to wait for the outside world, which turns of the loop do not speed up. */
const KEEN = 50;

export interface QuietParts {
  readonly broker: Broker;
  readonly cast: Cast;
  readonly crew: Crew;
  /** Real milliseconds. */
  readonly patience: number;
}

/** Gives a function that resolves once nothing runs and nothing is ready; what does not end in real time is given up on, once. */
export function quieting({ broker, cast, crew, patience }: QuietParts): () => Promise<void> {
  let unserved = 0;

  async function isBusy(): Promise<boolean> {
    const { queues } = await broker.overview();
    const ready = queues.reduce((sum, queue) => sum + queue.ready, 0);
    unserved = Math.min(unserved, ready);
    return crew.isTakingOver || cast.running > 0 || (ready > unserved && crew.hasRoom);
  }

  async function giveUp(): Promise<void> {
    cast.waive();
    const { queues } = await broker.overview();
    unserved = queues.reduce((sum, queue) => sum + queue.ready, 0);
  }

  return async () => {
    let [still, turns, pulse, since] = [0, 0, cast.pulse, performance.now()];
    while (still < TURNS) {
      await (turns < KEEN ? nextTurn() : sleep(1));
      const isStill = !(await isBusy());
      still = isStill ? still + 1 : 0;
      turns = isStill ? 0 : turns + 1;
      if (cast.pulse !== pulse) [turns, pulse, since] = [0, cast.pulse, performance.now()];
      else if (!isStill && performance.now() - since > patience) await giveUp();
    }
  };
}
