/** CityJSON 2.0.1 (cityjson.org): buildings with their surfaces over one list of corners in whole millimetres. */
import type { PropertyValue } from '../../feature/feature.ts';
import type { Layer } from '../../feature/layer.ts';
import { crsOf } from '../../geo/crs.ts';
import type { Position, Ring } from '../../geo/geometry.ts';
import { type HeightSystem, VERTICAL_CRS } from '../../geo/height-systems.ts';
import {
  type DressedFeature,
  type DressedStream,
  lookOf,
  PICTURE_FOLDER,
} from '../appearance/dressed-feature.ts';
import {
  type BuildingFace,
  buildingFaces,
  isClosedShell,
  lodOf,
  type SurfaceMeaning,
} from '../building-faces.ts';
import { ByteWriter } from '../byte-writer.ts';
import { inChunks } from '../chunks.ts';
import { DECIMALS, HEIGHT_DECIMALS } from '../coordinate-text.ts';
import { WrittenLooks } from './write-looks.ts';

/** Attributes that CityJSON has names for. */
const NAMES: Readonly<Record<string, string>> = {
  ...{ roof_type: 'roofType', height_m: 'measuredHeight', storeys_above: 'storeysAboveGround' },
};
/** Said by the geometry. */
const TOLD_ELSEWHERE = new Set(['surface_kinds', 'lod', 'appearance']);
const HIGHEST_LOD = 3;

/** A corner list is written in parts of so many. */
const CORNERS_AT_ONCE = 5_000;

/**
 * Easting (longitude) first. Of what is written only the corners are held, as whole numbers.
 * @param features of `buildings_3d`, with heights
 * @param note what the file says of itself and of its use, a line each: ends its title
 * @param pictureFolder where the pictures of looks lie, beside the file
 */
export async function* writeCityJson(
  features: DressedStream,
  layer: Layer,
  srid: number,
  heights: HeightSystem,
  note: readonly string[] = [],
  pictureFolder = PICTURE_FOLDER,
): AsyncGenerator<Uint8Array> {
  const out = new ByteWriter();
  const corners = new Corners(srid);
  const looks = new WrittenLooks(pictureFolder);
  out.text('{"type":"CityJSON","version":"2.0","CityObjects":{');
  let isFirst = true;
  yield* inChunks(out, features, (feature) => {
    out.text(isFirst ? '\n' : ',\n');
    isFirst = false;
    out.text(`${JSON.stringify(feature.id)}:${JSON.stringify(cityObject(feature, srid, corners, looks))}`);
  });
  const metadata = {
    ...(corners.extent && { geographicalExtent: corners.extent }),
    referenceSystem: `https://www.opengis.net/def/crs/EPSG/0/${srid}`,
    title: [
      `${layer.title.pl} / ${layer.title.en}; EPSG:${srid}, x = E, y = N; z = ${heights} (EPSG:${VERTICAL_CRS[heights].srid})`,
      ...note,
    ].join('\n'),
  };
  const { scale, translate } = corners;
  out.text(
    `},\n"transform":${JSON.stringify({ scale, translate })},\n"metadata":${JSON.stringify(metadata)},\n"vertices":[`,
  );
  for (let from = 0; from < corners.count; from += CORNERS_AT_ONCE) {
    out.text(
      `${from === 0 ? '' : ','}${corners.text(from, Math.min(corners.count, from + CORNERS_AT_ONCE))}`,
    );
    yield out.take();
  }
  out.text(']');
  for (const part of looks.text()) {
    out.text(part);
    yield out.take();
  }
  out.text('}\n');
  yield out.take();
}

type Semantic = { readonly type: SurfaceMeaning };

function cityObject(feature: DressedFeature, srid: number, corners: Corners, looks: WrittenLooks): object {
  const faces = buildingFaces(feature, srid);
  const attributes: Record<string, PropertyValue> = {};
  for (const [name, value] of Object.entries(feature.properties)) {
    if (value !== null && !TOLD_ELSEWHERE.has(name)) attributes[NAMES[name] ?? name] = value;
  }
  return {
    type: 'Building',
    attributes,
    geometry: faces.length === 0 ? [] : [shapeOf(feature, faces, srid, corners, looks)],
  };
}

function shapeOf(
  feature: DressedFeature,
  faces: readonly BuildingFace[],
  srid: number,
  corners: Corners,
  looks: WrittenLooks,
): object {
  corners.beginObject();
  const surfaces = faces.map(({ rings }) =>
    // A ring does not say its first corner again.
    rings.map((ring: Ring) => ring.slice(0, -1).map((position) => corners.index(position))),
  );
  const meanings = [...new Set(faces.map(({ meaning }) => meaning))];
  const values = faces.map(({ meaning }) => meanings.indexOf(meaning));
  const isClosed = isClosedShell(faces, srid);
  const look = lookOf(feature, faces);
  return {
    type: isClosed ? 'Solid' : 'MultiSurface',
    lod: String(Math.min(HIGHEST_LOD, lodOf(feature))),
    boundaries: isClosed ? [surfaces] : surfaces,
    semantics: {
      surfaces: meanings.map((type): Semantic => ({ type })),
      values: isClosed ? [values] : values,
    },
    ...(look &&
      looks.membersOf(
        look,
        faces.map(({ rings }) => rings.length),
        isClosed,
      )),
  };
}

/** The corners of all objects; within an object each stands once. */
class Corners {
  readonly scale: readonly number[];
  /** Where whole numbers count from: whole units at the first corner. */
  translate: readonly number[] = [0, 0, 0];
  #numbers = new Int32Array(3 * 1024);
  #count = 0;
  #ofObject = new Map<string, number>();
  readonly #least = [Infinity, Infinity, Infinity];
  readonly #most = [-Infinity, -Infinity, -Infinity];

  constructor(srid: number) {
    const plan = 10 ** -DECIMALS[crsOf(srid).unit];
    this.scale = [plan, plan, 10 ** -HEIGHT_DECIMALS];
  }

  get count(): number {
    return this.#count;
  }

  get extent(): readonly number[] | undefined {
    if (this.#count === 0) return undefined;
    return [...this.#least, ...this.#most].map((value, index) => {
      const axis = index % 3;
      return Number((value * (this.scale[axis] ?? 1) + (this.translate[axis] ?? 0)).toFixed(9));
    });
  }

  beginObject(): void {
    this.#ofObject = new Map();
  }

  index([x, y, z = 0]: Position): number {
    if (this.#count === 0) this.translate = [Math.floor(x), Math.floor(y), 0];
    const whole = [x, y, z].map((value, axis) =>
      Math.round((value - (this.translate[axis] ?? 0)) / (this.scale[axis] ?? 1)),
    );
    const key = whole.join(' ');
    const known = this.#ofObject.get(key);
    if (known !== undefined) return known;
    const at = 3 * this.#count;
    if (at + 3 > this.#numbers.length) {
      const larger = new Int32Array(2 * this.#numbers.length);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    for (const [axis, value] of whole.entries()) {
      this.#numbers[at + axis] = value;
      this.#least[axis] = Math.min(this.#least[axis] ?? value, value);
      this.#most[axis] = Math.max(this.#most[axis] ?? value, value);
    }
    this.#ofObject.set(key, this.#count);
    return this.#count++;
  }

  text(from: number, to: number): string {
    const lines: string[] = [];
    for (let corner = from; corner < to; corner++) {
      lines.push(`[${this.#numbers.subarray(3 * corner, 3 * corner + 3).join(',')}]`);
    }
    return lines.join(',');
  }
}
