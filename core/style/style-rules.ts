/** A declared style as rules that exclude each other: what styles in other programs' languages are written from. */

import type { LayerDeclaration, StyleClass, Text } from '../feature/layer.ts';
import type { DrawnLayer } from '../feature/symbol.ts';
import { inkOf, PIXEL_M } from '../feature/symbol.ts';
import { allOf, type Filter } from '../filter/ast.ts';

export type StyledLayer = DrawnLayer &
  Pick<LayerDeclaration, 'name' | 'title' | 'properties' | 'maxScaleDenominator'>;

export interface StyleRule {
  /** Unique within the layer, plain ASCII. */
  readonly name: string;
  readonly title: Text;
  /** Of the declared style; undefined = everything else. */
  readonly entry: StyleClass | undefined;
  readonly ink: ReturnType<typeof inkOf>;
  /** Which objects; undefined = all, where the style knows no classes. */
  readonly filter: Filter | undefined;
  readonly scales: readonly ScaleBand[];
}

/** Scales between which a rule is drawn by one unit; an end that is undefined is open. */
export interface ScaleBand {
  readonly minDenominator: number | undefined;
  readonly maxDenominator: number | undefined;
  /** `m`: widths and sizes are metres on the ground. */
  readonly unit: 'px' | 'm';
}

/** The classes in the order of the style, then everything else: each object has one rule. */
export function styleRules(layer: StyledLayer): readonly StyleRule[] {
  const { style, title } = layer;
  const { property = '', entries = [] } = style.classes ?? {};
  const rule = (name: string, entry: StyleClass | undefined, filter: Filter | undefined): StyleRule => {
    const ink = inkOf(style, entry);
    return { name, title: entry?.label ?? title, entry, ink, filter, scales: scaleBands(layer, ink) };
  };
  const flags = entries.flatMap(({ flag }) => (flag === undefined ? [] : [flag]));
  const unflagged = flags.map((flag) => isUnset(layer, flag));
  const named = entries.map((entry, index) => {
    const name = `${layer.name}_${index + 1}`;
    const { flag } = entry;
    if (flag === undefined) {
      return rule(name, entry, allOf(beginsWith(property, entry, entries), ...unflagged));
    }
    return rule(name, entry, allOf(isSet(layer, flag), ...unflagged.slice(0, flags.indexOf(flag))));
  });
  const values = entries.flatMap((entry) => entry.values.map((value) => like(property, value)));
  const isOther: Filter = {
    op: 'or',
    args: [isNull(property), { op: 'not', arg: { op: 'or', args: values } }],
  };
  const rest = allOf(...(values.length > 0 ? [isOther] : []), ...unflagged);
  return [...named, rule(layer.name, undefined, rest)];
}

/** Whether values begin with one of the texts of a class, and not with a longer one of another class. */
function beginsWith(property: string, entry: StyleClass, entries: readonly StyleClass[]): Filter {
  const args = entry.values.map((value): Filter => {
    const longer = entries
      .filter((each) => each !== entry)
      .flatMap(({ values }) =>
        values.filter((other) => other.length > value.length && other.startsWith(value)),
      );
    return allOf(
      like(property, value),
      ...longer.map((other): Filter => ({ op: 'not', arg: like(property, other) })),
    ) as Filter;
  });
  return args.length === 1 && args[0] ? args[0] : { op: 'or', args };
}

const like = (property: string, beginning: string): Filter => ({
  ...{ op: 'like', property },
  pattern: `${beginning.replace(/[\\%_]/g, '\\$&')}%`,
});

const isFlagBoolean = ({ properties }: StyledLayer, flag: string): boolean =>
  properties.find(({ name }) => name === flag)?.type === 'boolean';

const isTrue = (property: string): Filter => ({ op: 'compare', operator: '=', property, value: true });
const isNull = (property: string): Filter => ({ op: 'is-null', property });

const isSet = (layer: StyledLayer, flag: string): Filter =>
  isFlagBoolean(layer, flag) ? isTrue(flag) : { op: 'not', arg: isNull(flag) };

/** The opposite, also true of objects that do not say. */
const isUnset = (layer: StyledLayer, flag: string): Filter =>
  isFlagBoolean(layer, flag)
    ? { op: 'or', args: [isNull(flag), { op: 'compare', operator: '=', property: flag, value: false }] }
    : isNull(flag);

/** Metres on the ground nearer than where they are as many pixels as the ink has at least, pixels farther off. */
function scaleBands(
  { geometryType, maxScaleDenominator }: StyledLayer,
  ink: StyleRule['ink'],
): readonly ScaleBand[] {
  const isPoint = geometryType.endsWith('Point');
  const [metres, pixels] = isPoint
    ? [ink.marker?.sizeM, ink.marker?.sizePx]
    : [ink.strokeWidthM, ink.strokeWidthPx];
  if (metres === undefined || pixels === undefined) {
    return [{ minDenominator: undefined, maxDenominator: maxScaleDenominator, unit: 'px' }];
  }
  const changes = Math.round(metres / (pixels * PIXEL_M));
  const near: ScaleBand = { minDenominator: undefined, maxDenominator: changes, unit: 'm' };
  if (maxScaleDenominator !== undefined && maxScaleDenominator <= changes) {
    return [{ ...near, maxDenominator: maxScaleDenominator }];
  }
  return [near, { minDenominator: changes, maxDenominator: maxScaleDenominator, unit: 'px' }];
}

/** Widths and sizes of an ink in the unit of a band. */
export interface InkSizes {
  readonly stroke: number;
  /** Of the line with its edge; undefined = it has none. */
  readonly cased: number | undefined;
  readonly marker: number | undefined;
  readonly dash: readonly number[] | undefined;
}

export function inkSizes(ink: StyleRule['ink'], { unit }: ScaleBand): InkSizes {
  const { strokeWidthPx, strokeWidthM, strokeDash, casing, marker } = ink;
  const isGround = unit === 'm' && strokeWidthM !== undefined;
  const stroke = isGround ? strokeWidthM : strokeWidthPx;
  // Edges and dashes keep their share of the line.
  const perPixel = isGround ? strokeWidthM / strokeWidthPx : 1;
  return {
    stroke:
      unit === 'm' && marker?.sizeM !== undefined ? strokeWidthPx * (marker.sizeM / marker.sizePx) : stroke,
    cased: casing && stroke + 2 * casing.widthPx * perPixel,
    marker: marker && (unit === 'm' ? (marker.sizeM ?? marker.sizePx) : marker.sizePx),
    dash: strokeDash?.map((length) => length * perPixel),
  };
}

export const shapeOf = ({ geometryType }: DrawnLayer): 'area' | 'line' | 'point' =>
  geometryType.endsWith('Polygon') ? 'area' : geometryType.endsWith('LineString') ? 'line' : 'point';

/** At most so many decimals, without needless noughts. */
export const short = (value: number, decimals = 3): number => Number(value.toFixed(decimals));
