/** A network between a client and a server, which can be cut, can stand still, and can be slow. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

export class Network {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #still = false;
  #delay = 0;

  private constructor(target: number) {
    this.#server = createServer((client) => this.#join(client, connect(target, "127.0.0.1")));
  }

  /** A way through to of a port of the loopback. */
  static async open(target: number): Promise<Network> {
    const network = new Network(target);
    network.#server.listen(0, "127.0.0.1");
    await once(network.#server, "listening");
    return network;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ends every connection, in the midst of whatever it carries; new ones are taken. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Everything takes so long from now on, ms, in order. */
  slow(delay: number): void {
    this.#delay = delay;
  }

  /** Nothing comes through any more, and nobody is told. */
  stall(): void {
    this.#still = true;
    for (const socket of this.#sockets) socket.pause();
  }

  /** What was held up comes through. */
  resume(): void {
    this.#still = false;
    for (const socket of this.#sockets) socket.resume();
  }

  async close(): Promise<void> {
    this.cut();
    const closed = once(this.#server, "close");
    this.#server.close();
    await closed;
  }

  #join(...[one, other]: [Socket, Socket]): void {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      this.#sockets.add(from);
      from.on("data", (data) => this.#carry(data, to));
      from.on("error", () => {});
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      if (this.#still) from.pause();
    }
  }

  #carry(...[data, to]: [Buffer, Socket]): void {
    if (this.#delay === 0) to.write(data);
    else setTimeout(() => to.write(data), this.#delay);
  }
}
