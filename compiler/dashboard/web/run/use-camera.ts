/** The camera of a graph: it shows the whole until somebody moves it, and then stays where it was put. */
import { useCallback, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Camera, type Size, wholeOf } from "./camera.js";

/** Moves the camera from where it is. */
export type Move = (change: (known: Camera) => Camera) => void;

export function useCamera(scene: Size | undefined, screen: Size | undefined) {
  const [camera, setCamera] = useState<Camera>();
  const isMoved = useRef(false);
  const move = useCallback<Move>((change) => {
    isMoved.current = true;
    setCamera((known) => known && change(known));
  }, []);
  const showAll = useCallback(() => {
    isMoved.current = false;
    if (scene && screen) setCamera(wholeOf(scene, screen));
  }, [scene, screen]);
  useLayoutEffect(() => {
    if (!isMoved.current) showAll();
  }, [showAll]);
  return { camera, move, showAll };
}
