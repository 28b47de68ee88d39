/** What no worker could run, why, and the way back. */
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { AsidePart } from "../view.js";
import { askAside, askChange } from "./ask.js";
import { Card, Empty, IdLink, Loading, TaskName, When } from "./bits.js";
import { askFirst, tell } from "./dialogs.js";
import { hello, parts } from "./live.js";
import { counted, exactText } from "./text.js";

type Aside = AsidePart["records"][number];

const REASONS: Readonly<Record<Aside["reason"], string>> = {
  "unknown-task": "No worker that saw it knows the task. Start one whose registry has it: it takes it back by itself.",
  incompatible: "Its arguments do not fit what the workers' build of the task takes. Deploy one that takes them.",
  undecodable: "Its arguments could not be read. Deploy a worker that has their codec.",
  unsigned: "Its signature is missing or unknown. Give the workers the key it was signed with.",
  poison:
    "Workers died while they ran it, as often as is allowed. It has failed; its message is kept for a week as evidence.",
};

/** Pages that were asked for beyond the first, which the server tells of by itself. */
const further = signal<AsidePart | undefined>(undefined);

export function AsideView() {
  const aside = parts.aside.value;
  const count = aside?.count;
  // What was taken back may be on a page that is not told of anew.
  useEffect(() => {
    further.value = undefined;
  }, [count]);
  if (!aside) return <Loading />;
  const records = together(aside, further.value);
  const { cursor } = further.value ?? aside;
  return (
    <div class="stack">
      <h1>Set aside</h1>
      {aside.count === 0 && (
        <Card title="Nothing">
          <Empty title="Nothing is set aside.">
            A message that no worker can run is kept here, with the reason, instead of being dropped.
          </Empty>
        </Card>
      )}
      {grouped(records).map((group) => (
        <AsideGroup key={`${group[0]!.reason} ${group[0]!.task}`} records={group} isAll={cursor === undefined} />
      ))}
      {cursor !== undefined && <More shown={records.length} count={aside.count} cursor={cursor} />}
    </div>
  );
}

/** Redis may tell of a message on two pages. */
function together(first: AsidePart, more: AsidePart | undefined): Aside[] {
  return [...new Map([...first.records, ...(more?.records ?? [])].map((record) => [record.id, record])).values()];
}

/** By the reason and the task, in the order of their first. */
function grouped(records: readonly Aside[]): Aside[][] {
  const groups = new Map<string, Aside[]>();
  for (const record of records) {
    const key = `${record.reason} ${record.task}`;
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return [...groups.values()];
}

function More({ shown, count, cursor }: { readonly shown: number; readonly count: number; readonly cursor: string }) {
  return (
    <p class="more">
      <span class="quiet">
        {exactText(shown)} of {exactText(count)} messages are read.
      </span>
      <button type="button" class="button" onClick={() => void readMore(cursor)}>
        Read more
      </button>
    </p>
  );
}

async function readMore(cursor: string): Promise<void> {
  try {
    const { records, cursor: next } = await askAside(cursor);
    const known = further.value?.records ?? [];
    further.value = { records: [...known, ...records], ...(next !== undefined && { cursor: next }) };
  } catch (error) {
    tell({ ok: false, says: error instanceof Error ? error.message : String(error) });
  }
}

/** How many of a group are listed at first, and more at each wish. */
const LISTED = 20;

function AsideGroup({ records, isAll }: { readonly records: readonly Aside[]; readonly isAll: boolean }) {
  const { task, reason } = records[0]!;
  const [listed, setListed] = useState(LISTED);
  const rest = records.length - listed;
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
          <button
            type="button"
            class="button"
            onClick={() => retry(task, isAll ? counted(records.length, "message") : "all messages")}
          >
            Give back to the queue
          </button>
        )}
      </div>
      <ul class="lines">
        {records.slice(0, listed).map(({ id, deliveries, since }) => (
          <li key={id}>
            <TaskName name={task} />
            <IdLink id={id} run={id.replace(/~\d+$/, "")} />
            {deliveries > 0 && <span class="quiet">delivered {counted(deliveries, "time")}</span>}
            <When at={Date.parse(since)} />
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <p class="more">
          <button type="button" class="button" onClick={() => setListed(listed + LISTED)}>
            Show {Math.min(rest, LISTED)} more
          </button>
          <span class="quiet">of {counted(rest, "message")}</span>
        </p>
      )}
    </Card>
  );
}

function retry(task: string, what: string): void {
  askFirst({
    title: `Give back ${what}?`,
    text: `All that is set aside of ${task} goes back to its queue, and workers look at it again. What they still cannot run comes back here.`,
    yes: "Give back",
    act: () => askChange("api/retry", { task }),
  });
}
