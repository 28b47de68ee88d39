export interface Envelope<Body> {
  readonly body: Body;
  readonly sent: Date;
}
export type Kind = "letter" | "parcel";
export declare function post<Body>(envelope: Envelope<Body>): Promise<Kind>;
