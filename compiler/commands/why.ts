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
  const { findTarget } = await import("../inspect/lookup.js");
  await withBroker(options, async (broker) => {
    const target = await findTarget(id, broker);
    const record = await broker.inspect(target.run);
    if (record) await answer(target, record, broker, options);
    else await unknown(id, broker, options);
  });
}

async function answer({ index }: Target, record: RunRecord, broker: Broker, { json }: WhyOptions): Promise<void> {
  const { explain } = await import("../inspect/why.js");
  const { contractOf, contractsNear } = await import("../inspect/manifest-near.js");
  const [overview, contracts] = await Promise.all([broker.overview(), contractsNear(process.cwd())]);
  const found = await explain({
    record,
    index: index ?? record.result,
    overview,
    now: Date.now(),
    queueOf: (task) => contractOf(contracts, task)?.options.queue ?? (contractOf(contracts, task) && "default"),
  });
  if (json) printJson({ version: 1, ...found });
  else print([found.sentence]);
}

/** A single call leaves no trace before it starts, so what can be said is where such calls wait. */
async function unknown(id: string, broker: Broker, { json }: WhyOptions): Promise<void> {
  const { lostSentence } = await import("../inspect/lost.js");
  const sentence = lostSentence(id, await broker.overview());
  if (json) printJson({ version: 1, id, state: "PENDING", cause: "unknown", sentence });
  else tell(sentence);
  process.exitCode = 1;
}
