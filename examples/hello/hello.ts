import { add, app, chain, group, mul } from "./tasks.gen.js";
import "./tasks.registry.gen.js";

// Each result becomes the first argument of the next step: mul is given 5, and 4 is bound already.
const product = chain(add.s(2, 3), mul.s(4));
const result = await product.delay();
console.log(`(2 + 3) * 4 = ${await result.get({ timeout: "10s" })}`);

// A canvas is a value: put it in a larger one. The type of `pair` is [number, number].
const pair = await group(product, add.s(1, 1)).delay();
const [twenty, two] = await pair.get({ timeout: "10s" });
console.log(`side by side: ${twenty} and ${two}`);

await app.close();
