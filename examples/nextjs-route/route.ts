/**
 * `app/api/products/route.ts` of a Next.js application: it sends work and reads results. It imports the producer's module
 * alone, so the server's bundle holds no task; those run in `tqc worker`. In Next.js the import ends without `.js`.
 */
import { add, app, chain, mul } from "../hello/tasks.gen.js";

// Redis needs sockets, which the edge has not.
export const runtime = "nodejs";

/** POST { x, y }: starts (x + y) * 4, and says by which id to ask for it. */
export async function POST(request: Request): Promise<Response> {
  const { x, y } = (await request.json()) as { x: number; y: number };
  const result = await chain(add.s(), mul.s(4)).delay(x, y);
  return Response.json({ id: result.id }, { status: 202 });
}

/** GET ?id=...: how it stands. */
export async function GET(request: Request): Promise<Response> {
  const id = new URL(request.url).searchParams.get("id") ?? "";
  const result = app.result<number>(id);
  const state = await result.state();
  return Response.json(state === "SUCCESS" ? { state, value: await result.get() } : { state });
}
