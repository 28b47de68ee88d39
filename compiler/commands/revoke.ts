/** `tqc revoke ID`: ends a run, or one node of it. */
import { Command } from "commander";
import type { BrokerChoice } from "../inspect/connect.js";
import { withBrokerOptions } from "./broker-options.js";
import { printJson, tell } from "./print.js";

interface RevokeOptions extends BrokerChoice {
  readonly terminate?: boolean;
  readonly json?: boolean;
}

export function revokeCommand(): Command {
  const command = new Command("revoke")
    .description("end a run, or one node of it: what has not started never will")
    .argument("<id>", "the id of a run, or of a node")
    .option("--terminate", "stop what is running too, through its signal")
    .option("--json", "print what was done for programs");
  return withBrokerOptions(command).action(revoke);
}

async function revoke(id: string, options: RevokeOptions): Promise<void> {
  const { withBroker } = await import("../inspect/connect.js");
  const { revoke: end, revokedText } = await import("../errands/revoke.js");
  const terminate = options.terminate === true;
  const came = await withBroker(options, (broker) => end(broker, { id, terminate }));
  if (options.json) printJson({ version: 1, id, revoked: came === "revoked" });
  else tell(revokedText(id, came));
  if (came !== "revoked") process.exitCode = 1;
}
