/** Small pieces that every view is made of. */
import type { ComponentChildren } from "preact";
import type { TaskState } from "../../../runtime/messages.js";
import { now } from "./live.js";
import { linkToRun } from "./route.js";
import { momentTitle, whenText } from "./text.js";

/** The drawing of each state, so that none is told by its colour alone. */
const DRAWINGS: Readonly<Record<TaskState, ComponentChildren>> = {
  PENDING: <circle cx="8" cy="8" r="5" fill="none" stroke-width="2" stroke-dasharray="2.600 2.640" />,
  STARTED: (
    <>
      <circle cx="8" cy="8" r="5" fill="none" stroke-width="2" opacity=".35" />
      <path class="turning" d="M8 3a5 5 0 0 1 5 5" fill="none" stroke-width="2" stroke-linecap="round" />
    </>
  ),
  RETRY: (
    <path
      d="M12.600 6.500A5 5 0 1 0 13 9m0-6v3.600H9.400"
      fill="none"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  ),
  SUCCESS: (
    <path d="m3.500 8.500 3 3 6-7" fill="none" stroke-width="2.200" stroke-linecap="round" stroke-linejoin="round" />
  ),
  FAILURE: <path d="m4.200 4.200 7.600 7.600m0-7.600-7.600 7.600" stroke-width="2.200" stroke-linecap="round" />,
  REVOKED: (
    <>
      <circle cx="8" cy="8" r="5" fill="none" stroke-width="2" />
      <path d="m4.700 11.300 6.600-6.600" stroke-width="2" />
    </>
  ),
};

/** A state as a drawing. */
export function StateIcon({ state }: { readonly state: TaskState }) {
  return (
    <svg class="state-icon" data-state={state} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      {DRAWINGS[state]}
    </svg>
  );
}

/** A state as a drawing and a word. */
export function StateBadge({ state }: { readonly state: TaskState }) {
  return (
    <span class="badge" data-state={state}>
      <StateIcon state={state} />
      {state}
    </span>
  );
}

/** A task's name, its last word in front of the others to the eye. */
export function TaskName({ name }: { readonly name: string }) {
  const at = name.lastIndexOf(".") + 1;
  return (
    <span class="task" title={name}>
      {at > 0 && <span class="task-module">{name.slice(0, at)}</span>}
      <span class="task-word">{name.slice(at)}</span>
    </span>
  );
}

/** "12s ago", which moves on. */
export function When({ at }: { readonly at: number | undefined }) {
  if (at === undefined) return <span class="quiet">–</span>;
  return (
    <time dateTime={new Date(at).toISOString()} title={momentTitle(at)}>
      {whenText(at, now.value)}
    </time>
  );
}

/** The id of a run or a node, as a link. */
export function IdLink({
  id,
  run = id,
  index,
}: {
  readonly id: string;
  readonly run?: string;
  readonly index?: number | undefined;
}) {
  return (
    <a class="id" href={linkToRun(run, index)}>
      {id}
    </a>
  );
}

/** A titled part of a view. */
export function Card(props: {
  readonly title: string;
  readonly aside?: ComponentChildren;
  readonly class?: string;
  readonly children: ComponentChildren;
}) {
  return (
    <section class={`card ${props.class ?? ""}`} aria-label={props.title}>
      <header class="card-head">
        <h2>{props.title}</h2>
        {props.aside}
      </header>
      {props.children}
    </section>
  );
}

/** What stands where there is nothing: why, and what to do about it. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="empty">
      <svg viewBox="0 0 48 48" width="44" height="44" aria-hidden="true">
        <path d="M14 24h6m0 0c6 0 3-9 9-9m-9 9c6 0 3 9 9 9" fill="none" stroke="currentColor" stroke-width="1.600" />
        {[
          [10, 24],
          [33, 15],
          [33, 33],
        ].map(([x, y]) => (
          <circle key={y} cx={x} cy={y} r="4" fill="none" stroke="currentColor" stroke-width="1.600" />
        ))}
      </svg>
      <p class="empty-title">{title}</p>
      {children && <p>{children}</p>}
    </div>
  );
}

/** Shows that something is on its way. */
export function Loading() {
  return (
    <div class="empty" role="status">
      <p>Reading…</p>
    </div>
  );
}
