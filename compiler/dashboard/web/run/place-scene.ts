/** Finds places for a scene: at once where that is quick, else in a worker. The last question asked is the one answered. */
import { type Draft, layOut, type Placement } from "./layout.js";

/** Boxes that are laid out within one frame. */
const QUICK = 80;

let worker: Worker | undefined;
let turn = 0;
let waiting: ((placement: Placement) => void) | undefined;

/** Calls `done` with the places, unless another draft has come meanwhile. */
export function placeScene(draft: Draft, done: (placement: Placement) => void): void {
  turn += 1;
  waiting = done;
  if (draft.boxes.length <= QUICK) done(layOut(draft));
  else {
    worker ??= openWorker();
    worker.postMessage({ turn, draft });
  }
}

function openWorker(): Worker {
  const opened = new Worker(new URL("./layout-worker.ts", import.meta.url), { type: "module" });
  opened.addEventListener(
    "message",
    ({ data }: MessageEvent<{ readonly turn: number; readonly placement: Placement }>) => {
      if (data.turn === turn) waiting?.(data.placement);
    },
  );
  return opened;
}
