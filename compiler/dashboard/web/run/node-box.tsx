/** One box of the graph: a node, or many that are alike. */
import { memo } from "preact/compat";
import { StateIcon } from "../bits.js";
import { countText, exactText } from "../text.js";
import { Cells } from "./cells.js";
import type { Point } from "./layout.js";
import { type Counts, countIn, STATES, stateAt, worstOf } from "./letters.js";
import type { SceneBox } from "./scene.js";

interface NodeBoxProps {
  readonly scene: SceneBox;
  readonly place: Point;
  readonly letters: string;
  /** What the node says of itself: its progress, or how often it has failed. */
  readonly note: string | undefined;
  readonly isFocused: boolean;
  /** The node whose facts are shown, if it is one of these. */
  readonly selected: number | undefined;
  select(index: number): void;
  toggle(id: string): void;
}

export const NodeBox = memo(function NodeBox(props: NodeBoxProps) {
  const { scene, place, letters, selected, isFocused } = props;
  const { box, first } = scene;
  const counts = countIn(letters, box.nodes);
  const state = box.count === 1 ? stateAt(letters, first) : worstOf(counts);
  const says = box.count === 1 ? state : saysOf(counts);
  return (
    <div
      class={`node ${box.kind}${box.count > 1 ? " many" : ""}${box.result ? " result" : ""}`}
      style={{ left: `${place.x}px`, top: `${place.y}px`, width: `${scene.width}px`, height: `${scene.height}px` }}
      data-state={state}
      data-node={box.id}
      data-selected={selected !== undefined}
    >
      <button
        type="button"
        class="node-face"
        tabIndex={isFocused ? 0 : -1}
        data-focus={box.id}
        aria-label={`${box.label}, ${says}${box.path && `, at ${box.path}`}`}
        aria-expanded={box.count > 1 ? scene.grid !== undefined : undefined}
        title={[box.task, box.path].filter(Boolean).join(" at ")}
        onClick={() => (box.count === 1 ? props.select(first) : props.toggle(box.id))}
      >
        <span class="node-title">
          <StateIcon state={state} />
          <span class="node-label">{box.count > 1 ? box.label.replace(/ x\d+$/, "") : box.label}</span>
          {box.count > 1 && <span class="node-count">×{countText(box.count)}</span>}
        </span>
        {box.count === 1 ? (
          <span class="node-state">{props.note ?? state.toLowerCase()}</span>
        ) : (
          <Shares counts={counts} says={says} />
        )}
      </button>
      {scene.grid && (
        <Cells grid={scene.grid} letters={letters} selected={selected} name={box.label} select={props.select} />
      )}
    </div>
  );
});

/** How many are in which state, as text and as a bar. */
function Shares({ counts, says }: { readonly counts: Counts; readonly says: string }) {
  return (
    <>
      <span class="node-state">{says}</span>
      <StateBar counts={counts} />
    </>
  );
}

/** A bar whose parts are as long as the states are frequent. */
export function StateBar({ counts }: { readonly counts: Counts }) {
  return (
    <span class="state-bar" aria-hidden="true">
      {STATES.toReversed().map(
        (state) => counts[state] > 0 && <span key={state} data-state={state} style={{ flexGrow: counts[state] }} />,
      )}
    </span>
  );
}

/** "12 failed, 88 done": worst first. */
export function saysOf(counts: Counts): string {
  const told = STATES.filter((state) => counts[state] > 0);
  return told.map((state) => `${exactText(counts[state])} ${state.toLowerCase()}`).join(", ");
}
