/** Styles as files of QGIS 3 (QML): rules, labels, names of columns and what their codes mean. */
import type { Language, PropertyDeclaration } from '../feature/layer.ts';
import { type Markup, markup, raw } from '../xml/writer.ts';
import { filterExpression } from './filter-text.ts';
import {
  type InkSizes,
  inkSizes,
  type StyledLayer,
  type StyleRule,
  shapeOf,
  short,
  styleRules,
} from './style-rules.ts';

/** Millimetres of the common pixel: prints keep the widths. */
const PX_MM = 0.28;
/** What the program calls metres on the ground, also on a map in degrees. */
const UNITS = { px: 'MM', m: 'RenderMetersInMapUnits' } as const;
const SYMBOL_TYPES = { area: 'fill', line: 'line', point: 'marker' } as const;
const LABEL_PT = 8;
/** Where labels go, by the numbers that QGIS gives: around a point, along a line, level within an area. */
const PLACEMENTS = { point: 0, line: 2, area: 1 } as const;
const GEOMETRIES = { point: 0, line: 1, area: 2 } as const;

type Properties = Pick<PropertyDeclaration, 'name' | 'label' | 'codelist'>;

/** @param layer with the properties that its file has, besides `id` */
export function qmlOf(layer: StyledLayer, language: Language): string {
  const rules = styleRules(layer);
  const drawn = rules.flatMap((rule) =>
    rule.scales.map((band) => ({ rule, band, sizes: inkSizes(rule.ink, band) })),
  );
  const hasEdges = shapeOf(layer) === 'line' && rules.some(({ ink }) => ink.casing);
  const limit = layer.maxScaleDenominator;
  return markup`<!DOCTYPE qgis PUBLIC ${raw("'http://mrcc.com/qgis.dtd' 'SYSTEM'")}>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms|Rendering" hasScaleBasedVisibilityFlag="${limit === undefined ? 0 : 1}" minScale="${limit ?? 100_000_000}" maxScale="0">
<renderer-v2 type="RuleRenderer" symbollevels="${hasEdges ? 1 : 0}" enableorderby="0" forceraster="0">
<rules key="${layer.name}">
${drawn.map(({ rule, band }, index) => ruleMarkup(rule, index, band.minDenominator, band.maxDenominator, language))}</rules>
<symbols>
${drawn.map(({ rule, sizes, band }, index) => symbolMarkup(layer, rule, sizes, UNITS[band.unit], index))}</symbols>
</renderer-v2>
${labelling(layer)}<fieldConfiguration>
${layer.properties.map((property) => fieldMarkup(property, language))}</fieldConfiguration>
<aliases>
${layer.properties.map(({ name, label }, index) => markup`<alias index="${index + 2}" field="${name}" name="${label[language]}"/>\n`)}</aliases>
<layerGeometryType>${GEOMETRIES[shapeOf(layer)]}</layerGeometryType>
</qgis>
`.text;
}

function ruleMarkup(
  { name, title, filter }: StyleRule,
  index: number,
  least: number | undefined,
  most: number | undefined,
  language: Language,
): Markup {
  return markup`<rule key="${name}_${index}" symbol="${index}" label="${title[language]}"${filter && markup` filter="${filterExpression(filter)}"`}${most !== undefined && markup` scalemaxdenom="${most}"`}${least !== undefined && markup` scalemindenom="${least}"`}/>\n`;
}

function symbolMarkup(
  layer: StyledLayer,
  { ink }: StyleRule,
  sizes: InkSizes,
  unit: string,
  index: number,
): Markup {
  const shape = shapeOf(layer);
  const size = (value: number) => short(unit === UNITS.px ? value * PX_MM : value, 4);
  const layers: Markup[] = [];
  if (shape === 'area') layers.push(areaLayer(ink, size(sizes.stroke), unit));
  if (shape === 'line') {
    if (ink.casing && sizes.cased !== undefined)
      layers.push(lineLayer(ink.casing.color, size(sizes.cased), unit, 0));
    layers.push(lineLayer(ink.stroke, size(sizes.stroke), unit, 1, sizes.dash?.map(size)));
  }
  if (shape === 'point') layers.push(pointLayer(ink, size(sizes.marker ?? 5), size(sizes.stroke), unit));
  return markup`<symbol type="${SYMBOL_TYPES[shape]}" name="${index}" alpha="1" clip_to_extent="1" force_rhr="0">${layers}</symbol>\n`;
}

const areaLayer = (
  { fill, fillOpacity = 1, stroke }: StyleRule['ink'],
  width: number,
  unit: string,
): Markup =>
  symbolLayer('SimpleFill', 0, {
    color: colour(fill ?? '#ffffff', fill === undefined ? 0 : fillOpacity),
    style: fill === undefined ? 'no' : 'solid',
    ...outline(stroke, width, unit),
    joinstyle: 'round',
  });

const lineLayer = (
  stroke: string,
  width: number,
  unit: string,
  pass: number,
  dash?: readonly number[],
): Markup =>
  symbolLayer('SimpleLine', pass, {
    line_color: colour(stroke, 1),
    line_style: 'solid',
    line_width: width,
    line_width_unit: unit,
    capstyle: dash ? 'flat' : 'round',
    joinstyle: 'round',
    ...(dash && { use_custom_dash: 1, customdash: dash.join(';'), customdash_unit: unit }),
  });

const pointLayer = (
  { fill, fillOpacity = 1, stroke, marker }: StyleRule['ink'],
  size: number,
  width: number,
  unit: string,
): Markup =>
  symbolLayer('SimpleMarker', 0, {
    name: marker?.shape === 'cross' ? 'cross2' : (marker?.shape ?? 'circle'),
    size: marker?.shape === 'cross' ? short(size / Math.SQRT2, 4) : size,
    size_unit: unit,
    color: colour(fill ?? '#ffffff', fill === undefined ? 0 : fillOpacity),
    ...outline(stroke, width, unit),
  });

const outline = (stroke: string, width: number, unit: string) => ({
  outline_color: colour(stroke, 1),
  outline_style: width > 0 ? 'solid' : 'no',
  outline_width: width,
  outline_width_unit: unit,
});

const symbolLayer = (
  kind: string,
  pass: number,
  options: Readonly<Record<string, string | number>>,
): Markup =>
  markup`<layer class="${kind}" pass="${pass}" locked="0" enabled="1">${optionMap(options)}</layer>`;

const optionMap = (options: Readonly<Record<string, string | number>>): Markup =>
  markup`<Option type="Map">${Object.entries(options).map(
    ([name, value]) => markup`<Option type="QString" name="${name}" value="${value}"/>`,
  )}</Option>`;

/** Red, green, blue, opacity: each 0 to 255. */
function colour(hex: string, opacity: number): string {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255, Math.round(opacity * 255)].join(',');
}

function labelling(layer: StyledLayer): Markup | undefined {
  const { label } = layer.style;
  if (!label) return undefined;
  const { property, suffixProperty, maxScaleDenominator, color } = label;
  // An object without the property has no label, whatever stands behind it.
  const text = suffixProperty === undefined ? property : `"${property}" || coalesce("${suffixProperty}", '')`;
  return markup`<labeling type="simple">
<settings calloutType="simple">
<text-style fieldName="${text}" isExpression="${suffixProperty === undefined ? 0 : 1}" textColor="${colour(color, 1)}" fontFamily="Source Sans 3" fontSize="${LABEL_PT}" fontSizeUnit="Point" namedStyle="Regular" textOpacity="1" blendMode="0" multilineHeight="1"><text-buffer bufferDraw="1" bufferSize="0.6" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="1" bufferNoFill="1" bufferJoinStyle="128" bufferBlendMode="0"/></text-style>
<placement placement="${PLACEMENTS[shapeOf(layer)]}" placementFlags="9" dist="0" priority="5" xOffset="0" yOffset="0" rotationAngle="0" repeatDistance="0" centroidWhole="0" centroidInside="1" quadOffset="4" overrunDistance="0"/>
<rendering scaleVisibility="1" scaleMin="0" scaleMax="${maxScaleDenominator}" drawLabels="1" displayAll="0" obstacle="1" obstacleFactor="1" obstacleType="0" mergeLines="1" minFeatureSize="0" limitNumLabels="0" fontLimitPixelSize="0" upsidedownLabels="0" zIndex="0"/>
</settings>
</labeling>
`;
}

/** Codes are shown by their meaning, and kept as they are. */
function fieldMarkup({ name, codelist }: Properties, language: Language): Markup {
  if (!codelist) return markup`<field name="${name}" configurationFlags="None"/>\n`;
  const entries = codelist.map(
    ({ code, label }) =>
      markup`<Option type="Map"><Option type="QString" name="${label[language]}" value="${code}"/></Option>`,
  );
  return markup`<field name="${name}" configurationFlags="None"><editWidget type="ValueMap"><config><Option type="Map"><Option type="List" name="map">${entries}</Option></Option></config></editWidget></field>\n`;
}
