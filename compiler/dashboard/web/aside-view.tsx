/** What no worker could run, why, and the way back. */
import type { Parts } from "../view.js";
import { askChange } from "./ask.js";
import { Card, Empty, IdLink, Loading, TaskName, When } from "./bits.js";
import { askFirst } from "./dialogs.js";
import { hello, parts } from "./live.js";
import { counted } from "./text.js";

type Aside = Parts["aside"][number];

const REASONS: Readonly<Record<Aside["reason"], string>> = {
  "unknown-task": "No worker that saw it knows the task. Start one whose registry has it: it takes it back by itself.",
  incompatible: "Its arguments do not fit what the workers' build of the task takes. Deploy one that takes them.",
  undecodable: "Its arguments could not be read. Deploy a worker that has their codec.",
  unsigned: "Its signature is missing or unknown. Give the workers the key it was signed with.",
  poison:
    "Workers died while they ran it, as often as is allowed. It has failed; its message is kept for a week as evidence.",
};

export function AsideView() {
  const aside = parts.aside.value;
  if (!aside) return <Loading />;
  const groups = new Map<string, Aside[]>();
  for (const record of aside)
    groups.set(`${record.reason} ${record.task}`, [...(groups.get(`${record.reason} ${record.task}`) ?? []), record]);
  return (
    <div class="stack">
      <h1>Set aside</h1>
      {aside.length === 0 && (
        <Card title="Nothing">
          <Empty title="Nothing is set aside.">
            A message that no worker can run is kept here, with the reason, instead of being dropped.
          </Empty>
        </Card>
      )}
      {[...groups].map(([key, records]) => (
        <AsideGroup key={key} records={records} />
      ))}
    </div>
  );
}

/** How many of a group are listed. */
const LISTED = 20;

function AsideGroup({ records }: { readonly records: readonly Aside[] }) {
  const { task, reason } = records[0]!;
  return (
    <Card
      title={task || "unreadable"}
      aside={
        <span class="tag" data-tone={reason === "poison" ? "bad" : "warn"}>
          {reason}
        </span>
      }
    >
      <div class="notice">
        <p>{REASONS[reason]}</p>
        {reason !== "poison" && task !== "" && !hello.value?.readOnly && (
          <button type="button" class="button" onClick={() => retry(task, records.length)}>
            Give back to the queue
          </button>
        )}
      </div>
      <ul class="lines">
        {records.slice(0, LISTED).map(({ id, deliveries, since }) => (
          <li key={id}>
            <TaskName name={task} />
            <IdLink id={id} run={id.replace(/~\d+$/, "")} />
            {deliveries > 0 && <span class="quiet">delivered {counted(deliveries, "time")}</span>}
            <When at={Date.parse(since)} />
          </li>
        ))}
        {records.length > LISTED && <li class="quiet">and {records.length - LISTED} more</li>}
      </ul>
    </Card>
  );
}

function retry(task: string, count: number): void {
  askFirst({
    title: `Give back ${counted(count, "message")}?`,
    text: `All that is set aside of ${task} goes back to its queue, and workers look at it again. What they still cannot run comes back here.`,
    yes: "Give back",
    act: () => askChange("api/retry", { task }),
  });
}
