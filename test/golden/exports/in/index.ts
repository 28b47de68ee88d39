export { less as minus } from "./math.js";
export * from "./math.js";
