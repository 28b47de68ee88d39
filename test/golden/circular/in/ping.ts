import { type Pong, pong } from "./pong.js";

export interface Ping {
  readonly answer?: Pong;
}

/** @task */
export function ping(ball: Ping): Pong {
  return ball.answer ?? pong({});
}
