/** What a loop knows of the queues, worked out beside it: what is in its head cannot be seen, and decides what it does next. */

interface Asked {
  readonly room: number;
  readonly news: number;
}

export class Shadow {
  /** How often it was told that there may be work. */
  news = 1;
  #heard = 0;
  #plenty = false;
  readonly #asked = new Set<Asked>();

  /** An exchange is sent; the reply is told how it ended: with so many claims, or not at all. */
  send(room: number): (claims?: number) => void {
    const asked = { room, news: this.news };
    this.#asked.add(asked);
    return (claims) => {
      this.#asked.delete(asked);
      if (claims === undefined) return;
      if (room > 0) this.#plenty = claims === room;
      if (claims < room) this.#heard = Math.max(this.#heard, asked.news);
    };
  }

  /** Its numbers, as the loop counts them. */
  get counts(): Readonly<Record<string, unknown>> {
    const asked = [...this.#asked].reduce((sum, { room }) => sum + room, 0);
    return { "#news": this.news, "#heard": this.#heard, "#plenty": this.#plenty, "#asked": asked };
  }

  /** What of it makes a difference. */
  view(): unknown {
    const { news } = this;
    return [news > this.#heard, this.#plenty, [...this.#asked].map((asked) => [asked.room, news > asked.news])];
  }
}
