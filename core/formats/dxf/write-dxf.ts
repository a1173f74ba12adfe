/** DXF for CAD: a layer for each register and class in the colours of its style, blocks at points, numbers as TEXT. */
import type { Feature } from '../../feature/feature.ts';
import type { Layer, StyleClass } from '../../feature/layer.ts';
import type { FeatureStream } from '../../feature/source.ts';
import { classOf, inkOf } from '../../feature/symbol.ts';
import type { Geometry, Position, Ring } from '../../geo/geometry.ts';
import { labelPoint } from '../../geo/label-point.ts';
import { ByteWriter } from '../byte-writer.ts';
import { inChunks } from '../chunks.ts';
import { plainText, roundedText } from '../coordinate-text.ts';
import { elevationOf, isElevation } from '../elevation.ts';
import { ATTRIBUTES, BLOCK_OF, withAttributes } from './dxf-blocks.ts';
import { APPLICATION, DXF_TAIL, type DxfLayer, dxfHead, MODEL_SPACE } from './dxf-frame.ts';
import { Handles } from './dxf-groups.ts';
import { CONTINUOUS, designedLineTypeOf, isDesigned, lineTypeOf } from './dxf-line-types.ts';
import { dxfText } from './dxf-text.ts';

export interface DxfSource {
  readonly layer: Layer;
  /** In a plane CRS, metres, easting first. */
  readonly features: FeatureStream;
}

const COMMENT = 999;
/** What texts take of the ground: 1.8 mm at 1:500. */
const TEXT_HEIGHT_M = 0.9;
const MARK_M = 0.8;
const [METRE_DECIMALS, HEIGHT_DECIMALS, MOST_TOLD] = [3, 2, 60];
/** The pattern of a line runs on over its corners. */
const GENERATED = 128;
const TEXT_SUFFIX = '_TXT';

/**
 * All layers in one drawing; nothing but the current chunk is held. Points with a known height stand at it, with number and
 * height as attributes of their block, as do the faces of buildings in space. Each object carries its id and attributes as
 * extended data of `BLIZNIAK`.
 * @param sources their features are asked for one after another
 * @param note what the file says of itself and of its use: comments before all else
 */
export async function* writeDxf(
  sources: readonly DxfSource[],
  note: readonly string[] = [],
): AsyncGenerator<Uint8Array> {
  const out = new ByteWriter();
  for (const line of note.flatMap((each) => each.match(/.{1,200}/gu) ?? [])) {
    out.bytes(`${COMMENT}\n${dxfText(line)}\n`);
  }
  const handles = new Handles();
  out.text(
    dxfHead(
      sources.flatMap(({ layer }) => layersOf(layer)),
      sources.flatMap(({ layer }) =>
        entriesOf(layer).flatMap((entry) => designedLineTypeOf(layer, entry) ?? []),
      ),
      handles,
    ),
  );
  for (const { layer, features } of sources) {
    const drawing = new Drawing(out, handles, layer);
    yield* inChunks(out, features, (feature) => drawing.draw(feature));
  }
  out.text(DXF_TAIL);
  yield out.take();
}

/** Classes of the style, and none of them. */
const entriesOf = ({ style }: Layer): readonly (StyleClass | undefined)[] => [
  undefined,
  ...(style.classes?.entries ?? []),
];

function layersOf(layer: Layer): readonly DxfLayer[] {
  const { style } = layer;
  const drawn = entriesOf(layer).map((entry) => ({
    ...{ name: dxfLayerName(layer, entry), colour: colourOf(layer, entry) },
    lineType: lineTypeOf(layer, entry),
  }));
  const texts = style.label
    ? [
        {
          ...{ name: dxfLayerName(layer, undefined) + TEXT_SUFFIX, colour: style.label.color },
          lineType: CONTINUOUS,
        },
      ]
    : [];
  return [...new Map([...drawn, ...texts].map((each) => [each.name, each])).values()];
}

/** Letters, digits and `_`, which every program takes. */
export function dxfLayerName({ name }: Pick<Layer, 'name'>, entry: StyleClass | undefined): string {
  const [value] = entry?.values ?? [];
  const plain = (text: string) =>
    text
      .normalize('NFD')
      .replaceAll('ł', 'l')
      .replaceAll('Ł', 'L')
      .replace(/[^A-Za-z0-9]+/g, '_')
      .toUpperCase();
  return value === undefined || value === '' ? plain(name) : `${plain(name)}_${plain(value)}`;
}

/** White lines are for maps with a ground below them. */
function colourOf({ style }: Layer, entry: StyleClass | undefined): string {
  const ink = inkOf(style, entry);
  const isWhite = /^#f[0-9a-f]f[0-9a-f]f[0-9a-f]$/i.test(ink.stroke);
  return (isWhite ? ink.fill : ink.stroke) ?? '#000000';
}

class Drawing {
  readonly #out: ByteWriter;
  readonly #handles: Handles;
  readonly #layer: Layer;
  readonly #names = new Map<StyleClass | undefined, string>();

  constructor(out: ByteWriter, handles: Handles, layer: Layer) {
    this.#out = out;
    this.#handles = handles;
    this.#layer = layer;
  }

  draw(feature: Feature): void {
    const { geometry, properties } = feature;
    if (!geometry) return;
    const entry = classOf(this.#layer.style, properties);
    const name = this.#names.get(entry) ?? dxfLayerName(this.#layer, entry);
    this.#names.set(entry, name);
    this.#shape(geometry, name, feature, entry);
    this.#label(geometry, feature);
  }

  #shape(geometry: Geometry, name: string, feature: Feature, entry: StyleClass | undefined): void {
    switch (geometry.type) {
      case 'Point':
        this.#insert(geometry.coordinates, name, feature, entry);
        break;
      case 'MultiPoint':
        for (const position of geometry.coordinates) this.#insert(position, name, feature, entry);
        break;
      case 'LineString':
        this.#line(geometry.coordinates, false, name, feature, entry);
        break;
      case 'MultiLineString':
        for (const line of geometry.coordinates) this.#line(line, false, name, feature, entry);
        break;
      case 'Polygon':
        for (const ring of geometry.coordinates) this.#line(ring, true, name, feature, entry);
        break;
      case 'MultiPolygon':
        for (const ring of geometry.coordinates.flat()) this.#line(ring, true, name, feature, entry);
        break;
    }
  }

  /** @returns the handle */
  #head(type: string, name: string, owner: string = MODEL_SPACE): string {
    const handle = this.#handles.next();
    this.#out.text(`0\n${type}\n5\n${handle}\n330\n${owner}\n100\nAcDbEntity\n8\n${name}\n`);
    return handle;
  }

  #at(code: number, [x, y]: Position, heightM: number | undefined): void {
    const height =
      heightM === undefined ? '' : `${30 + (code - 10)}\n${roundedText(heightM, METRE_DECIMALS)}\n`;
    this.#out.text(
      `${code}\n${roundedText(x, METRE_DECIMALS)}\n${code + 10}\n${roundedText(y, METRE_DECIMALS)}\n${height}`,
    );
  }

  #insert(position: Position, name: string, feature: Feature, entry: StyleClass | undefined): void {
    const marker = entry?.marker ?? this.#layer.style.marker;
    const size = marker?.sizeM ?? MARK_M;
    const heightM = elevationOf(feature);
    const handle = this.#head('INSERT', name);
    const block = BLOCK_OF[marker?.shape ?? 'circle'];
    const named = heightM === undefined ? block : withAttributes(block);
    this.#out.text(`100\nAcDbBlockReference\n${heightM === undefined ? '' : '66\n1\n'}2\n${named}\n`);
    this.#at(10, position, heightM ?? position[2] ?? 0);
    this.#out.text(`41\n${size}\n42\n${size}\n43\n1\n`);
    this.#attributes(feature);
    if (heightM === undefined) return;
    const [x, y] = position;
    const { label } = this.#layer.style;
    const isNumber = label && !isElevation(feature.layer, label.property);
    const number = (isNumber && feature.properties[label.property]) || feature.id;
    const values = { NR: shown(number), H: heightM.toFixed(HEIGHT_DECIMALS) };
    for (const { tag, isHidden, ...at } of ATTRIBUTES) {
      this.#head('ATTRIB', name, handle);
      this.#out.text('100\nAcDbText\n');
      this.#at(10, [x + at.x * size, y + at.y * size], heightM);
      this.#out.bytes(`40\n${size}\n1\n${dxfText(values[tag])}\n`);
      this.#out.text(`100\nAcDbAttribute\n2\n${tag}\n70\n${isHidden ? 1 : 0}\n`);
    }
    this.#head('SEQEND', name, handle);
  }

  #line(
    positions: Ring,
    isArea: boolean,
    name: string,
    feature: Feature,
    entry: StyleClass | undefined,
  ): void {
    // The last position of a ring is its first again, which a closed line does not say twice.
    const shown = isArea ? positions.slice(0, -1) : positions;
    const [first] = shown;
    if (!first) return;
    if (first.length === 3) {
      this.#inSpace(shown, isArea, name, feature);
      return;
    }
    this.#head('LWPOLYLINE', name);
    const own = isDesigned(feature) ? designedLineTypeOf(this.#layer, entry) : undefined;
    if (own) this.#out.text(`6\n${own.name}\n`);
    this.#out.text(`100\nAcDbPolyline\n90\n${shown.length}\n70\n${GENERATED + (isArea ? 1 : 0)}\n`);
    for (const position of shown) this.#at(10, position, undefined);
    this.#attributes(feature);
  }

  #inSpace(positions: Ring, isClosed: boolean, name: string, feature: Feature): void {
    this.#head('POLYLINE', name);
    this.#out.text(`100\nAcDb3dPolyline\n66\n1\n10\n0\n20\n0\n30\n0\n70\n${isClosed ? 9 : 8}\n`);
    this.#attributes(feature);
    for (const position of positions) {
      this.#head('VERTEX', name);
      this.#out.text('100\nAcDbVertex\n100\nAcDb3dPolylineVertex\n');
      this.#at(10, position, position[2] ?? 0);
      this.#out.text('70\n32\n');
    }
    this.#head('SEQEND', name);
  }

  #label(geometry: Geometry, { properties }: Feature): void {
    const { label } = this.#layer.style;
    const value = (label && properties[label.property]) ?? null;
    const at = value === null ? undefined : labelPoint(geometry);
    if (!label || !at || value === null) return;
    const suffix = label.suffixProperty === undefined ? null : (properties[label.suffixProperty] ?? null);
    this.#head('TEXT', dxfLayerName(this.#layer, undefined) + TEXT_SUFFIX);
    this.#out.text('100\nAcDbText\n');
    this.#at(10, at, 0);
    const text = dxfText(`${shown(value)}${suffix === null ? '' : shown(suffix)}`);
    this.#out.bytes(`40\n${TEXT_HEIGHT_M}\n1\n${text}\n`);
    const isPoint = geometry.type === 'Point';
    // Beside a mark; in the middle of an area.
    this.#out.text(`72\n${isPoint ? 0 : 1}\n`);
    this.#at(11, at, 0);
    this.#out.text(`100\nAcDbText\n73\n${isPoint ? 1 : 2}\n`);
  }

  #attributes({ id, properties }: Feature): void {
    const told = Object.entries(properties)
      .filter(([, value]) => value !== null)
      .slice(0, MOST_TOLD);
    const lines = [['id', id], ...told].map(([name, value]) => {
      const text = dxfText(`${name}=${shown(value ?? '')}`);
      return `1000\n${text}\n`;
    });
    this.#out.bytes(`1001\n${APPLICATION}\n${lines.join('')}`);
  }
}

const shown = (value: string | number | boolean): string =>
  typeof value === 'number' ? plainText(value) : String(value);
