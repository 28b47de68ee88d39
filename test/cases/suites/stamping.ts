/** Stamps sit on tasks; the innermost wins. */
import { type Signature, StampingVisitor, type Stamps } from "tqc";
import { describe, expect, test } from "vitest";
import { noted } from "../project/src/journal.js";
import { add, chain, chord, fail, group, ids, list, log } from "../project/src/tasks.gen.js";
import { fresh, type World } from "../world.js";

const stampsOf = (value: unknown) => (value as { readonly stamps: Stamps }).stamps;

export function stamping(world: World): void {
  describe("a stamp", () => {
    test("shows in the task", async () => {
      expect(stampsOf(await world.value(ids.s().stamp({ request: "r1", tries: 2, tags: ["a", "b"] })))).toEqual({
        request: "r1",
        tries: 2,
        tags: ["a", "b"],
      });
    });

    test("on a composite reaches every task below", async () => {
      const all = await world.value(
        group(ids.s(), chain(ids.s(), ids.s()), chord([ids.s()], ids.s())).stamp({ request: "r1" }),
      );
      expect(all.map(stampsOf)).toEqual([{ request: "r1" }, { request: "r1" }, { request: "r1" }]);
    });

    test("of a member wins over that of its composite, and both are there", async () => {
      const [own, plain] = await world.value(
        group(ids.s().stamp({ who: "member", only: "member" }), ids.s()).stamp({ who: "group", all: "group" }),
      );
      expect(stampsOf(own)).toEqual({ who: "member", only: "member", all: "group" });
      expect(stampsOf(plain)).toEqual({ who: "group", all: "group" });
    });

    test("set again on the same signature is the last one", async () => {
      expect(stampsOf(await world.value(ids.s().stamp({ a: 1, b: 1 }).stamp({ b: 2 })))).toEqual({ a: 1, b: 2 });
    });

    test("reaches callbacks, whether they are hung up before or after", async () => {
      const [before, after] = [fresh(), fresh()];
      await world.value(
        add
          .s(1, 1)
          .link(chain(ids.s(), log.s(before)))
          .stamp({ request: "r1" }),
      );
      await world.value(
        add
          .s(1, 1)
          .stamp({ request: "r1" })
          .link(chain(ids.s(), log.s(after))),
      );
      expect([...noted(before), ...noted(after)].map(stampsOf)).toEqual([{ request: "r1" }, { request: "r1" }]);
    });

    test("reaches error callbacks", async () => {
      const key = fresh();
      await world.error(
        fail
          .s("x")
          .linkError(chain(ids.si(), log.s(key)))
          .stamp({ request: "r1" }),
      );
      expect(noted(key).map(stampsOf)).toEqual([{ request: "r1" }]);
    });

    test("on a header does not leak into the body", async () => {
      const chained = chord(group(ids.s()).stamp({ part: "header" }), ids.s());
      expect(stampsOf(await world.value(chained))).toEqual({});
    });

    test("leaves the signature it was made from as it was", async () => {
      const plain = ids.s();
      plain.stamp({ request: "r1" });
      expect(stampsOf(await world.value(plain))).toEqual({});
    });
  });

  describe("a stamping visitor", () => {
    test("is asked at every form, from the outside in, and its stamps reach the tasks below", async () => {
      const visits: string[] = [];
      const canvas = chain(add.s(1, 1), group(ids.s(), ids.s())).link(list.s()).linkError(list.si());
      const members = await world.value(canvas.stamp(new Guide(visits)) as Signature<[], readonly unknown[]>);
      expect(members.map(stampsOf)).toEqual([
        { at: "signature", chain: "yes", group: "yes" },
        { at: "signature", chain: "yes", group: "yes" },
      ]);
      expect(visits).toContain("chain");
      expect(visits.indexOf("chain")).toBeLessThan(visits.indexOf("group"));
      expect(visits.indexOf("group")).toBeLessThan(visits.indexOf("/group"));
      expect(visits.indexOf("/group")).toBeLessThan(visits.indexOf("/chain"));
      expect(visits.filter((visit) => visit === "callback" || visit === "errback")).toEqual(["callback", "errback"]);
    });

    test("is asked at a chord's header and body", async () => {
      const visits: string[] = [];
      const body = await world.value(chord([ids.s(), ids.s()], ids.s()).stamp(new Guide(visits)));
      expect(stampsOf(body)).toMatchObject({ at: "signature", body: "yes" });
      expect(stampsOf(body)).not.toHaveProperty("header");
      expect(visits.filter((visit) => ["header", "/header", "body"].includes(visit))).toEqual([
        "header",
        "/header",
        "body",
      ]);
    });

    test("may stamp nothing", async () => {
      expect(stampsOf(await world.value(ids.s().stamp(new Silent())))).toEqual({});
    });
  });
}

class Silent extends StampingVisitor {
  override onSignature(): undefined {
    return undefined;
  }
}

/** Notes where it is asked, and stamps what it is asked. */
class Guide extends StampingVisitor {
  readonly #visits: string[];
  constructor(visits: string[]) {
    super();
    this.#visits = visits;
  }
  #at(place: string, stamps: Stamps = {}): Stamps {
    this.#visits.push(place);
    return stamps;
  }
  override onSignature() {
    return this.#at("signature", { at: "signature" });
  }
  override onChainStart() {
    return this.#at("chain", { chain: "yes" });
  }
  override onChainEnd() {
    this.#at("/chain");
  }
  override onGroupStart() {
    return this.#at("group", { group: "yes" });
  }
  override onGroupEnd() {
    this.#at("/group");
  }
  override onChordHeaderStart() {
    return this.#at("header", { header: "yes" });
  }
  override onChordHeaderEnd() {
    this.#at("/header");
  }
  override onChordBody() {
    return this.#at("body", { body: "yes" });
  }
  override onCallback() {
    return this.#at("callback", { callback: "yes" });
  }
  override onErrback() {
    return this.#at("errback", { errback: "yes" });
  }
}
