/** The drawing for CAD, held by two readers that nobody here wrote. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { writeDxf } from '../../core/formats/dxf/write-dxf.ts';
import { tool } from './outside-tools.ts';

const [E, N] = [6_427_000.25, 5_808_000.5];
const layerNamed = (name: string): Layer => {
  const register = REGISTERS.find((each) => each.name === name);
  if (!register) throw new Error(name);
  return { ...register, dataset: 'city', srid: 2177 };
};
const line = (id: string, properties: Feature['properties']): Feature => ({
  ...{ layer: 'utility_lines', id, properties: { network: 'water', state: 'existing', ...properties } },
  geometry: {
    type: 'LineString',
    coordinates: [
      [E, N],
      [E + 30, N + 4],
    ],
  },
});
const point = (layer: string, id: string, properties: Feature['properties']): Feature => ({
  ...{ layer, id, properties, geometry: { type: 'Point', coordinates: [E, N] } },
});
const LETTERS = 'Zażółć gęślą jaźń ŁÓDŹ – Ж ✓';
const FEATURES: Readonly<Record<string, readonly Feature[]>> = {
  utility_lines: [
    line('w', { material: LETTERS }),
    line('p', { state: 'designed' }),
    line('g', { network: 'gas' }),
    line('x', { network: 'unidentified' }),
  ],
  utility_devices: [
    point('utility_devices', 'hydrant', { network: 'water', kind: 'valve', top_height_m: 71.256 }),
    point('utility_devices', 'unknown', { network: 'power', top_height_m: null }),
  ],
  utility_elevations: [point('utility_elevations', 'e', { network: 'sewer', top_height_m: 70.1 })],
  control_points: [point('control_points', 'c', { point_number: 'Ż-12', height_m: 84.3 })],
  precincts: [
    {
      ...{ layer: 'precincts', id: 'o', properties: { name: LETTERS } },
      geometry: {
        type: 'MultiPolygon',
        coordinates: [
          [
            [
              [E, N],
              [E + 9, N],
              [E + 9, N + 9],
              [E, N],
            ],
          ],
        ],
      },
    },
  ],
};

async function* of(features: readonly Feature[]): AsyncGenerator<Feature> {
  yield* features;
}

const BY_EZDXF = `
import json, sys
from ezdxf import recover
drawing, audit = recover.readfile(sys.argv[1])
space = drawing.modelspace()
data = lambda each: dict(tag.value.split("=", 1) for tag in each.get_xdata("BLIZNIAK"))
layer = lambda name: drawing.layers.get(name)
print(json.dumps({
    "version": drawing.dxfversion,
    "faults": [str(each.message) for each in [*audit.errors, *audit.fixes]],
    "layers": {name: [hex(layer(name).rgb[0] << 16 | layer(name).rgb[1] << 8 | layer(name).rgb[2]), layer(name).dxf.linetype] for name in ("UTILITY_LINES_WATER", "UTILITY_LINES_GAS", "UTILITY_LINES_HEAT", "UTILITY_DEVICES_POWER", "PRECINCTS")},
    "patterns": {each.dxf.name: round(each.pattern_tags.tags.get_first_value(40), 3) for each in drawing.linetypes if each.dxf.name.startswith("UZB_W")},
    "letters": sorted(tag.value for each in drawing.linetypes for tag in each.pattern_tags.tags if tag.code == 9),
    "lines": {data(each)["id"]: each.dxf.linetype for each in space.query("LWPOLYLINE") if each.dxf.layer.startswith("UTILITY")},
    "material": [data(each)["material"] for each in space.query("LWPOLYLINE") if data(each)["id"] == "w"],
    "texts": sorted(each.dxf.text for each in space.query("TEXT")),
    "points": {data(each)["id"]: [each.dxf.name, round(each.dxf.insert.z, 3), {one.dxf.tag: [one.dxf.text, one.is_invisible] for one in each.attribs}] for each in space.query("INSERT")},
    "definitions": [[one.dxf.tag, one.is_invisible] for one in drawing.blocks.get("BL_CIRCLE_H").query("ATTDEF")],
}))`;
const BY_GDAL = `
import json, sys
from osgeo import ogr
ogr.UseExceptions()
source = ogr.Open(sys.argv[1])
print(json.dumps(sorted({feature.GetField("Text") for feature in source.GetLayer(0) if feature.GetField("Text")})))`;

describe('a drawing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'blizniak-dxf-'));
  const path = join(folder, 'city.dxf');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is without a fault by ezdxf: colours, kinds of lines, blocks with attributes, letters', async () => {
    const sources = Object.entries(FEATURES).map(([name, features]) => ({
      ...{ layer: layerNamed(name), features: of(features) },
    }));
    const chunks: Uint8Array[] = [];
    for await (const chunk of writeDxf(sources, [`Sprawa / Case: ${LETTERS}`])) chunks.push(chunk);
    writeFileSync(path, Buffer.concat(chunks));
    expect(JSON.parse(await tool('/usr/bin/python3', ['-c', BY_EZDXF, path]))).toEqual({
      ...{ version: 'AC1018', faults: [] },
      layers: {
        UTILITY_LINES_WATER: ['0xff', 'UZB_W'],
        UTILITY_LINES_GAS: ['0xbfbf00', 'UZB_G'],
        UTILITY_LINES_HEAT: ['0xd200d2', 'UZB_C'],
        UTILITY_DEVICES_POWER: ['0xff0000', 'Continuous'],
        PRECINCTS: [expect.any(String), 'BL_10_4'],
      },
      patterns: { UZB_W: 13.6, UZB_W_PROJ: 12.6 },
      letters: [...'bcegktwx'].flatMap((letter) => [letter, letter]),
      lines: { w: 'BYLAYER', p: 'UZB_W_PROJ', g: 'BYLAYER', x: 'BYLAYER' },
      material: [LETTERS],
      texts: ['70.1', LETTERS, 'Ż-12'].toSorted(),
      points: {
        hydrant: ['BL_CIRCLE_H', 71.256, { NR: ['hydrant', true], H: ['71.26', false] }],
        unknown: ['BL_CIRCLE', 0, {}],
        e: ['BL_CROSS_H', 70.1, { NR: ['e', true], H: ['70.10', false] }],
        c: ['BL_TRIANGLE_H', 84.3, { NR: ['Ż-12', true], H: ['84.30', false] }],
      },
      definitions: [
        ['NR', true],
        ['H', false],
      ],
    });
  });

  it('has the same letters by GDAL, which reads the code page', async () => {
    const read: string[] = JSON.parse(await tool('/usr/bin/python3', ['-c', BY_GDAL, path]));
    // What the code page does not have it leaves as it is written.
    const told = LETTERS.replace('Ж', '\\U+0416').replace('✓', '\\U+2713');
    expect(read).toEqual(expect.arrayContaining([told, 'Ż-12']));
  });
});
