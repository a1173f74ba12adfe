/**
 * How each door shows one object, in a form that differs when what the door tells of the object differs. A new door
 * joins by an entry; `scenario-doors.test.ts` asks every one of them in every kind of edit.
 */
import { createHash } from 'node:crypto';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import type { Feature } from '../../core/feature/feature.ts';
import { type LayerDeclaration, styledProperties } from '../../core/feature/layer.ts';
import { bboxOf } from '../../core/geo/bbox.ts';
import { reproject } from '../../core/geo/crs.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import { TILE_GRIDS, type TileGridName, tilesInGrid } from '../../core/geo/tile-grid.ts';
import { sitingAnswerSchema } from '../../core/wire/siting-answer.ts';
import { SITED_FACILITIES } from '../support/editable-city.ts';
import { readGlb } from '../support/glb-reader.ts';
import { sampleParcelId } from '../support/sample-city.ts';
import { contentUris } from '../support/tileset-reader.ts';

/** Asks for an address of the service in some state of the city. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

export interface ScenarioDoor {
  readonly name: string;
  /** It shows all that is there and not one object of it: then it shows something in every state of the city. */
  readonly showsAll?: true;
  suits(layer: LayerDeclaration): boolean;
  /** Whether the door tells of such a difference, being shown one and the other state of the object. */
  tells(layer: LayerDeclaration, before: Feature, after: Feature): boolean;
  /** What is told of an object; undefined where it is not there. */
  shows(ask: Ask, layer: string, id: string, place: Geometry): Promise<string | undefined>;
}

const always = () => true;
const isDrawnAnew = (layer: LayerDeclaration, before: Feature, after: Feature): boolean =>
  JSON.stringify(before.geometry) !== JSON.stringify(after.geometry) ||
  styledProperties(layer).some((name) => before.properties[name] !== after.properties[name]);
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

async function body(ask: Ask, path: string): Promise<Uint8Array> {
  const reply = await ask(path);
  const bytes = new Uint8Array(await reply.arrayBuffer());
  if (reply.ok) return bytes;
  throw new Error(`${path}: ${reply.status} ${new TextDecoder().decode(bytes).slice(0, 500)}`);
}
const text = async (ask: Ask, path: string) => new TextDecoder().decode(await body(ask, path));

interface Collection {
  readonly features: readonly { readonly id: string }[];
}
const featureIn = (json: string, id: string): string | undefined => {
  const found = (JSON.parse(json) as Collection).features.find((feature) => feature.id === id);
  return found && JSON.stringify(found);
};

const ALL_OF = '/wfs?service=WFS&version=2.0.0&request=GetFeature&count=5000&typeNames=bl:';
const WFS_GML: ScenarioDoor = {
  name: 'WFS as GML',
  suits: always,
  tells: always,
  async shows(ask, layer, id) {
    const members = (await text(ask, `${ALL_OF}${layer}`)).split('<wfs:member>');
    return members.find((member) => member.includes(`<bl:id>${id}<`));
  },
};
const WFS_GEOJSON: ScenarioDoor = {
  name: 'WFS as GeoJSON',
  suits: always,
  tells: always,
  shows: async (ask, layer, id) =>
    featureIn(await text(ask, `${ALL_OF}${layer}&outputFormat=application/json`), id),
};

const OGC_ITEM: ScenarioDoor = {
  name: 'OGC API, the item',
  suits: always,
  tells: always,
  async shows(ask, layer, id) {
    const reply = await ask(`/ogc/collections/${layer}/items/${encodeURIComponent(id)}?f=json`);
    if (reply.status === 404) return undefined;
    const { geometry, properties } = (await reply.json()) as { geometry: unknown; properties: unknown };
    return JSON.stringify({ geometry, properties });
  },
};
const OGC_PAGE: ScenarioDoor = {
  name: 'OGC API, the page',
  suits: always,
  tells: () => false,
  async shows(ask, layer, id) {
    const page = await text(ask, `/ogc/collections/${layer}/items?f=html&limit=1000`);
    return page.includes(`>${id}<`) ? id : undefined;
  },
};

/** Levels on which a tile is some 200 m wide. */
const LEVELS = { WebMercatorQuad: 17, EPSG2177: 12, EPSG2180: 12 } as const;

/** Tiles of a grid over a shape in EPSG:2177. */
export function tilesOver(gridName: TileGridName, shape: Geometry, z: number = LEVELS[gridName]): string[] {
  const grid = TILE_GRIDS[gridName];
  const box = bboxOf(reproject(shape, 2177, grid.srid), grid.srid);
  const range = box && tilesInGrid(grid, box, z);
  if (!range) return [];
  const paths: string[] = [];
  for (let x = range.minX; x <= range.maxX; x++) {
    for (let y = range.minY; y <= range.maxY; y++) paths.push(`${z}/${x}/${y}.mvt?tms=${gridName}`);
  }
  return paths;
}

const vectorTiles = (gridName: TileGridName): ScenarioDoor => ({
  name: `vector tiles in ${gridName}`,
  suits: always,
  tells: isDrawnAnew,
  async shows(ask, layer, id, place) {
    const parts: string[] = [];
    for (const path of tilesOver(gridName, place)) {
      const bytes = await body(ask, `/tiles/vector/${layer}/${path}`);
      const [drawn] = bytes.length === 0 ? [] : Object.values(new VectorTile(new PbfReader(bytes)).layers);
      for (let i = 0; drawn && i < drawn.length; i++) {
        const feature = drawn.feature(i);
        if (feature.properties['id'] !== id) continue;
        parts.push(JSON.stringify([path, feature.properties, feature.loadGeometry()]));
      }
    }
    return parts.length === 0 ? undefined : parts.join();
  },
});

const SOLIDS: ScenarioDoor = {
  name: '3D Tiles',
  suits: ({ name }) => name === 'buildings_3d',
  tells: always,
  async shows(ask, _layer, id) {
    for (const uri of await contentUris((uri) => body(ask, `/tiles/3d/buildings/${uri}`))) {
      const { rows, vertices } = await readGlb(await body(ask, `/tiles/3d/buildings/${uri}`));
      const at = rows.findIndex((row) => row['id'] === id);
      if (at >= 0) return JSON.stringify([rows[at], vertices.get(at)]);
    }
    return undefined;
  },
};

/** At most this much ground in a pixel, so that every layer is within its scales. */
const METRES_PER_PX = 0.25;

/** North first, as EPSG:2177 has it. */
function pictureOf(layer: string, place: Geometry, more: string): string {
  const box = bboxOf(place, 2177);
  if (!box) throw new Error('a shape without a place');
  const [e, n] = [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2];
  const half = Math.max(box.maxX - box.minX, box.maxY - box.minY) / 2 + 3;
  const bbox = [n - half, e - half, n + half, e + half].join(',');
  const px = 2 * Math.max(150, Math.ceil(half / METRES_PER_PX)) + 1;
  const middle = (px - 1) / 2;
  return `/wms?service=WMS&version=1.3.0&layers=${layer}&styles=&crs=EPSG:2177&bbox=${bbox}&width=${px}&height=${px}&i=${middle}&j=${middle}&format=image/png&transparent=true&${more}`;
}

/** Tells whether the picture of a place is another; what is not drawn cannot be told. */
const WMS_PICTURE: ScenarioDoor = {
  name: 'WMS as a picture',
  showsAll: true,
  suits: always,
  tells: isDrawnAnew,
  shows: async (ask, layer, _id, place) => digest(await body(ask, pictureOf(layer, place, 'request=GetMap'))),
};
/** A level of EPSG2177 at which every layer is drawn: 1:700. */
const CLOSE = 14;

const WMTS_TILES: ScenarioDoor = {
  name: 'WMTS',
  showsAll: true,
  suits: always,
  tells: isDrawnAnew,
  async shows(ask, layer, _id, place) {
    const drawn: string[] = [];
    for (const path of tilesOver('EPSG2177', place, CLOSE)) {
      const [, z, x, y] = /^(\d+)\/(\d+)\/(\d+)/.exec(path) ?? [];
      drawn.push(digest(await body(ask, `/wmts/1.0.0/${layer}/default/EPSG2177/${z}/${y}/${x}.png`)));
    }
    return drawn.join();
  },
};
const WMS_INFO: ScenarioDoor = {
  name: 'WMS as what is under a place',
  // The middle of a line need not lie on it, and that of a ring not in it.
  suits: ({ geometryType, name }) => geometryType === 'Point' || name === 'parcels' || name === 'plan_zones',
  tells: () => false,
  shows: async (ask, layer, id, place) =>
    featureIn(
      await text(
        ask,
        pictureOf(
          layer,
          place,
          `request=GetFeatureInfo&query_layers=${layer}&info_format=application/json&feature_count=50`,
        ),
      ),
      id,
    ),
};

const sameShape = (before: Feature, after: Feature): boolean =>
  JSON.stringify(before.geometry) === JSON.stringify(after.geometry);

/** What is told of a parcel that is there. */
const parcelDoor = (name: string, what: string, tell: (reply: ParcelReply) => unknown): ScenarioDoor => ({
  name,
  suits: (layer) => layer.name === 'parcels',
  tells: (_layer, before, after) => !sameShape(before, after),
  async shows(ask, _layer, id) {
    const reply = await ask(`/api/parcels/${encodeURIComponent(id)}/${what}`);
    if (reply.status === 404) return undefined;
    if (!reply.ok) throw new Error(`${what} of ${id}: ${reply.status} ${await reply.text()}`);
    return JSON.stringify(tell((await reply.json()) as ParcelReply));
  },
});
interface ParcelReply {
  readonly parcel: unknown;
  readonly buildable?: unknown;
  readonly standing?: unknown;
  readonly rules?: unknown;
  readonly findings?: unknown;
  readonly groups?: unknown;
}

const FROM_THE_AIR: ScenarioDoor = {
  name: 'a parcel from the air',
  suits: (layer) => layer.name === 'parcels',
  tells: (_layer, before, after) => !sameShape(before, after),
  async shows(ask, _layer, id) {
    const path = `/api/parcels/${encodeURIComponent(id)}/birds-eye.png`;
    const reply = await ask(path);
    if (reply.status === 404) return undefined;
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return digest(new Uint8Array(await reply.arrayBuffer()));
  },
};

const SITES: ScenarioDoor = {
  name: 'the finder of sites',
  suits: (layer) => layer.name === 'parcels',
  tells: (_layer, before, after) => !sameShape(before, after),
  async shows(ask, _layer, id) {
    const { sites } = JSON.parse(await text(ask, '/api/sites?limit=1000')) as {
      sites: readonly { readonly id: string; readonly at: unknown; readonly measures: unknown }[];
    };
    const found = sites.find((site) => site.id === id);
    return found && JSON.stringify([found.at, found.measures]);
  },
};

/** What stands there of each kind, whom it serves, and the best site beside it. */
const SITING: ScenarioDoor = {
  name: 'where facilities should stand',
  showsAll: true,
  suits: (layer) => layer.name === 'facilities',
  tells: (_layer, before, after) =>
    !sameShape(before, after) || before.properties['capacity'] !== after.properties['capacity'],
  async shows(ask) {
    const answers = SITED_FACILITIES.map(async (kind) => {
      const candidates = [sampleParcelId(1), sampleParcelId(2)];
      const question = { kind, candidates, sensitivityRuns: 0, tradeOff: false };
      const body = JSON.stringify(question);
      const reply = await ask('/api/siting', { method: 'POST', body });
      if (!reply.ok) throw new Error(`siting of ${kind}: ${reply.status} ${await reply.text()}`);
      const { existing, before, after, sites } = sitingAnswerSchema.parse(await reply.json());
      return [kind, existing, before, after, sites];
    });
    return JSON.stringify(await Promise.all(answers));
  },
};

export const SCENARIO_DOORS: readonly ScenarioDoor[] = [
  WFS_GML,
  WFS_GEOJSON,
  OGC_ITEM,
  OGC_PAGE,
  vectorTiles('WebMercatorQuad'),
  vectorTiles('EPSG2177'),
  vectorTiles('EPSG2180'),
  SOLIDS,
  WMS_PICTURE,
  WMTS_TILES,
  WMS_INFO,
  parcelDoor('the check of a parcel', 'check', ({ parcel, findings }) => [parcel, findings]),
  parcelDoor('the dossier of a parcel', 'dossier', ({ parcel, groups }) => [parcel, groups]),
  parcelDoor('what may be built on a parcel', 'capacity', ({ parcel, buildable, standing, rules }) => [
    parcel,
    buildable,
    standing,
    rules,
  ]),
  FROM_THE_AIR,
  SITES,
  SITING,
];
