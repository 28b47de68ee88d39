/** Everything the doctor looks at, in order. */
import { TqcError } from "../../runtime/errors.js";
import type { BrokerChoice } from "../inspect/connect.js";
import { brokerUrl } from "../inspect/connect.js";
import { UsageError } from "../usage-error.js";
import { error, type Finding, warning } from "./finding.js";
import { lookAtGenerated } from "./generated.js";
import { judgeKeys } from "./keys.js";
import { lookAtModules, lookAtNode, lookAtTypeScript } from "./machine.js";
import { judgeRedis } from "./redis.js";

/** Where to look. */
export interface Patient extends BrokerChoice {
  readonly folder: string;
  readonly project?: string;
}

/** Looks; what cannot be looked at is a finding too. */
export async function examine(patient: Patient): Promise<Finding[]> {
  const { folder, project } = patient;
  return [
    lookAtNode(process.version),
    lookAtTypeScript(folder),
    lookAtModules(folder, process.version),
    await lookAtGenerated(project, folder),
    ...(await lookAtBroker(patient)),
  ];
}

/** What takes a second or two, and slows nobody down. */
const KEYS_LOOKED_AT = 200_000;

async function lookAtBroker(patient: Patient): Promise<Finding[]> {
  try {
    const url = await brokerUrl(patient);
    const { askRedis } = await import("./redis-facts.js");
    const { findOrphans } = await import("../../runtime/brokers/redis/orphans.js");
    const facts = await askRedis(url);
    return [...judgeRedis(facts), ...judgeKeys(await findOrphans(url, { connectTimeout: 5_000 }, KEYS_LOOKED_AT))];
  } catch (cause) {
    if (cause instanceof UsageError)
      return [warning("broker", cause.message, "without one, work runs on memory:// in the script itself")];
    if (cause instanceof TqcError) return [error("broker", cause.message, "start it, or name another with --broker")];
    throw cause;
  }
}
