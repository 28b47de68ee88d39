/** `tqc why ID`: the one cause that keeps a node from being done, or what became of it. */
import { Command } from "commander";
import type { Broker, RunRecord } from "../../runtime/broker.js";
import type { BrokerChoice } from "../inspect/connect.js";
import type { Target } from "../inspect/lookup.js";
import { withBrokerOptions } from "./broker-options.js";
import { print, printJson, tell } from "./print.js";

interface WhyOptions extends BrokerChoice {
  readonly json?: boolean;
}

export function whyCommand(): Command {
  const command = new Command("why")
    .description("name the cause that keeps a run, or a node of one, from being done")
    .argument("<id>", "the id of a run, or of a node")
    .option("--json", "print it for programs");
  return withBrokerOptions(command).action(why);
}

async function why(id: string, options: WhyOptions): Promise<void> {
  const { withBroker } = await import("../inspect/connect.js");
  const { findRun } = await import("../inspect/lookup.js");
  await withBroker(options, async (broker) => {
    const { target, record } = await findRun(id, broker);
    if (record) await answer(target, record, broker, options);
    else await unknown(id, options);
  });
}

async function answer({ index }: Target, record: RunRecord, broker: Broker, { json }: WhyOptions): Promise<void> {
  const { explain } = await import("../inspect/why.js");
  const found = await explain({
    record,
    index: index ?? record.result,
    overview: await broker.overview(),
    now: Date.now(),
    locate: (node) => broker.locate(record.run, node),
  });
  if (json) printJson({ version: 1, ...found });
  else print([found.sentence]);
}

async function unknown(id: string, { json }: WhyOptions): Promise<void> {
  const { UNKNOWN } = await import("../inspect/lost.js");
  const sentence = `nothing is known of ${id}: ${UNKNOWN}`;
  if (json) printJson({ version: 1, id, state: "PENDING", cause: "unknown", sentence });
  else tell(sentence);
  process.exitCode = 1;
}
