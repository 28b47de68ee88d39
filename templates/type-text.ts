/** Texts of types -> texts of what is made of them. */

/** The type, or undefined. */
export function orUndefined(type: string): string {
  return /(^|\| )undefined( \||$)/.test(type) ? type : `${type.includes("=>") ? `(${type})` : type} | undefined`;
}

/** The type in brackets, unless it is a plain name: what `[]` can stand behind. */
export function bracketed(type: string): string {
  return /^[\w$.]+$/.test(type) ? type : `(${type})`;
}
