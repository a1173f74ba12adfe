/** QGIS without a screen opens every public layer over WFS and draws one over WMS, as a surveyor's desk does. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { startWholeService, type WholeService } from '../support/whole-service.ts';
import { askQgis, HAS_QGIS, QGIS_NOTE } from './outside-qgis.ts';

const NAMES = REGISTERS.filter(({ audience }) => audience !== 'staff').map(({ name }) => `bl:${name}`);

/** The first position of each layer in both CRS and the number of colours in a picture. */
const SCRIPT = `
url, names = sys.argv[1], sys.argv[2].split(',')
found = {}
for name in names:
  for srid in (2177, 4326):
    source = QgsDataSourceUri()
    for key, value in dict(url=url + '/wfs', typename=name, version='2.0.0', srsname='EPSG:%d' % srid, maxNumFeatures='3').items():
      source.setParam(key, value)
    layer = QgsVectorLayer(source.uri(False), name, 'WFS')
    feature = next(layer.getFeatures(), None) if layer.isValid() else None
    place = feature.geometry().vertexAt(0) if feature else None
    found.setdefault(name, []).append([place.x(), place.y()] if place else None)
layer = QgsRasterLayer('crs=EPSG:2177&format=image/png&layers=parcels&styles&url=' + url + '/wms', 'parcels', 'wms')
settings = QgsMapSettings()
settings.setLayers([layer])
settings.setDestinationCrs(layer.crs())
settings.setOutputSize(QSize(200, 200))
settings.setExtent(QgsRectangle(6427000, 5808000, 6427400, 5808400))
job = QgsMapRendererParallelJob(settings)
job.start()
job.waitForFinished()
picture = job.renderedImage()
colours = len({picture.pixel(x, y) for x in range(200) for y in range(200)})
answer = {'found': found, 'wms': layer.isValid(), 'colours': colours}`;

describe.skipIf(!HAS_QGIS)(`QGIS${QGIS_NOTE}`, () => {
  let service: WholeService;
  beforeAll(async () => {
    service = await startWholeService();
  });
  afterAll(() => service.close());

  it('opens every public layer over WFS in its place, and draws over WMS', async () => {
    const { found, wms, colours } = await askQgis<{
      found: Record<string, readonly [readonly number[] | null, readonly number[] | null]>;
      wms: boolean;
      colours: number;
    }>(SCRIPT, [service.url, NAMES.join(',')]);
    const isNear = (place: readonly number[] | null, x: number, y: number, reach: number) =>
      place !== null && Math.abs((place[0] ?? 0) - x) < reach && Math.abs((place[1] ?? 0) - y) < reach;
    const misplaced = NAMES.filter((name) => {
      const [metres = null, degrees = null] = found[name] ?? [];
      return !isNear(metres, 6_427_200, 5_809_000, 5_000) || !isNear(degrees, 16.93, 52.41, 0.08);
    });
    expect(misplaced).toEqual([]);
    expect(wms).toBe(true);
    // Fills, lines and letters with their edges.
    expect(colours).toBeGreaterThan(10);
  });
});
