import { describe, expect, it } from 'vitest';
import type { Feature } from '../../feature/feature.ts';
import { EGIB_GML } from '../egib/reader.ts';
import type { ReadEvent } from '../reader.ts';
import { RegisterTally } from '../register-gml/register-tally.ts';
import { writeRegister } from '../register-gml/write-register.ts';
import { GESUT } from './gesut-register.ts';

const identity = (n: number) => ({
  iip_namespace: 'PL.PZGiK.3064.GESUT',
  iip_local_id: `04022323-1610-8636-2530-${String(n).padStart(12, '0')}`,
  iip_version: '2024-11-14T11:31:36',
  object_since: '2020-01-02T03:04:05Z',
  version_since: '2024-11-14T11:31:36Z',
  version_until: null,
});
const shared = {
  ...{ state: 'existing', operation: 'active', position_source: 'A' },
  ...{ operator_id: 'W-1 & W-2', operator: 'Wodociągi' },
};
const unmeasured = {
  ...{ material: null, depth_m: null, start_height_m: null, end_height_m: null, built_year: null },
};
const line = (n: number, properties: Feature['properties']): Feature => ({
  layer: 'utility_lines',
  id: identity(n).iip_local_id,
  geometry: {
    type: 'LineString',
    coordinates: [
      [6427000.123, 5810000.5],
      [6427010, 5810020.001],
    ],
  },
  properties: {
    ...{ role: 'main', course: 'underground', flow: null, diameter_mm: 200, width_mm: null },
    ...{ height_mm: null, is_bundle: null, ...unmeasured, ...shared, ...properties, ...identity(n) },
  },
});
const point = (layer: string, n: number, properties: Feature['properties']): Feature => ({
  layer,
  id: identity(n).iip_local_id,
  geometry: { type: 'Point', coordinates: [6427000.123, 5810000.5] },
  properties: { ...properties, ...identity(n) },
});

const SEWER = line(1, { network: 'sewer', line_type: 'sewer_storm', flow: 'gravity', width_mm: 600 });
const CABLE = line(2, { network: 'telecom', line_type: 'telecom_fibre', is_bundle: true, diameter_mm: null });
const device = (n: number, properties: Feature['properties']) =>
  point('utility_devices', n, { top_height_m: null, bottom_height_m: null, ...shared, ...properties });
const POLE = device(3, { network: 'power', kind: 'pole' });
const HYDRANT = device(4, { network: 'water', kind: 'hydrant' });
const HEIGHT = point('utility_elevations', 5, {
  ...{ network: null, object_id: SEWER.id, top_height_m: 71.5, bottom_height_m: -0.25 },
  ground_height_m: null,
});

async function* each<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}

async function written(features: readonly Feature[], keepIncomplete = false) {
  const tally = new RegisterTally();
  const of = (name: string) => features.filter(({ layer }) => layer === name);
  const chunks = writeRegister(GESUT, {
    ...{ srid: 2177, tally, keepIncomplete, known: new Set(features.map(({ layer }) => layer)) },
    features: (layer) => each(of(layer)),
    find: ({ layer }) => each(of(layer)),
  });
  let text = '';
  for await (const chunk of chunks) text += new TextDecoder().decode(chunk);
  return { text, report: tally.report() };
}

async function read(text: string): Promise<ReadEvent[]> {
  const events: ReadEvent[] = [];
  for await (const event of EGIB_GML.read(each([text]), {})) events.push(event);
  return events;
}

describe('GESUT of 2021', () => {
  it('comes back as it was written: lines, devices, heights and whose they are', async () => {
    const { text } = await written([SEWER, CABLE, POLE, HYDRANT, HEIGHT]);
    const events = await read(text);
    const objects = events.flatMap((event) => (event.kind === 'object' ? [event.feature] : []));
    const owned = { ...HEIGHT, properties: { ...HEIGHT.properties, object_id: null } };
    expect(objects).toEqual([SEWER, CABLE, POLE, HYDRANT, owned]);
    expect(events.filter(({ kind }) => kind === 'addition')).toEqual([
      { kind: 'addition', layer: 'utility_elevations', id: HEIGHT.id, properties: { object_id: SEWER.id } },
    ]);
    expect(events.filter(({ kind }) => kind === 'rejected')).toEqual([]);
  });

  it('leaves out an object whose state nobody knows, and a valve of a network that has none', async () => {
    const unknown = line(6, { network: 'gas', line_type: null, state: null });
    const valve = device(7, { network: 'special', kind: 'valve' });
    const { text, report } = await written([unknown, valve, CABLE]);
    expect(report.written).toEqual({ GES_PrzewodTelekomunikacyjny: 1 });
    expect(report.leftOut.map(({ lacks, examples }) => [lacks, examples])).toEqual([
      [['status'], [unknown.id]],
      [['rodzajUrzadzenia'], [valve.id]],
    ]);
    expect(text).not.toContain(unknown.id);
    expect((await written([unknown], true)).text).toContain(unknown.id);
  });

  it('refuses a letter that is no code, by name', async () => {
    const { text } = await written([HYDRANT]);
    const events = await read(text.replace('rodzajUrzadzenia>h<', 'rodzajUrzadzenia>q<'));
    expect(events.find(({ kind }) => kind === 'rejected')).toMatchObject({
      problem: { code: 'invalid-value', objectId: HYDRANT.id, message: expect.stringContaining('"q"') },
    });
  });
});
