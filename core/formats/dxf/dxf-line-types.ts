/** Kinds of lines: the dashes of the styles, and lines of networks with their letter of the base map between the dashes. */
import type { Feature } from '../../feature/feature.ts';
import type { Layer, StyleClass } from '../../feature/layer.ts';
import { inkOf, PIXEL_M } from '../../feature/symbol.ts';
import { NETWORK_SIGNS } from '../../style/paper-look.ts';

export interface DxfLineType {
  readonly name: string;
  /** Metres on the ground as at 1:500: a dash, a gap below zero, a letter in a gap. */
  readonly elements: readonly (number | { readonly gapM: number; readonly letter: string })[];
}

export const CONTINUOUS: DxfLineType = { name: 'Continuous', elements: [] };
const SCALE = 500;

const LETTER_GAP_M = 1.6;
const [DASH_M, DESIGNED_DASH_M, DESIGNED_GAP_M] = [12, 2, 1];

/** Of a class of a layer. */
export function lineTypeOf(layer: Layer, entry: StyleClass | undefined): DxfLineType {
  const letter = letterOf(layer, entry);
  if (letter !== undefined) {
    return {
      name: `UZB_${letter.toUpperCase()}`,
      elements: [DASH_M, { gapM: LETTER_GAP_M, letter }],
    };
  }
  const { strokeDash = [] } = inkOf(layer.style, entry);
  if (strokeDash.length === 0) return CONTINUOUS;
  const even = strokeDash.length % 2 === 0 ? strokeDash : [...strokeDash, ...strokeDash];
  return {
    name: `BL_${even.join('_')}`.replaceAll('.', 'P'),
    elements: even.map((px, index) => (index % 2 === 0 ? 1 : -1) * px * PIXEL_M * SCALE),
  };
}

/** The kinds that objects have of their own: what is designed is dashed, as it is not there yet. */
export function designedLineTypeOf(layer: Layer, entry: StyleClass | undefined): DxfLineType | undefined {
  const letter = letterOf(layer, entry);
  if (letter === undefined) return undefined;
  const dashes = [DESIGNED_DASH_M, -DESIGNED_GAP_M];
  return {
    name: `UZB_${letter.toUpperCase()}_PROJ`,
    elements: [...dashes, ...dashes, ...dashes, DESIGNED_DASH_M, { gapM: LETTER_GAP_M, letter }],
  };
}

export const isDesigned = ({ properties }: Feature): boolean => properties['state'] === 'designed';

function letterOf({ style, geometryType }: Layer, entry: StyleClass | undefined): string | undefined {
  if (style.classes?.property !== 'network' || !geometryType.endsWith('LineString')) return undefined;
  return NETWORK_SIGNS[entry?.values[0] ?? ''];
}
