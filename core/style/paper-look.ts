/** Layers as the base map of the state draws them on paper: lines and signs on white, networks in their colours. */
import type { Ink, Layer, LayerStyle } from '../feature/layer.ts';

/** Letters that stand for networks on the base map (rozporządzenie w sprawie GESUT, BDOT500 i mapy zasadniczej, 2021). */
export const NETWORK_SIGNS: Readonly<Record<string, string>> = {
  ...{
    water: 'w',
    sewer: 'k',
    power: 'e',
    gas: 'g',
    heat: 'c',
    telecom: 't',
    special: 'b',
    unidentified: 'x',
  },
};
/** Tints that would only hide the lines. */
const LEFT_OUT: ReadonlySet<string> = new Set(['land_cover', 'districts']);
const OUTLINES: ReadonlySet<string> = new Set([
  ...[
    'parcels',
    'buildings',
    'buildings_3d',
    'parcel_land_uses',
    'precincts',
    'cadastral_units',
    'green_areas',
  ],
]);
/** So that they are told from parcels. */
const BUILDING_TINT = { fill: '#e9dfd3', fillOpacity: 0.7 } as const;
/** Wide enough for a plotter to keep. */
const THINNEST_PX = 0.7;

/** Undefined where the layer is not on such a map. */
export function paperLook(layer: Layer): Layer | undefined {
  if (LEFT_OUT.has(layer.name)) return undefined;
  const { maxScaleDenominator: _, ...rest } = layer;
  return { ...rest, style: styleOnPaper(layer) };
}

function styleOnPaper({ name, style, geometryType }: Layer): LayerStyle {
  if (OUTLINES.has(name)) {
    const { fill: _fill, classes: _classes, ...lines } = style;
    const weight = name === 'buildings' ? 1.4 : Math.max(THINNEST_PX, style.strokeWidthPx);
    return {
      ...lines,
      ...(name === 'buildings' && BUILDING_TINT),
      stroke: name === 'green_areas' ? style.stroke : '#1d1d1b',
      strokeWidthPx: weight,
    };
  }
  if (name === 'roads' || name === 'footways') {
    // Axes are no lines of the ground: streets are there by their names.
    return { stroke: '#ffffff', strokeWidthPx: 0, label: style.label };
  }
  if (name === 'utility_lines') {
    const label = { property: 'network', suffixProperty: 'diameter_mm', signs: NETWORK_SIGNS };
    return { ...style, label: { ...label, maxScaleDenominator: 1_000, color: '#4a463e' } };
  }
  if (!geometryType.endsWith('Polygon') && name !== 'trees') return style;
  const faint = <Given extends Ink>(ink: Given): Given =>
    ink.fill === undefined ? ink : { ...ink, fillOpacity: Math.min(0.25, ink.fillOpacity ?? 1) };
  const { classes } = style;
  return {
    ...faint(style),
    ...(classes && { classes: { ...classes, entries: classes.entries.map(faint) } }),
  };
}
