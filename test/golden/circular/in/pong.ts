import { type Ping, ping } from "./ping.js";

export interface Pong {
  readonly serve?: Ping;
}

/** @task */
export function pong(ball: Pong): Pong {
  return ball.serve ? ping(ball.serve) : ball;
}
