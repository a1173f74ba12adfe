/**
 * The doors of the service, one entry each: how a layer is asked for there, how its objects are recognised in the
 * answer, and where properties can be named. `doors.test.ts` holds every layer to every door for every role; a new
 * door is a new entry.
 */
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { type LayerDeclaration, styledProperties } from '../../core/feature/layer.ts';
import { reproject } from '../../core/geo/crs.ts';
import { type Geometry, positionsOf } from '../../core/geo/geometry.ts';
import { TILE_GRIDS, type TileGridName, tilesInGrid } from '../../core/geo/tile-grid.ts';
import { extentOf, surfacesOf } from '../../tiles/mesh/surfaces.ts';
import { buildingGrid, cellOf, firstCellAbove, placeInRoot } from '../../tiles/tileset/building-grid.ts';
import { readGlb } from '../support/glb-reader.ts';

/** A request: an address, or a body that is posted to it. */
export interface Question {
  readonly path: string;
  readonly body?: string;
}

/** Something that is in the layer, for doors that are asked by place. */
export interface KnownObject {
  readonly id: string;
  /** Easting and northing in EPSG:2177. */
  readonly geometry: Geometry;
}

/** How objects of a layer are asked for, and what comes. */
export interface Showing {
  /** Asks for some objects of the layer. */
  question(layer: string, known: KnownObject): Question;
  readonly contentType: string;
  /** Business ids of the objects in such an answer; undefined where a picture cannot tell. */
  idsIn?(body: Uint8Array): readonly string[] | Promise<readonly string[]>;
  /** Whether the known object is always among them. */
  readonly holdsKnown: boolean;
}

export interface Door {
  readonly name: string;
  /** Whether the geometry of the layer suits this door. */
  suits(layer: LayerDeclaration): boolean;
  /** Undefined for a door that only tells of layers. */
  readonly objects?: Showing;
  /** Whether objects carry the property for who may see it. */
  carries(layer: LayerDeclaration, property: string): boolean;
  /** Documents about this one layer. */
  about(layer: string): readonly Question[];
  /** Documents about all layers. */
  readonly lists: readonly Question[];
  /** Ways to name a property: in output, filter, sort and count. */
  uses(layer: string, property: string): readonly Question[];
  /** How an unknown layer is refused. */
  readonly errorType: string;
}

const text = (body: Uint8Array): string => new TextDecoder().decode(body);
const everything = () => true;
const XML = 'application/xml';
const PROBLEM = 'application/problem+json';

const wfs = (query: string): Question => ({ path: `/wfs?service=WFS&version=2.0.0&${query}` });
const getFeature = (layer: string, rest: string) => wfs(`request=GetFeature&typeNames=bl:${layer}&${rest}`);
const isNull = (property: string) =>
  `<fes:Filter xmlns:fes="http://www.opengis.net/fes/2.0"><fes:Not><fes:PropertyIsNull><fes:ValueReference>${property}</fes:ValueReference></fes:PropertyIsNull></fes:Not></fes:Filter>`;
const postedFilter = (layer: string, property: string): Question => ({
  path: '/wfs',
  body: `<wfs:GetFeature service="WFS" version="2.0.0" count="1" xmlns:wfs="http://www.opengis.net/wfs/2.0"><wfs:Query typeNames="${layer}">${isNull(property)}</wfs:Query></wfs:GetFeature>`,
});

const wfsUses = (format: string) => (layer: string, property: string) => [
  getFeature(layer, `count=1&filter=${encodeURIComponent(isNull(property))}${format}`),
  getFeature(layer, `resultType=hits&filter=${encodeURIComponent(isNull(property))}${format}`),
  getFeature(layer, `count=1&sortBy=${property}${format}`),
  getFeature(layer, `count=1&propertyName=${property}${format}`),
];

const JSON_FORMAT = '&outputFormat=application/json';
const CAPABILITIES: readonly Question[] = [
  { path: '/wfs?service=WFS&request=GetCapabilities' },
  wfs('request=DescribeFeatureType'),
  wfs('request=ListStoredQueries'),
  wfs('request=DescribeStoredQueries'),
];

const WFS_GML: Door = {
  name: 'WFS as GML',
  suits: everything,
  objects: {
    question: (layer) => getFeature(layer, 'count=5'),
    contentType: 'application/gml+xml; version=3.2',
    idsIn: (body) => [...text(body).matchAll(/<bl:id>([^<]*)</g)].map(([, id = '']) => id),
    holdsKnown: true,
  },
  carries: everything,
  about: (layer) => [wfs(`request=DescribeFeatureType&typeNames=bl:${layer}`)],
  lists: CAPABILITIES,
  uses: (layer, property) => [
    ...wfsUses('')(layer, property),
    wfs(`request=GetPropertyValue&typeNames=${layer}&valueReference=${property}&count=1`),
    postedFilter(layer, property),
  ],
  errorType: XML,
};

const geoJsonIds = (body: Uint8Array) =>
  (JSON.parse(text(body)) as { features: { id: string }[] }).features.map(({ id }) => id);

const WFS_GEOJSON: Door = {
  name: 'WFS as GeoJSON',
  suits: everything,
  objects: {
    question: (layer) => getFeature(layer, `count=5${JSON_FORMAT}`),
    contentType: 'application/json',
    idsIn: geoJsonIds,
    holdsKnown: true,
  },
  carries: everything,
  about: () => [],
  lists: [],
  uses: wfsUses(JSON_FORMAT),
  errorType: XML,
};

const ogcUses = (face: string) => (layer: string, property: string) =>
  [`sortby=${property}`, `sortby=-${property}`, `properties=${property}`, `${property}=1`].map((query) => ({
    path: `/ogc/collections/${layer}/items?limit=1&${query}&f=${face}`,
  }));
const ogcAbout = (face: string) => (layer: string) =>
  ['', '/queryables', '/schema'].map((tail) => ({ path: `/ogc/collections/${layer}${tail}?f=${face}` }));

const OGC_JSON: Door = {
  name: 'OGC API as GeoJSON',
  suits: everything,
  objects: {
    question: (layer) => ({ path: `/ogc/collections/${layer}/items?limit=5` }),
    contentType: 'application/geo+json',
    idsIn: geoJsonIds,
    holdsKnown: true,
  },
  carries: everything,
  about: ogcAbout('json'),
  lists: ['/ogc', '/ogc/api', '/ogc/conformance', '/ogc/collections'].map((path) => ({ path })),
  uses: ogcUses('json'),
  errorType: PROBLEM,
};

const OGC_HTML: Door = {
  name: 'OGC API as pages',
  suits: everything,
  objects: {
    question: (layer) => ({ path: `/ogc/collections/${layer}/items?limit=5&f=html` }),
    contentType: 'text/html; charset=utf-8',
    idsIn: (body) => [...text(body).matchAll(/<tr><td><a [^>]*>([^<]*)</g)].map(([, id = '']) => id),
    holdsKnown: true,
  },
  carries: everything,
  about: ogcAbout('html'),
  lists: ['/ogc', '/ogc/api', '/ogc/collections'].map((path) => ({ path: `${path}?f=html` })),
  uses: ogcUses('html'),
  errorType: PROBLEM,
};

/** Levels on which a tile is some 400 m wide. */
const LEVELS = { WebMercatorQuad: 16, EPSG2177: 11, EPSG2180: 11 } as const;

function vectorTiles(gridName: TileGridName): Door {
  const grid = TILE_GRIDS[gridName];
  const z = LEVELS[gridName];
  return {
    name: `vector tiles in ${gridName}`,
    suits: everything,
    objects: {
      question: (layer, { geometry }) => {
        const [[x, y] = [0, 0]] = [...positionsOf(reproject(geometry, 2177, grid.srid))];
        const range = tilesInGrid(grid, { minX: x, minY: y, maxX: x, maxY: y, srid: grid.srid }, z);
        return { path: `/tiles/vector/${layer}/${z}/${range?.minX}/${range?.minY}.mvt?tms=${gridName}` };
      },
      contentType: 'application/vnd.mapbox-vector-tile',
      idsIn: (body) => {
        const [layer] = Object.values(new VectorTile(new PbfReader(body)).layers);
        return Array.from({ length: layer?.length ?? 0 }, (_, i) =>
          String(layer?.feature(i).properties['id']),
        );
      },
      holdsKnown: true,
    },
    carries: (layer, property) => styledProperties(layer).includes(property),
    about: (layer) => [{ path: `/tiles/vector/${layer}/tilejson.json?tms=${gridName}` }],
    lists: [],
    uses: () => [],
    errorType: PROBLEM,
  };
}

const BUILDING_TILES: Door = {
  name: '3D Tiles',
  suits: ({ dimension }) => dimension === 3,
  objects: {
    question: (layer, { geometry }) => {
      const grid = buildingGrid(2177);
      const isSolid = geometry.type === 'MultiPolygon' || geometry.type === 'Polygon';
      const extent = isSolid ? extentOf(surfacesOf(geometry)) : undefined;
      const cell = (extent && cellOf(grid, extent)) ?? { z: grid.firstLevel, x: 0, y: 0 };
      const { z, x, y } = firstCellAbove(grid, cell);
      const place = placeInRoot(grid, cell);
      return { path: `${folderOf(layer)}/${z}-${x}-${y}/${place.level}/${place.x}/${place.y}.glb` };
    },
    contentType: 'model/gltf-binary',
    idsIn: async (body) => (await readGlb(body)).rows.map((row) => String(row['id'])),
    holdsKnown: true,
  },
  carries: () => false,
  about: (layer) => [{ path: `${folderOf(layer)}/tileset.json` }],
  lists: [],
  uses: () => [],
  errorType: PROBLEM,
};
const folderOf = (layer: string) => `/tiles/3d/${layer.replace(/_3d$/, '')}`;

/** Half the side of the picture on the ground, m, and the pixel in the middle of it. */
const AROUND_M = 10;
const MIDDLE_PX = 100;

function mapAround(layer: string, { geometry }: KnownObject, rest: string): Question {
  const [[e, n] = [0, 0]] = [...positionsOf(geometry)];
  const bbox = [n - AROUND_M, e - AROUND_M, n + AROUND_M, e + AROUND_M];
  const picture = `layers=${layer}&styles=&crs=EPSG:2177&bbox=${bbox}&width=${2 * MIDDLE_PX}&height=${2 * MIDDLE_PX}`;
  return { path: `/wms?service=WMS&version=1.3.0&${picture}&format=image/png&transparent=true&${rest}` };
}

const WMS_MAP: Door = {
  name: 'WMS as pictures',
  suits: everything,
  objects: {
    question: (layer, known) => mapAround(layer, known, 'request=GetMap'),
    contentType: 'image/png',
    holdsKnown: false,
  },
  carries: () => false,
  about: (layer) => [
    {
      path: `/wms?service=WMS&version=1.3.0&request=GetLegendGraphic&layer=${layer}&format=image/png&style=`,
    },
  ],
  lists: ['1.3.0', '1.1.1'].map((version) => ({
    path: `/wms?service=WMS&version=${version}&request=GetCapabilities`,
  })),
  uses: () => [],
  errorType: 'text/xml',
};

const WMTS_TILES: Door = {
  name: 'WMTS',
  suits: everything,
  objects: {
    question: (layer, { geometry }) => {
      const [[x, y] = [0, 0]] = [...positionsOf(geometry)];
      const z = LEVELS.EPSG2177;
      const range = tilesInGrid(TILE_GRIDS.EPSG2177, { minX: x, minY: y, maxX: x, maxY: y, srid: 2177 }, z);
      return { path: `/wmts/1.0.0/${layer}/default/EPSG2177/${z}/${range?.minY}/${range?.minX}.png` };
    },
    contentType: 'image/png',
    holdsKnown: false,
  },
  carries: () => false,
  about: () => [],
  lists: [{ path: '/wmts/1.0.0/WMTSCapabilities.xml' }],
  uses: () => [],
  errorType: XML,
};

const WMS_INFO: Door = {
  name: 'WMS as what is under a place',
  suits: everything,
  objects: {
    question: (layer, known) =>
      mapAround(
        layer,
        known,
        `request=GetFeatureInfo&query_layers=${layer}&i=${MIDDLE_PX}&j=${MIDDLE_PX}&info_format=application/json&feature_count=50`,
      ),
    contentType: 'application/json',
    idsIn: geoJsonIds,
    // The place is a corner, which neighbours share.
    holdsKnown: false,
  },
  carries: everything,
  about: () => [],
  lists: [],
  uses: () => [],
  errorType: 'text/xml',
};

const OWN_API: Door = {
  name: 'our own API',
  suits: everything,
  carries: () => false,
  about: () => [],
  lists: [{ path: '/api/layers' }, { path: '/api' }],
  uses: () => [],
  errorType: PROBLEM,
};

export const DOORS: readonly Door[] = [
  WFS_GML,
  WFS_GEOJSON,
  OGC_JSON,
  OGC_HTML,
  vectorTiles('WebMercatorQuad'),
  vectorTiles('EPSG2177'),
  vectorTiles('EPSG2180'),
  BUILDING_TILES,
  WMS_MAP,
  WMTS_TILES,
  WMS_INFO,
  OWN_API,
];
