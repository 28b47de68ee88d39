/** `tqc inspect`: queues, workers, open runs and what was set aside, or one run as a tree. */
import { Argument, Command } from "commander";
import type { BrokerChoice } from "../inspect/connect.js";
import { PARTS, type Part } from "../inspect/glance-lines.js";
import { UsageError } from "../usage-error.js";
import { withBrokerOptions } from "./broker-options.js";
import { paintState, print, printJson, tell } from "./print.js";

interface InspectOptions extends BrokerChoice {
  readonly json?: boolean;
}

export function inspectCommand(): Command {
  const command = new Command("inspect")
    .description("show queues, workers, runs, set-aside messages and throughput, or one run as a tree")
    .addArgument(new Argument("[part]", "what to show").choices([...PARTS, "run"]))
    .argument("[id]", "the run, after `run`")
    .option("--json", "print it for programs");
  return withBrokerOptions(command).action(inspect);
}

async function inspect(part: Part | "run" | undefined, id: string | undefined, options: InspectOptions): Promise<void> {
  if (part === "run") return inspectRun(id, options);
  if (id !== undefined)
    throw new UsageError(`\`tqc inspect ${part}\` takes no id; for one run say \`tqc inspect run ${id}\``);
  const { withBroker } = await import("../inspect/connect.js");
  const { toGlance } = await import("../inspect/glance.js");
  const { glanceLines } = await import("../inspect/glance-lines.js");
  const { allAside } = await import("../inspect/aside.js");
  const { DAY, toThroughput } = await import("../inspect/throughput.js");
  const now = Date.now();
  const glance = await withBroker(options, async (broker) => {
    const [overview, states, history] = await Promise.all([
      broker.overview(),
      broker.census(COUNTED),
      broker.history(now - DAY),
    ]);
    const aside = overview.asideCursor === undefined ? overview.aside : await allAside(broker);
    return toGlance({ ...overview, aside }, { states, throughput: toThroughput(history, now) });
  });
  if (options.json) printJson(glance);
  else print(glanceLines(glance, now, part && [part]));
}

/** How many runs are counted: what takes about a second. */
const COUNTED = 200_000;

async function inspectRun(id: string | undefined, options: InspectOptions): Promise<void> {
  if (id === undefined)
    throw new UsageError("which run? `tqc inspect run ID`; `tqc inspect runs` lists those that are open");
  const { withBroker } = await import("../inspect/connect.js");
  const { findRun } = await import("../inspect/lookup.js");
  const { record } = await withBroker(options, (broker) => findRun(id, broker));
  if (!record) {
    const { UNKNOWN } = await import("../inspect/lost.js");
    tell(`nothing is known of run ${id}: ${UNKNOWN}`);
    process.exitCode = 1;
    return;
  }
  const { toRunReport } = await import("../inspect/run-report.js");
  const report = await toRunReport(record);
  if (options.json) return printJson(report);
  const { runLines } = await import("../inspect/run-tree.js");
  print(runLines(report, Date.now(), paintState));
}
