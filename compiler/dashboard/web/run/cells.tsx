/** The nodes of an unfolded box as cells on a canvas: ten thousand of them are one element. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { TaskState } from "../../../../runtime/messages.js";
import { theme } from "../theme.js";
import { STATES, stateAt } from "./letters.js";
import type { Grid } from "./scene.js";

interface CellsProps {
  readonly grid: Grid;
  readonly letters: string;
  /** The node whose facts are shown. */
  readonly selected: number | undefined;
  readonly name: string;
  select(index: number): void;
}

export function Cells({ grid, letters, selected, name, select }: CellsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [cursor, setCursor] = useState<number>();
  const { nodes, columns, pitch, width, height } = grid;
  const shade = theme.value;
  const own = useMemo(() => nodes.map((index) => letters[index] ?? " ").join(""), [nodes, letters]);
  // `own` stands for the letters of these nodes, and the shade for the colours.
  useEffect(() => {
    draw(canvas.current!, {
      grid,
      stateOf: (place) => stateAt(letters, nodes[place]!),
      marked: nodes.indexOf(selected ?? -1),
      cursor,
    });
  }, [grid, own, selected, cursor, shade]);
  const placeAt = (event: { offsetX: number; offsetY: number }) => {
    const place = Math.floor(event.offsetY / pitch) * columns + Math.floor(event.offsetX / pitch);
    return place < nodes.length && event.offsetX < columns * pitch ? place : undefined;
  };
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (step === undefined && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    if (step === undefined) select(nodes[cursor ?? 0]!);
    else setCursor(Math.min(nodes.length - 1, Math.max(0, (cursor ?? 0) + step)));
  };
  const at = cursor === undefined ? undefined : nodes[cursor];
  const says = at === undefined ? `${nodes.length} nodes` : `node ${at}: ${stateAt(letters, at)}`;
  return (
    <div class="cells">
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it is one thing with keys of its own, and says which cell they are at. */}
      <canvas
        ref={canvas}
        style={{ width: `${width}px`, height: `${height}px` }}
        tabIndex={0}
        role="application"
        aria-roledescription="grid of nodes"
        aria-label={`${name}, ${says}`}
        title={at === undefined ? undefined : says}
        onPointerMove={(event) => setCursor(placeAt(event))}
        onPointerLeave={() => setCursor(undefined)}
        onFocus={() => setCursor((known) => known ?? 0)}
        onBlur={() => setCursor(undefined)}
        onKeyDown={move}
        onClick={(event) => {
          const place = placeAt(event);
          event.stopPropagation();
          if (place !== undefined) select(nodes[place]!);
        }}
      />
    </div>
  );
}

interface Drawing {
  readonly grid: Grid;
  stateOf(place: number): TaskState;
  readonly marked: number;
  readonly cursor: number | undefined;
}

/** Sharp when looked at from near, too. */
const SHARPNESS = 2;

function draw(canvas: HTMLCanvasElement, { grid, stateOf, marked, cursor }: Drawing): void {
  const { nodes, columns, pitch, width, height } = grid;
  const context = canvas.getContext("2d")!;
  [canvas.width, canvas.height] = [width * SHARPNESS, height * SHARPNESS];
  context.scale(SHARPNESS, SHARPNESS);
  const colors = colorsNow();
  const side = pitch - (pitch > 10 ? 3 : 1.5);
  for (let place = 0; place < nodes.length; place++) {
    const [x, y] = [(place % columns) * pitch, Math.floor(place / columns) * pitch];
    const state = stateOf(place);
    context.fillStyle = colors.get(state)!;
    context.beginPath();
    context.roundRect(x, y, side, side, pitch > 10 ? 3 : 1.5);
    context.fill();
    mark(context, state, { x, y, side });
  }
  for (const [place, color] of [
    [cursor, "--text"],
    [marked, "--accent"],
  ] as const) {
    if (place === undefined || place < 0) continue;
    context.strokeStyle = variable(color);
    context.lineWidth = 2;
    context.strokeRect((place % columns) * pitch - 1, Math.floor(place / columns) * pitch - 1, side + 2, side + 2);
  }
}

/** What has not gone well is told by its drawing as well as by its colour. */
function mark(context: CanvasRenderingContext2D, state: TaskState, at: { x: number; y: number; side: number }): void {
  if (state !== "FAILURE" && state !== "REVOKED" && state !== "RETRY") return;
  const { x, y, side } = at;
  const [near, far] = [side * 0.28, side * 0.72];
  context.strokeStyle = "#fff";
  context.lineWidth = Math.max(1, side / 9);
  context.beginPath();
  context.moveTo(x + near, y + far);
  context.lineTo(x + far, y + near);
  if (state === "FAILURE") {
    context.moveTo(x + near, y + near);
    context.lineTo(x + far, y + far);
  }
  context.stroke();
}

function colorsNow(): ReadonlyMap<TaskState, string> {
  return new Map(STATES.map((state) => [state, variable(`--${state === "PENDING" ? "cell" : NAMES[state]}`)]));
}

const NAMES: Readonly<Record<TaskState, string>> = {
  PENDING: "pending",
  STARTED: "started",
  RETRY: "retry",
  SUCCESS: "success",
  FAILURE: "failure",
  REVOKED: "revoked",
};

function variable(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
