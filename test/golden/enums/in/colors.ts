export enum Color {
  Red,
  Green,
  Blue = 7,
}

export const enum Size {
  Small = "s",
  Large = "l",
}

export namespace Paint {
  export interface Can {
    readonly color: Color;
    readonly sizes: Partial<Record<Size, number>>;
  }
  export type Mixed = Can | Color.Red;
}

/** @task */
export function paint(color: Color, can?: Paint.Can): Color.Red | Color.Green {
  return can && color === Color.Red ? Color.Red : Color.Green;
}

/** @task */
export function mix(cans: Paint.Mixed[], size: Size): `${Size}-${number}` {
  return `${size}-${cans.length}`;
}
