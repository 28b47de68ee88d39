/** One run: how it stands, its graph, and a node of it. */
import { useCallback, useMemo } from "preact/hooks";
import type { RunStates } from "../../view.js";
import { askChange } from "../ask.js";
import { Empty, Loading, StateBadge } from "../bits.js";
import { askFirst } from "../dialogs.js";
import { hello, run } from "../live.js";
import { linkTo, linkToRun, swap } from "../route.js";
import { exactText } from "../text.js";
import { countIn } from "./letters.js";
import { StateBar, saysOf } from "./node-box.js";
import { Panel } from "./panel.js";
import { Stage } from "./stage.js";

export function RunPage({ id, index }: { readonly id: string; readonly index: number | undefined }) {
  const [shape, states, unknown] = [run.shape.value, run.states.value, run.unknown.value];
  const select = useCallback((next: number | undefined) => swap(linkToRun(id, next)), [id]);
  if (unknown !== undefined) return <Unknown id={id} says={unknown} />;
  if (!shape || !states) return <Loading />;
  return (
    <div class="run-page">
      <RunHead id={id} states={states} />
      <div class="run-body">
        <Stage shape={shape} states={states} selected={index} select={select} />
        {index !== undefined && <Panel id={shape.id} index={index} close={() => select(undefined)} />}
      </div>
    </div>
  );
}

function RunHead({ id, states }: { readonly id: string; readonly states: RunStates }) {
  const { state, open, letters } = states;
  const counts = useMemo(() => countIn(letters, letters.length > 0 ? `0-${letters.length - 1}` : ""), [letters]);
  const total = letters.replaceAll(" ", "").length;
  return (
    <header class="run-head">
      <div class="run-title">
        <a class="quiet plain" href={linkTo("runs")}>
          Runs
        </a>
        <span class="quiet" aria-hidden="true">
          /
        </span>
        <h1 class="id">{id}</h1>
        <StateBadge state={state} />
        {open > 0 && !hello.value?.readOnly && (
          <button type="button" class="button small danger" onClick={() => revoke(id)}>
            Revoke run
          </button>
        )}
      </div>
      <div class="run-progress">
        <StateBar counts={counts} />
        <p>
          <b>{exactText(total - open)}</b> of {exactText(total)} {total === 1 ? "node" : "nodes"} ended
          <span class="quiet"> · {saysOf(counts)}</span>
        </p>
      </div>
    </header>
  );
}

function revoke(id: string): void {
  askFirst({
    title: "Revoke this run?",
    text: `What has not started of ${id} never will. This cannot be undone.`,
    option: "Stop what runs, too: its signal fires",
    yes: "Revoke",
    act: (terminate) => askChange("api/revoke", { id, terminate }),
  });
}

function Unknown({ id, says }: { readonly id: string; readonly says: string }) {
  return (
    <div class="stack narrow">
      <h1 class="id">{id}</h1>
      <div class="card">
        <Empty title="There is no such run.">{says} This page looks again until there is one.</Empty>
      </div>
    </div>
  );
}
