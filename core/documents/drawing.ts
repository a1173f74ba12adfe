/** Drawings of lines, areas, marks and words at their places: what goes to paper without becoming pixels. */

/** Lengths in pixels from the upper left corner, y goes down. */
export interface Drawing {
  readonly widthPx: number;
  readonly heightPx: number;
  /** From the lowest to the topmost. */
  readonly paths: readonly DrawnPath[];
  /** Over all paths. */
  readonly texts: readonly DrawnText[];
}

/** Rings or lines that are drawn alike, at once. */
export interface DrawnPath {
  /** `x, y, x, y, …`; rings are not closed by repeating their first position. */
  readonly positions: Float64Array;
  /** Where each ring or line ends in `positions`. */
  readonly ends: Int32Array;
  readonly isClosed: boolean;
  readonly fill?: DrawnColour;
  readonly stroke?: DrawnStroke;
}

export interface DrawnColour {
  /** `#rrggbb`. */
  readonly colour: string;
  readonly opacity: number;
}

export interface DrawnStroke extends DrawnColour {
  readonly widthPx: number;
  readonly dash?: readonly number[] | undefined;
}

/** Words level around a middle, or letter by letter. */
export interface DrawnText {
  readonly text: string;
  readonly colour: string;
  readonly x: number;
  readonly y: number;
  /** Middle of each letter; the angle is in radians, clockwise. */
  readonly letters?: readonly {
    readonly letter: string;
    readonly x: number;
    readonly y: number;
    readonly angle: number;
  }[];
}
