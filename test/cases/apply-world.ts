/** Canvases run on the spot by `apply`. */
import type { Signature } from "tqc";
import { type End, endOf, World } from "./world.js";

export class ApplyWorld extends World {
  end<In extends readonly unknown[], T>(canvas: Signature<In, T>, ...given: In): Promise<End<T>> {
    return endOf(canvas.apply(...given));
  }
}
