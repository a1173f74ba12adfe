/** Styles as OGC Styled Layer Descriptor 1.1 with Symbology Encoding 1.1 (OGC 05-078r4, 05-077r4). */
import type { Language, Marker, MarkerShape } from '../feature/layer.ts';
import { type Markup, markup } from '../xml/writer.ts';
import { filterMarkup } from './filter-text.ts';
import {
  type InkSizes,
  inkSizes,
  type ScaleBand,
  type StyledLayer,
  type StyleRule,
  shapeOf,
  short,
  styleRules,
} from './style-rules.ts';

const UNITS = {
  px: 'http://www.opengeospatial.org/se/units/pixel',
  m: 'http://www.opengeospatial.org/se/units/metre',
} as const;
const LABEL_FONT = 'Source Sans 3';
const LABEL_PX = 11;

/** One document for one layer, called as the layer is at every door. */
export function sldOf(layer: StyledLayer, language: Language): string {
  const rules = styleRules(layer);
  const cased = rules.filter(({ ink }) => ink.casing && shapeOf(layer) === 'line');
  const edges = cased.flatMap((rule) =>
    rule.scales.map((band) => ruleMarkup(layer, rule, band, language, 'edge')),
  );
  const shapes = rules.flatMap((rule) =>
    rule.scales.map((band) => ruleMarkup(layer, rule, band, language, 'shape')),
  );
  const labels = labelRule(layer);
  const parts = [edges, shapes, labels].filter(({ length }) => length > 0);
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<sld:StyledLayerDescriptor version="1.1.0" xmlns:sld="http://www.opengis.net/sld" xmlns:se="http://www.opengis.net/se" xmlns:ogc="http://www.opengis.net/ogc" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/sld http://schemas.opengis.net/sld/1.1.0/StyledLayerDescriptor.xsd">
<sld:NamedLayer><se:Name>${layer.name}</se:Name><se:Description><se:Title>${layer.title[language]}</se:Title></se:Description>
<sld:UserStyle><se:Name>default</se:Name><se:Description><se:Title>${layer.title[language]}</se:Title></se:Description><sld:IsDefault>1</sld:IsDefault>
${parts.map((each) => markup`<se:FeatureTypeStyle><se:FeatureTypeName>${layer.name}</se:FeatureTypeName>\n${each}</se:FeatureTypeStyle>\n`)}</sld:UserStyle>
</sld:NamedLayer>
</sld:StyledLayerDescriptor>
`.text;
}

type Part = 'edge' | 'shape';

function ruleMarkup(
  layer: StyledLayer,
  { name, title, ink, filter }: StyleRule,
  band: ScaleBand,
  language: Language,
  part: Part,
): Markup {
  const which = filter ? markup`<ogc:Filter>${filterMarkup(filter)}</ogc:Filter>` : markup`<se:ElseFilter/>`;
  return markup`<se:Rule><se:Name>${name}${part === 'edge' ? '_edge' : ''}${band.unit === 'm' ? '_ground' : ''}</se:Name><se:Description><se:Title>${title[language]}</se:Title></se:Description>${which}${scales(band.minDenominator, band.maxDenominator)}${symbolizer(layer, ink, band, part)}</se:Rule>\n`;
}

const scales = (least: number | undefined, most: number | undefined): Markup =>
  markup`${least !== undefined && markup`<se:MinScaleDenominator>${least}</se:MinScaleDenominator>`}${most !== undefined && markup`<se:MaxScaleDenominator>${most}</se:MaxScaleDenominator>`}`;

function symbolizer(layer: StyledLayer, ink: StyleRule['ink'], band: ScaleBand, part: Part): Markup {
  const sizes = inkSizes(ink, band);
  const uom = UNITS[band.unit];
  switch (shapeOf(layer)) {
    case 'area':
      return markup`<se:PolygonSymbolizer uom="${uom}">${fill(ink)}${stroke(ink, sizes, part)}</se:PolygonSymbolizer>`;
    case 'line':
      return markup`<se:LineSymbolizer uom="${uom}">${stroke(ink, sizes, part)}</se:LineSymbolizer>`;
    case 'point':
      return markup`<se:PointSymbolizer uom="${uom}"><se:Graphic>${mark(ink, sizes)}</se:Graphic></se:PointSymbolizer>`;
  }
}

const fill = ({ fill: colour, fillOpacity = 1 }: StyleRule['ink']): Markup | undefined =>
  colour === undefined
    ? undefined
    : markup`<se:Fill><se:SvgParameter name="fill">${colour}</se:SvgParameter><se:SvgParameter name="fill-opacity">${short(fillOpacity)}</se:SvgParameter></se:Fill>`;

function stroke(ink: StyleRule['ink'], sizes: InkSizes, part: Part): Markup {
  const isEdge = part === 'edge';
  const [colour, width] = isEdge ? [ink.casing?.color, sizes.cased] : [ink.stroke, sizes.stroke];
  const dash = isEdge ? undefined : sizes.dash?.map((length) => short(length)).join(' ');
  return markup`<se:Stroke><se:SvgParameter name="stroke">${colour}</se:SvgParameter><se:SvgParameter name="stroke-width">${short(width ?? 0)}</se:SvgParameter><se:SvgParameter name="stroke-linejoin">round</se:SvgParameter>${dash !== undefined && markup`<se:SvgParameter name="stroke-dasharray">${dash}</se:SvgParameter>`}</se:Stroke>`;
}

/** The standard knows no diamond: it is a square on its corner; crosses of the house lie like the letter X. */
const WELL_KNOWN: Readonly<Record<MarkerShape, string>> = {
  ...{ circle: 'circle', square: 'square', triangle: 'triangle', diamond: 'square', cross: 'x' },
};
const DEFAULT_MARKER: Marker = { shape: 'circle', sizePx: 5 };

function mark(ink: StyleRule['ink'], sizes: InkSizes): Markup {
  const { shape } = ink.marker ?? DEFAULT_MARKER;
  const size = sizes.marker ?? DEFAULT_MARKER.sizePx;
  const isCross = shape === 'cross';
  return markup`<se:Mark><se:WellKnownName>${WELL_KNOWN[shape]}</se:WellKnownName>${isCross ? undefined : fill(ink)}${stroke(ink, sizes, 'shape')}</se:Mark><se:Size>${short(isCross || shape === 'diamond' ? size / Math.SQRT2 : size)}</se:Size>${shape === 'diamond' && markup`<se:Rotation>45</se:Rotation>`}`;
}

function labelRule(layer: StyledLayer): readonly Markup[] {
  const { label } = layer.style;
  if (!label) return [];
  const names = [label.property, label.suffixProperty].filter((name) => name !== undefined);
  const placement =
    shapeOf(layer) === 'line'
      ? markup`<se:LinePlacement><se:GeneralizeLine>true</se:GeneralizeLine></se:LinePlacement>`
      : markup`<se:PointPlacement><se:AnchorPoint><se:AnchorPointX>0.5</se:AnchorPointX><se:AnchorPointY>0.5</se:AnchorPointY></se:AnchorPoint></se:PointPlacement>`;
  return [
    markup`<se:Rule><se:Name>${layer.name}_label</se:Name>${scales(undefined, label.maxScaleDenominator)}<se:TextSymbolizer uom="${UNITS.px}"><se:Label>${names.map((name) => markup`<ogc:PropertyName>${name}</ogc:PropertyName>`)}</se:Label><se:Font><se:SvgParameter name="font-family">${LABEL_FONT}</se:SvgParameter><se:SvgParameter name="font-size">${LABEL_PX}</se:SvgParameter></se:Font><se:LabelPlacement>${placement}</se:LabelPlacement><se:Halo><se:Radius>1</se:Radius><se:Fill><se:SvgParameter name="fill">#ffffff</se:SvgParameter></se:Fill></se:Halo><se:Fill><se:SvgParameter name="fill">${label.color}</se:SvgParameter></se:Fill></se:TextSymbolizer></se:Rule>\n`,
  ];
}
