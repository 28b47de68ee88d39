/** The search box, and what it has found. */
import { useEffect, useState } from "preact/hooks";
import type { Hit } from "../view.js";
import { askSearch } from "./ask.js";
import { Card, Empty, IdLink, Loading, StateBadge, TaskName } from "./bits.js";
import { go, linkTo, route } from "./route.js";

export function SearchBox() {
  const place = route.value;
  const shown = place.view === "search" ? (place.query.get("q") ?? "") : "";
  return (
    <search class="search">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const text = String(new FormData(event.currentTarget).get("q") ?? "").trim();
          if (text !== "") go(linkTo("search", { q: text }));
        }}
      >
        <input
          key={shown}
          id="search"
          name="q"
          type="search"
          defaultValue={shown}
          placeholder="Id, task, or stamp=value"
          aria-label="Search by id, task or stamp"
          autocomplete="off"
          spellcheck={false}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
        <kbd>/</kbd>
      </form>
    </search>
  );
}

const FOUND_BY: Readonly<Record<Hit["by"], string>> = { id: "its id", stamp: "its stamp", task: "its task" };

export function SearchView({ text }: { readonly text: string }) {
  const [hits, setHits] = useState<readonly Hit[]>();
  const [failed, setFailed] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    setHits(undefined);
    setFailed(undefined);
    askSearch(text).then(
      (found) => isCurrent && setHits(found),
      (error: unknown) => isCurrent && setFailed(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [text]);
  return (
    <div class="stack">
      <h1>Search</h1>
      <Card title={`“${text}”`} aside={hits && <span class="quiet">{hits.length} found</span>}>
        {failed !== undefined && <Empty title="The search has failed.">{failed}</Empty>}
        {hits === undefined && failed === undefined && <Loading />}
        {hits?.length === 0 && (
          <Empty title="Nothing was found.">
            Search for the id of a run or a node, a part of a task's name, or a stamp as <code>key=value</code>. By
            task, what runs and what ended of late is found. A single call that waits in its queue has left no trace
            yet.
          </Empty>
        )}
        {hits && hits.length > 0 && <Hits hits={hits} />}
      </Card>
    </div>
  );
}

function Hits({ hits }: { readonly hits: readonly Hit[] }) {
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>State</th>
            <th>Id</th>
            <th>Task</th>
            <th>Found by</th>
          </tr>
        </thead>
        <tbody>
          {hits.map(({ id, run, index, task, state, by }) => (
            <tr key={id}>
              <td>{state ? <StateBadge state={state} /> : <span class="quiet">–</span>}</td>
              <td>
                <IdLink id={id} run={run} index={index} />
              </td>
              <td>{task === undefined ? <span class="quiet">–</span> : <TaskName name={task} />}</td>
              <td class="quiet">{FOUND_BY[by]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
