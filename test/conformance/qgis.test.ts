/** QGIS without a screen opens every public layer over WFS and draws one over WMS, as a surveyor's desk does. */
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { startWholeService, type WholeService } from '../support/whole-service.ts';
import { tool } from './outside-tools.ts';

const PYTHON = '/usr/bin/python3';
const hasQgis = spawnSync(PYTHON, ['-c', 'import qgis.core'], { stdio: 'ignore' }).status === 0;
const NAMES = REGISTERS.filter(({ audience }) => audience !== 'staff').map(({ name }) => `bl:${name}`);

/** Prints the first position of each layer in both CRS and the number of colours in a picture. */
const SCRIPT = `
import json, os, sys
from qgis.core import *
from qgis.PyQt.QtCore import QSize
application = QgsApplication([], False)
application.initQgis()
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
print(json.dumps({'found': found, 'wms': layer.isValid(), 'colours': colours}))
sys.stdout.flush()
# Leaving by way of QGIS now and then crashes when its threads end after what they use: all is said already.
os._exit(0)`;

describe.skipIf(!hasQgis)(`QGIS${hasQgis ? '' : ' (skipped: python3-qgis is not installed)'}`, () => {
  let service: WholeService;
  beforeAll(async () => {
    service = await startWholeService();
  });
  afterAll(() => service.close());

  it('opens every public layer over WFS in its place, and draws over WMS', async () => {
    const printed = await tool(PYTHON, ['-c', SCRIPT, service.url, NAMES.join(',')], {
      QT_QPA_PLATFORM: 'offscreen',
    });
    const { found, wms, colours } = JSON.parse(printed) as {
      found: Record<string, readonly [readonly number[] | null, readonly number[] | null]>;
      wms: boolean;
      colours: number;
    };
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
