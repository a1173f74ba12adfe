/** A scenario with an edit of every kind, opened as a WFS by GDAL and by QGIS: they see the city as edited. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomOf } from '../../core/demo-city/random.ts';
import { CHANGEABLE_LAYERS } from '../../core/wire/edits/changeable-layers.ts';
import { type EditReply, editReplySchema, scenarioReplySchema } from '../../core/wire/scenario.ts';
import { editableCity } from '../support/editable-city.ts';
import { EDIT_KINDS, thinkOf } from '../support/random-edits.ts';
import { askQgis, HAS_QGIS, QGIS_NOTE } from './outside-qgis.ts';
import { readByGdal } from './outside-tools.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const CITY = editableCity(60);
/** Bodies are GLB; WFS serves what lies in a plane. */
const LAYERS = CHANGEABLE_LAYERS.filter((layer) => layer !== 'buildings_3d');
const MOST_TRIES = 60;

let city: StoredCity;
let scenario: string;
/** Ids of each layer in the city, and in the scenario by what its edits say of themselves. */
const before = new Map<string, Set<string>>();
const expected = new Map<string, Set<string>>();

beforeAll(async () => {
  city = await storedCity(CITY);
  for (const layer of LAYERS) {
    const reply = await fetch(`${city.url}/ogc/collections/${layer}/items?limit=1000&f=json`);
    const { features } = (await reply.json()) as { features: readonly { id: string }[] };
    expected.set(layer, new Set(features.map(({ id }) => id)));
    before.set(layer, new Set(expected.get(layer)));
  }
  const made = scenarioReplySchema.parse(await (await post('', { title: 'Wszystko' })).json());
  scenario = made.id;
  let { revision } = made;
  for (const kind of EDIT_KINDS) {
    const done = await oneOf(kind, revision);
    ({ revision } = done.scenario);
    for (const { layer, id, change } of done.edit.objects) {
      if (change === 'removed') expected.get(layer)?.delete(id);
      else expected.get(layer)?.add(id);
    }
  }
}, 120_000);
afterAll(() => city.close());

const post = (path: string, body: unknown, revision?: number): Promise<Response> =>
  fetch(`${city.url}/api/scenarios${path}`, {
    method: 'POST',
    headers: {
      authorization: 'anna',
      'content-type': 'application/json',
      ...(revision !== undefined && { 'if-match': `"${revision}"` }),
    },
    body: JSON.stringify(body),
  });

/** An edit of a kind that the scenario takes: what is thought of may be gone by now, or stand in the way. */
async function oneOf(kind: (typeof EDIT_KINDS)[number], revision: number): Promise<EditReply> {
  const random = randomOf(23, kind);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const edit = thinkOf(kind, random, (layer) => CITY.filter((feature) => feature.layer === layer));
    const reply = await post(`/${scenario}/edits`, edit, revision);
    if (reply.ok) return editReplySchema.parse(await reply.json());
    await reply.body?.cancel();
  }
  throw new Error(`The scenario takes no ${kind}`);
}

const sorted = (ids: Iterable<string>): readonly string[] => [...ids].toSorted();

describe('a scenario with an edit of every kind', () => {
  it('changes every layer that edits can change', () => {
    const untouched = LAYERS.filter(
      (layer) => sorted(before.get(layer) ?? []).join() === sorted(expected.get(layer) ?? []).join(),
    );
    // Edits change these without adding or removing any.
    expect(untouched).toEqual(['addresses', 'plan_zones', 'green_areas', 'utility_devices']);
  });

  it.each(LAYERS)('is read by GDAL: %s', async (layer) => {
    const { features } = await readByGdal(`WFS:${city.url}/s/${scenario}/wfs`, `bl:${layer}`);
    const read = features.map(({ properties }) => String(properties['id']));
    expect(sorted(read)).toEqual(sorted(expected.get(layer) ?? []));
  });

  it.skipIf(!HAS_QGIS)(`is opened by QGIS layer by layer${QGIS_NOTE}`, async () => {
    const names = LAYERS.map((layer) => `bl:${layer}`).join(',');
    const read = await askQgis<Record<string, number>>(SCRIPT, [`${city.url}/s/${scenario}/wfs`, names]);
    expect(read).toEqual(
      Object.fromEntries(LAYERS.map((layer) => [`bl:${layer}`, expected.get(layer)?.size])),
    );
  });
});

/** How many features QGIS finds with a place in each layer. */
const SCRIPT = `
answer = {}
for name in sys.argv[2].split(','):
  source = QgsDataSourceUri()
  for key, value in dict(url=sys.argv[1], typename=name, version='2.0.0', srsname='EPSG:2177').items():
    source.setParam(key, value)
  layer = QgsVectorLayer(source.uri(False), name, 'WFS')
  answer[name] = sum(1 for feature in layer.getFeatures() if not feature.geometry().isNull()) if layer.isValid() else -1`;
