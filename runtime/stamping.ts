import type { Stamps } from "./messages.js";
import type { Signature } from "./signature.js";
export abstract class StampingVisitor {
  abstract onSignature(signature: Signature): Stamps | undefined | void;
}
