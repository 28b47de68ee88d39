/** Lays out large graphs away from the page, which stays smooth meanwhile. */
import { type Draft, layOut } from "./layout.js";

self.addEventListener("message", ({ data }: MessageEvent<{ readonly turn: number; readonly draft: Draft }>) => {
  self.postMessage({ turn: data.turn, placement: layOut(data.draft) });
});
