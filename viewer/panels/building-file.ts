/** Bodies of buildings that somebody has chosen, in numbers and as a file. */
import { openCorner, volumeM3 } from '../../core/building/body.ts';
import { BUILDINGS_3D } from '../../core/catalogue/buildings-3d.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { writeCityJson } from '../../core/formats/cityjson/write-city-json.ts';
import { bboxOf } from '../../core/geo/bbox.ts';
import type { MultiPolygon } from '../../core/geo/geometry.ts';
import { CITY_HEIGHTS } from '../../core/geo/height-systems.ts';
import { boxAround, isInside, type Xy } from '../../core/geo/plane.ts';
import { ask } from '../api/ask.ts';
import { addressOf, fetchItemsIn, type ItemFeature } from '../api/city-api.ts';
import { saveFile } from '../state/save-file.ts';
import { cityPrefix } from '../state/shown-city.ts';
import { layerNamed } from '../state/twin-state.ts';
import { said } from '../text/text.ts';

/** More of them belong in an order. */
export const MOST_BUILDINGS = 1_000;
const SRID = 2177;
const LAYER: Layer = { ...BUILDINGS_3D, dataset: 'city', srid: SRID };

export interface BuildingsIn {
  readonly items: readonly ItemFeature[];
  /** There are more than are taken at once. */
  readonly isCut: boolean;
  readonly tallestM: number;
  /** Of the closed bodies. */
  readonly volumeM3: number;
  /** Bodies whose volume nobody can tell. */
  readonly open: number;
}

/** The 3D buildings whose middle lies in a ring of EPSG:2177. */
export async function buildingsIn(ring: readonly Xy[], signal: AbortSignal): Promise<BuildingsIn> {
  const near = await fetchItemsIn(BUILDINGS_3D.name, boxAround(ring), MOST_BUILDINGS + 1, signal);
  const items = near.slice(0, MOST_BUILDINGS).filter(({ geometry }) => {
    const around = geometry && bboxOf(geometry, SRID);
    return around && isInside(ring, [(around.minX + around.maxX) / 2, (around.minY + around.maxY) / 2]);
  });
  return { items, isCut: near.length > MOST_BUILDINGS, ...massOf(items) };
}

export function massOf(items: readonly ItemFeature[]): Pick<BuildingsIn, 'tallestM' | 'volumeM3' | 'open'> {
  let [tallestM, volume, open] = [0, 0, 0];
  for (const { properties, geometry } of items) {
    const heightM = properties['height_m'];
    if (typeof heightM === 'number') tallestM = Math.max(tallestM, heightM);
    const faces = (geometry as MultiPolygon | undefined)?.coordinates ?? [];
    if (faces.length === 0 || openCorner(faces)) open++;
    else volume += Math.abs(volumeM3(faces));
  }
  return { tallestM, volumeM3: volume, open };
}

/** CityJSON 2.0 of buildings, easting first, without textures. */
export async function buildingsFile(items: readonly ItemFeature[], note: readonly string[]): Promise<Blob> {
  const parts: BlobPart[] = [];
  for await (const part of writeCityJson(streamed(items), LAYER, SRID, CITY_HEIGHTS, note)) {
    parts.push(new Uint8Array(part));
  }
  return new Blob(parts, { type: 'application/city+json' });
}

async function* streamed(items: readonly ItemFeature[]): AsyncGenerator<Feature> {
  for (const { id, geometry, properties } of items) {
    yield { layer: BUILDINGS_3D.name, id, geometry, properties };
  }
}

/** Hands the file over; it says which city it is of, when it was taken and on what terms. */
export async function saveBuildings(items: readonly ItemFeature[], name: string): Promise<void> {
  const { origin, pathname } = new URL(document.baseURI);
  const licence = layerNamed(BUILDINGS_3D.name)?.licence;
  const told = [
    `${origin}${pathname}${cityPrefix.peek()}, ${new Date().toISOString().slice(0, 16)}Z`,
    ...(licence ? [said(licence)] : []),
  ];
  saveFile(await buildingsFile(items, told), fileName(name, 'city.json'));
}

/** Hands buildings over as GLB, made by the service. @throws ServiceError */
export async function saveGlb(ids: readonly string[], name: string): Promise<void> {
  const reply = await ask(addressOf(`api/buildings.glb?${new URLSearchParams({ ids: ids.join() })}`));
  saveFile(await reply.blob(), fileName(name, 'glb'));
}

const fileName = (name: string, ending: string): string =>
  `blizniak-${name.replace(/[^\w.-]+/g, '_')}.${ending}`;
