/** `tqc retry`: gives what was set aside back to its queue. */
import { Command } from "commander";
import type { Broker } from "../../runtime/broker.js";
import { nodeId } from "../../runtime/wire.js";
import type { BrokerChoice } from "../inspect/connect.js";
import { UsageError } from "../usage-error.js";
import { withBrokerOptions } from "./broker-options.js";
import { counted, printJson, tell } from "./print.js";

interface RetryOptions extends BrokerChoice {
  readonly all?: boolean;
  readonly json?: boolean;
}

export function retryCommand(): Command {
  const command = new Command("retry")
    .description("give set-aside messages of a task back to their queue, so that workers look at them again")
    .argument("[task]", "the task's name, or the id of a message that was set aside")
    .option("--all", "those of every task")
    .option("--json", "print what was done for programs");
  return withBrokerOptions(command).action(retry);
}

async function retry(task: string | undefined, options: RetryOptions): Promise<void> {
  if ((task === undefined) !== (options.all === true)) {
    throw new UsageError("name a task, or an id from `tqc inspect aside`, or say --all");
  }
  const { withBroker } = await import("../inspect/connect.js");
  const { asideTasks, retryAside } = await import("../errands/retry.js");
  await withBroker(options, async (broker) => {
    const tasks = task === undefined ? await asideTasks(broker) : [await taskOf(task, broker)];
    const given = await retryAside(broker, tasks);
    const back = `gave back ${counted(given, "message")} of ${tasks.join(", ")}`;
    if (options.json) printJson({ version: 1, given, tasks });
    else tell(given === 0 ? "nothing that can be retried is set aside" : back);
    if (given === 0) process.exitCode = 1;
  });
}

/** An id stands for all that was set aside of its task: what mends one mends the others. */
async function taskOf(text: string, broker: Broker): Promise<string> {
  const { asidePages } = await import("../inspect/aside.js");
  for await (const page of asidePages(broker)) {
    const named = page.find(({ run, index }) => text === run || text === nodeId(run, index, -1));
    if (named) return named.task;
  }
  return text;
}
