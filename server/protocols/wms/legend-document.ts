/**
 * The legend as data, in the members that GeoServer gave this form (`FORMAT=application/json`): clients that draw
 * legends themselves read it. Names of rules are those of the style as SLD, which RULE takes too.
 */
import type { Language, Layer } from '../../../core/feature/layer.ts';
import type { SldDrawing } from '../../../core/style/read-sld.ts';
import {
  inkSizes,
  type ScaleBand,
  type StyledLayer,
  type StyleRule,
  shapeOf,
  short,
  styleRules,
} from '../../../core/style/style-rules.ts';

interface DocumentRule {
  readonly name?: string;
  readonly title: string;
  /** From this denominator of scale up to that, without it; an end that is not there is open. */
  readonly MinScaleDenominator?: number;
  readonly MaxScaleDenominator?: number;
  readonly symbolizers: readonly object[];
}

interface LayerRules {
  readonly layer: Layer;
  readonly rules: readonly DocumentRule[];
  /** Of a layer of an outside service, whose legend is a picture: where that is. */
  readonly legendUrl?: string;
}

/** Of layers from the topmost, each with its rules. */
export const legendDocument = (legends: readonly LayerRules[], language: Language) => ({
  Legend: legends.map(({ layer, rules, legendUrl }) => ({
    layerName: layer.name,
    title: layer.title[language],
    rules,
    ...(legendUrl !== undefined && { legendUrl }),
  })),
});

/**
 * The classes that a legend shows of a style of the house.
 * @param shown by index of the class; undefined = all
 * @param scale denominator; undefined: at every scale, each with its range
 */
export function classRules(
  layer: Layer,
  language: Language,
  { shown, scale }: { readonly shown: ReadonlySet<number> | undefined; readonly scale: number | undefined },
): readonly DocumentRule[] {
  const rules = styleRules(layer);
  const classes = rules.filter(({ entry }) => entry !== undefined);
  const listed =
    classes.length > 0
      ? classes.filter((_, index) => shown?.has(index) ?? true)
      : rules.filter(() => shown?.size !== 0);
  return listed.flatMap(({ name, title, ink, scales }) =>
    bandsAt(scales, scale).map((band) => ({
      name: band.unit === 'm' ? `${name}_ground` : name,
      title: title[language],
      ...range(band.minDenominator, band.maxDenominator),
      symbolizers: [symbolizer(layer, ink, band)],
    })),
  );
}

/** The rules of a style that came with the request, each with all that it draws. */
export function drawnRules(
  drawings: readonly SldDrawing[],
  layer: Layer,
  language: Language,
): readonly DocumentRule[] {
  return [...new Set(drawings.map(({ rule }) => rule))].map((rule) => {
    const own = drawings.filter((each) => each.rule === rule);
    const [first] = own;
    return {
      ...(rule.name !== undefined && { name: rule.name }),
      title: rule.title ?? layer.title[language],
      ...range(first?.minScaleDenominator, first?.maxScaleDenominator),
      symbolizers: own.flatMap(({ style }) =>
        styleRules({ ...layer, style }).flatMap(({ ink, scales }) =>
          scales
            .slice(0, 1)
            .map((band) => (style.label ? letters(style.label) : symbolizer(layer, ink, band))),
        ),
      ),
    };
  });
}

/** Those of a scale, which has one; of no scale all. */
const bandsAt = (bands: readonly ScaleBand[], scale: number | undefined): readonly ScaleBand[] =>
  scale === undefined ? bands : bands.filter(({ minDenominator = 0 }) => scale >= minDenominator).slice(-1);

const range = (least: number | undefined, most: number | undefined) => ({
  ...(least !== undefined && { MinScaleDenominator: least }),
  ...(most !== undefined && { MaxScaleDenominator: most }),
});

const letters = ({ color, property }: { readonly color: string; readonly property: string }) => ({
  Text: { label: `[${property}]`, fill: color },
});

/** Widths and sizes are pixels, or metres on the ground where it says so. */
function symbolizer(layer: StyledLayer, ink: StyleRule['ink'], band: ScaleBand): object {
  const sizes = inkSizes(ink, band);
  const uom = band.unit === 'm' ? { uom: 'm' } : {};
  const stroke = {
    stroke: ink.stroke,
    'stroke-width': String(short(sizes.stroke)),
    ...(sizes.dash && { 'stroke-dasharray': sizes.dash.map((length) => short(length)).join(' ') }),
  };
  const fill =
    ink.fill === undefined ? {} : { fill: ink.fill, 'fill-opacity': String(short(ink.fillOpacity ?? 1)) };
  switch (shapeOf(layer)) {
    case 'area':
      return { Polygon: { ...uom, ...fill, ...stroke } };
    case 'line':
      return { Line: { ...uom, ...stroke, ...casing(ink, sizes.cased) } };
    case 'point': {
      const mark = { mark: ink.marker?.shape ?? 'circle', ...fill, ...stroke };
      return { Point: { ...uom, size: String(short(sizes.marker ?? 5)), graphics: [mark] } };
    }
  }
}

/** A wider line below; GeoServer tells it as a rule of its own. */
const casing = (ink: StyleRule['ink'], width: number | undefined) =>
  ink.casing && width !== undefined
    ? { casing: { stroke: ink.casing.color, 'stroke-width': String(short(width)) } }
    : {};
