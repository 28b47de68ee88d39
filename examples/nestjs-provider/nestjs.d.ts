/** As much of NestJS as the example needs to be type-checked here, where it is not installed. */
declare module "@nestjs/common" {
  type ClassDecorator = (target: new (...args: never[]) => object) => void;
  interface ModuleMetadata {
    readonly providers?: readonly unknown[];
    readonly exports?: readonly unknown[];
  }
  export function Injectable(): ClassDecorator;
  export function Module(metadata: ModuleMetadata): ClassDecorator;
  export interface OnApplicationShutdown {
    onApplicationShutdown(signal?: string): Promise<void>;
  }
}
