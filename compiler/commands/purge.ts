/** `tqc purge QUEUE`: revokes everything that is ready in a queue. */
import { Command } from "commander";
import type { BrokerChoice } from "../inspect/connect.js";
import { withBrokerOptions } from "./broker-options.js";
import { confirm, needAnswer } from "./confirm.js";
import { counted, printJson, tell } from "./print.js";

interface PurgeOptions extends BrokerChoice {
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function purgeCommand(): Command {
  const command = new Command("purge")
    .description("revoke every message that is ready in a queue; error callbacks still fire")
    .argument("<queue>", "the queue's name")
    .option("-y, --yes", "do not ask")
    .option("--json", "print what was done for programs");
  return withBrokerOptions(command).action(purgeQueue);
}

async function purgeQueue(queue: string, options: PurgeOptions): Promise<void> {
  needAnswer(options.yes);
  const { withBroker } = await import("../inspect/connect.js");
  const { purge } = await import("../errands/purge.js");
  await withBroker(options, async (broker) => {
    const { queues } = await broker.overview();
    const { ready = 0, delayed = 0 } = queues.find(({ name }) => name === queue) ?? {};
    const rest = delayed > 0 ? `; ${counted(delayed, "delayed message")} left alone` : "";
    const done = (revoked: number, sentence: string) =>
      options.json ? printJson({ version: 1, queue, revoked, delayed }) : tell(sentence);
    if (ready === 0) return done(0, `nothing is ready in queue ${queue}${rest}`);
    const question = `Revoke ${counted(ready, "ready message")} of queue ${queue}?`;
    if (!(await confirm(question, options.yes))) return done(0, "nothing was changed");
    const revoked = await purge(broker, queue);
    done(revoked, `revoked ${counted(revoked, "message")} of queue ${queue}${rest}`);
  });
}
