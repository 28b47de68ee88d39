/** A NestJS provider that sends work. Inject `Products` where it is needed; a test of those puts a fake in its place. */
import { Injectable, Module, type OnApplicationShutdown } from "@nestjs/common";
import type { TaskInfo } from "tqc";
import { add, app, chain, mul } from "../hello/tasks.gen.js";

@Injectable()
export class Products implements OnApplicationShutdown {
  /** Starts (x + y) * 4, and gives the id by which to ask for it. */
  async start(x: number, y: number): Promise<string> {
    const result = await chain(add.s(), mul.s(4)).delay(x, y);
    return result.id;
  }

  /** How it stands. */
  info(id: string): Promise<TaskInfo> {
    return app.result<number>(id).info();
  }

  /** Closes the connections, so that the process can end. Call `enableShutdownHooks()` in `main.ts`. */
  async onApplicationShutdown(): Promise<void> {
    await app.close();
  }
}

@Module({ providers: [Products], exports: [Products] })
export class ProductsModule {}
