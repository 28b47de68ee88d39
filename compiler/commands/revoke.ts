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
  const { findTarget } = await import("../inspect/lookup.js");
  const reply = await withBroker(options, async (broker) => {
    return broker.cancel({ ...(await findTarget(id, broker)), terminate: options.terminate === true });
  });
  if (options.json) printJson({ version: 1, id, revoked: reply === "ok" });
  else tell(reply === "ok" ? `${id} is revoked` : `${id} had ended already`);
  if (reply === "finished") process.exitCode = 1;
}
