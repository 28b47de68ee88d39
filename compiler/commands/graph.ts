/** `tqc graph`: draws a canvas that a module exports, or a run with its states. */
import { Command, Option } from "commander";
import { FORMATS, type Format } from "../graph/format.js";
import type { Drawable } from "../graph/graph.js";
import type { BrokerChoice } from "../inspect/connect.js";
import { UsageError } from "../usage-error.js";
import { withBrokerOptions } from "./broker-options.js";
import { fail } from "./fail.js";
import { tell } from "./print.js";

interface GraphOptions extends BrokerChoice {
  readonly run?: string;
  readonly format: Format;
  readonly json?: boolean;
  readonly out?: string;
}

export function graphCommand(): Command {
  const command = new Command("graph")
    .description("draw a canvas, or a run in the colours of its states")
    .argument("[canvas]", "MODULE#EXPORT, such as src/flows.ts#nightly")
    .option("--run <id>", "draw a stored run instead")
    .addOption(new Option("-f, --format <format>", "what to write").choices([...FORMATS]).default("mermaid"))
    .option("--json", "the same as --format json")
    .option("-o, --out <file>", "write to a file instead of stdout");
  return withBrokerOptions(command).action(graph);
}

async function graph(address: string | undefined, options: GraphOptions): Promise<void> {
  if ((address === undefined) === (options.run === undefined)) {
    throw new UsageError("say what to draw: `tqc graph src/flows.ts#nightly`, or `tqc graph --run ID`");
  }
  if (address === undefined) return draw(await storedRun(options.run!, options), options);
  // The module may keep the process alive: with a timer, or a connection.
  process.exit(
    await loadedCanvas(address)
      .then((drawable) => draw(drawable, options))
      .then(() => 0, fail),
  );
}

async function draw(drawable: Drawable | undefined, { format, json, out }: GraphOptions): Promise<void> {
  if (!drawable) return;
  const { toGraph } = await import("../graph/graph.js");
  const { writeGraph } = await import("../graph/format.js");
  await write(writeGraph(toGraph(drawable), json ? "json" : format), out);
}

async function loadedCanvas(address: string): Promise<Drawable> {
  return (await import("../graph/load-canvas.js")).loadCanvas(address);
}

async function storedRun(id: string, options: GraphOptions): Promise<Drawable | undefined> {
  const { withBroker } = await import("../inspect/connect.js");
  const { findRun } = await import("../inspect/lookup.js");
  const { record } = await withBroker(options, (broker) => findRun(id, broker));
  if (record) return (await import("../graph/stored-run.js")).drawRun(record);
  const { UNKNOWN } = await import("../inspect/lost.js");
  tell(`nothing is known of run ${id}: ${UNKNOWN}`);
  process.exitCode = 1;
  return undefined;
}

async function write(text: string, out: string | undefined): Promise<void> {
  if (out === undefined) return new Promise((resolve) => process.stdout.write(text, () => resolve()));
  const { writeFile } = await import("node:fs/promises");
  await writeFile(out, text);
  tell(`${out} is written`);
}
