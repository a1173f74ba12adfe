/** What two libraries of web maps make of the doors: `@camptocamp/ogc-client` reads services, OpenLayers tiles. */
import { OgcApiEndpoint, WfsEndpoint, WmsEndpoint, WmtsEndpoint } from '@camptocamp/ogc-client';
import { register } from 'ol/proj/proj4.js';
import { get as projectionOf } from 'ol/proj.js';
import {
  getMapTileUrlTemplate,
  getVectorTileUrlTemplate,
  parseTileMatrixSet,
  type TileMatrixSet,
} from 'ol/source/ogcTileUtil.js';
import proj4 from 'proj4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePicture } from '../support/decoded-picture.ts';
import { SAMPLE_ORIGIN } from '../support/sample-city.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const { easting, northing } = SAMPLE_ORIGIN;
const COUNT = 420;
let city: StoredCity;
beforeAll(async () => {
  city = await storedCity(COUNT);
});
afterAll(() => city.close());

const picture = async (address: string) => {
  const reply = await fetch(address);
  expect([address, reply.headers.get('content-type')]).toEqual([address, 'image/png']);
  return decodePicture(await reply.arrayBuffer());
};

describe('ogc-client', () => {
  it('reads a layer of WFS: its title, its properties, and objects by the address that it makes', async () => {
    const wfs = await new WfsEndpoint(`${city.url}/wfs`).isReady();
    expect([wfs.getVersion(), wfs.supportsStartIndex(), wfs.supportsJson('parcels')]).toEqual([
      '2.0.0',
      true,
      true,
    ]);
    const full = await wfs.getFeatureTypeFull('parcels');
    expect(full).toMatchObject({
      ...{ title: 'Działki ewidencyjne', objectCount: COUNT, geometryName: 'geom' },
      properties: expect.objectContaining({ registered_area_ha: expect.anything() }),
    });
    const address = wfs.getFeatureUrl('parcels', { asJson: true, maxFeatures: 3, outputCrs: 'EPSG:2177' });
    const { features } = (await (await fetch(address)).json()) as { features: readonly { id: string }[] };
    expect(features).toHaveLength(3);
  });

  it('draws a layer of WMS and a tile of WMTS', async () => {
    const wms = await new WmsEndpoint(`${city.url}/wms`).isReady();
    expect(wms.getLayerByName('parcels').availableCrs).toContain('EPSG:2177');
    const map = await picture(
      wms.getMapUrl(['parcels'], {
        ...{ widthPx: 64, heightPx: 64, crs: 'EPSG:3857', outputFormat: 'image/png' },
        extent: proj4Box(3857, 60),
      }),
    );
    expect([map.widthPx, map.colours().size > 2]).toEqual([64, true]);
    const wmts = await new WmtsEndpoint(`${city.url}/wmts`).isReady();
    const layer = wmts.getLayerByName('parcels');
    expect(wmts.getDefaultDimensions('parcels')).toEqual({ Time: 'current' });
    expect(layer.matrixSets.map(({ identifier }) => identifier)).toContain('EPSG2177');
    const column = Math.floor((easting + 20 - 6_100_000) / (819_200 / 2 ** 12));
    const row = Math.floor((6_219_200 - northing - 20) / (819_200 / 2 ** 12));
    const tile = await picture(wmts.getTileUrl('parcels', 'default', 'EPSG2177', '12', row, column));
    expect([tile.widthPx, tile.colours().size > 2]).toEqual([256, true]);
  });

  it('finds collections, objects, tiles and styles of OGC API', async () => {
    const api = new OgcApiEndpoint(`${city.url}/ogc`);
    expect([await api.hasFeatures, await api.hasTiles, await api.hasStyles]).toEqual([true, true, true]);
    expect(await api.featureCollections).toContain('parcels');
    expect(await api.vectorTileCollections).toContain('parcels');
    expect(await api.mapTileCollections).toContain('parcels');
    const info = await api.getCollectionInfo('parcels');
    expect(info.queryables.map(({ name }) => name)).toContain('registered_area_ha');
    const [first] = await api.getCollectionItems('parcels', 1);
    expect(await api.getCollectionItem('parcels', String(first?.id))).toMatchObject(first ?? {});
    expect(await api.getVectorTilesetUrl('parcels', 'EPSG2177')).toContain(
      '/ogc/collections/parcels/tiles/EPSG2177',
    );
    const styles = await api.allStyles('parcels');
    expect(styles.map(({ id }) => id)).toEqual(['parcels']);
    const sheet = await api.getStylesheetUrl('parcels', 'application/vnd.mapbox.style+json');
    expect(((await (await fetch(sheet)).json()) as { version: number }).version).toBe(8);
  });
});

describe('OpenLayers', () => {
  it.each([
    ['tiles', 'application/vnd.mapbox-vector-tile', getVectorTileUrlTemplate],
    ['map/tiles', 'image/png', getMapTileUrlTemplate],
  ])('addresses tiles of OGC API – Tiles (%s) where things are', async (folder, mediaType, templateOf) => {
    proj4.defs(
      'EPSG:2177',
      '+proj=tmerc +lat_0=0 +lon_0=18 +k=0.999923 +x_0=6500000 +y_0=0 +ellps=GRS80 +axis=enu',
    );
    register(proj4);
    const projection = projectionOf('EPSG:2177');
    if (!projection) throw new Error('OpenLayers has no EPSG:2177');
    const read = async <T>(address: string) => (await (await fetch(address)).json()) as T;
    const set = await read<{ links: { rel: string; href: string; type: string }[] }>(
      `${city.url}/ogc/collections/parcels/${folder}/EPSG2177`,
    );
    const scheme = set.links.find(({ rel }) => rel.endsWith('/tiling-scheme'))?.href ?? '';
    const { grid, urlFunction } = parseTileMatrixSet(
      { url: city.url, projection },
      await read<TileMatrixSet>(scheme),
      templateOf(set.links, mediaType),
    );
    const at = grid.getTileCoordForCoordAndZ([easting + 20, northing + 20], 12);
    const reply = await fetch(urlFunction?.(at, 1, projection) ?? '');
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, mediaType]);
    expect((await reply.arrayBuffer()).byteLength).toBeGreaterThan(200);
  });
});

/** A square above the lower left corner of the sample. */
function proj4Box(srid: 3857, sideM: number): [number, number, number, number] {
  const from = '+proj=tmerc +lat_0=0 +lon_0=18 +k=0.999923 +x_0=6500000 +y_0=0 +ellps=GRS80';
  const [x = 0, y = 0] = proj4(from, `EPSG:${srid}`, [easting, northing]);
  return [x, y, x + sideM, y + sideM];
}
