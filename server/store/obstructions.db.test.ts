import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TwinError } from '../../core/errors.ts';
import { transformBetween } from '../../core/geo/crs.ts';
import { takeDatexRoadworks } from '../../core/live/adapters/roadworks.ts';
import type { Action } from '../../core/obstruction/workflow.ts';
import { type NewObstruction, newObstructionSchema, type Obstruction } from '../../core/wire/obstruction.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fill } from '../../test/support/filled-database.ts';
import { GRID_ORIGIN, roadFeatures, roadGrid } from '../../test/support/road-grid.ts';
import { ANONYMOUS, type Identity } from '../access/identity.ts';
import { PUBLIC_VIEW } from '../access/view.ts';
import type { Obstructions } from '../services/obstructions.ts';
import { postgisSource } from './features.ts';
import { layersOf } from './layers.ts';
import { storeObstructions } from './obstructions.ts';
import { relationFor } from './relation.ts';
import { sql } from './sql.ts';

const ANNA: Identity = { who: 'anna', roles: ['public', 'staff'] };
const JAN: Identity = { who: 'jan', roles: ['public', 'staff'] };
const { easting: E, northing: N } = GRID_ORIGIN;
const DAY_MS = 86_400_000;
const TODAY = Date.now();
const day = (n: number) => new Date(TODAY + n * DAY_MS).toISOString();
const signal = new AbortController().signal;

/** Works that close 60 m of Pozioma 1 in the days that are given. */
const works = (from: number, to: number, more: Partial<NewObstruction> = {}): NewObstruction =>
  newObstructionSchema.parse({
    name: 'Naprawa jezdni',
    kind: 'roadworks',
    place: { kind: 'sections', sections: [{ road: 'R01-11', fromM: 20, toM: 80 }] },
    windows: [{ from: day(from), to: day(to) }],
    impact: 'closed',
    modes: ['car', 'bus'],
    owner: 'Zarząd Dróg Miejskich',
    contact: { name: 'Jan Tajny', phone: '600 000 000' },
    ...more,
  });

const refusalOf = async (work: Promise<unknown>) => {
  const error = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TwinError);
  const { kind, parameter, message } = error as TwinError;
  return { kind, parameter, message };
};

describe('storeObstructions', () => {
  let database: TestDatabase;
  let register: Obstructions;
  beforeAll(async () => {
    database = await testDatabase();
    await fill(database.pool, roadFeatures(roadGrid()));
    register = storeObstructions(database.pool, layersOf(database.pool));
  });
  afterAll(() => database.drop());

  const walk = async (start: Obstruction, ...steps: readonly (readonly [Action, Identity, string?])[]) => {
    let { id, revision } = start;
    let last = start;
    for (const [action, who, reason] of steps) {
      const done = await register.step(id, revision, { action, reason }, who);
      ({ id, revision } = done.obstruction);
      last = done.obstruction;
    }
    return last;
  };
  const published = async (content: NewObstruction) => {
    const { obstruction } = await register.create(content, ANNA);
    return walk(obstruction, ['submit', ANNA], ['approve', JAN, 'wiadomo'], ['publish', JAN]);
  };
  const inLayer = async (layer: string, id: string) =>
    postgisSource(database.pool, layersOf(database.pool), (each) => relationFor(each, PUBLIC_VIEW)).byId(
      layer,
      id,
      undefined,
      signal,
    );

  it('leads from draft to closing, each step in the history, and shows in the layers while it is published', async () => {
    const { obstruction } = await register.create(
      works(100, 110, {
        detour: {
          text: 'Pozioma 0',
          line: [
            [E, N],
            [E + 100, N],
          ],
        },
      }),
      ANNA,
    );
    expect(obstruction).toMatchObject({ state: 'draft', streets: ['Pozioma 1'], lengthM: 60 });
    expect(await inLayer('obstructions', obstruction.id)).toBeUndefined();
    const out = await walk(obstruction, ['submit', ANNA], ['approve', JAN], ['publish', ANNA]);
    expect(await inLayer('obstructions', out.id)).toMatchObject({
      geometry: { type: 'MultiPolygon' },
      properties: { impact: 'closed', road_ids: 'R01-11', length_m: 60, owner: 'Zarząd Dróg Miejskich' },
    });
    expect(await inLayer('obstruction_detours', out.id)).toMatchObject({
      properties: { obstruction_id: out.id, description: 'Pozioma 0' },
    });
    const [area] = await database.pool.read<{ m2: number; versions: number }>(
      sql`select ST_Area(geom) as m2, (select count(*) from city.obstruction where id = ${out.id}::text) as versions
        from city.obstruction where id = ${out.id}::text and valid_to is null`,
    );
    expect(area?.m2).toBeCloseTo(60 * 6, 0);
    const closed = await walk(out, ['begin', JAN], ['close', JAN]);
    expect(await inLayer('obstructions', out.id)).toBeUndefined();
    expect(await inLayer('obstruction_detours', out.id)).toBeUndefined();
    expect(closed.staff?.history.map(({ action, who, state }) => [action, who, state])).toEqual([
      ['create', 'anna', 'draft'],
      ['submit', 'anna', 'submitted'],
      ['approve', 'jan', 'approved'],
      ['publish', 'anna', 'published'],
      ['begin', 'jan', 'published'],
      ['close', 'jan', 'closed'],
    ]);
    expect(closed.actualTo).toBeDefined();
    const [kept] = await database.pool.read<{ versions: number }>(
      sql`select count(*) as versions from city.obstruction where id = ${out.id}::text and valid_to is not null`,
    );
    expect(kept?.versions).toBe(2);
  });

  it('lets nobody approve what they wrote, nor what they changed', async () => {
    const { obstruction } = await register.create(works(120, 121), ANNA);
    const mine = await walk(obstruction, ['submit', ANNA]);
    expect(mine.staff?.actions).not.toContain('approve');
    expect(await refusalOf(walk(mine, ['approve', ANNA]))).toMatchObject({
      kind: 'forbidden',
      message: expect.stringContaining('four eyes'),
    });
    const draft = await walk(mine, ['withdraw', ANNA]);
    const changed = await register.change(draft.id, draft.revision, works(120, 122), JAN);
    const both = await walk(changed.obstruction, ['submit', JAN]);
    expect((await refusalOf(walk(both, ['approve', JAN]))).kind).toBe('forbidden');
  });

  it('tells the public what is published and nothing of persons', async () => {
    const draft = await register.create(works(130, 131, { name: 'Szkic' }), ANNA);
    const { id } = await published(works(140, 141, { name: 'Jawne' }));
    const { obstructions } = await register.list({ limit: 1000 }, ANONYMOUS);
    expect(obstructions.map(({ name }) => name)).toEqual(['Jawne']);
    expect(JSON.stringify(await register.read(id, ANONYMOUS))).not.toMatch(/anna|jan|Tajny|600/i);
    expect((await refusalOf(register.read(draft.obstruction.id, ANONYMOUS))).kind).toBe('not-found');
    const drafts = await register.list({ states: ['draft'], limit: 1000 }, ANONYMOUS);
    expect(drafts.obstructions).toEqual([]);
    expect((await register.read(id, JAN)).staff).toMatchObject({
      contact: { name: 'Jan Tajny' },
      createdBy: 'anna',
    });
  });

  it('finds by box, street, owner and time', async () => {
    const { id } = await published(works(150, 152, { owner: 'Aquanet' }));
    const found = async (query: object) =>
      (await register.list({ limit: 1000, ...query }, ANONYMOUS)).obstructions.map((each) => each.id);
    const box = (west: number) => ({
      minX: E + west,
      minY: N + 90,
      maxX: E + west + 10,
      maxY: N + 110,
      srid: 2177,
    });
    expect(await found({ owner: 'aquanet' })).toEqual([id]);
    expect(
      await found({ owner: 'aquanet', box: box(30), street: 'pozioma 1', from: day(151), to: day(153) }),
    ).toEqual([id]);
    expect(await found({ owner: 'aquanet', box: box(85) })).toEqual([]);
    expect(await found({ owner: 'aquanet', street: 'Pozioma 2' })).toEqual([]);
    expect(await found({ owner: 'aquanet', from: day(152.1) })).toEqual([]);
    expect(await found({ owner: 'aquanet', to: day(149.9) })).toEqual([]);
  });

  it('shows conflicts to whoever tries, creates or approves, and approves grave ones only with a reason', async () => {
    const here: Partial<NewObstruction> = {
      place: { kind: 'sections', sections: [{ road: 'R20-21', fromM: 20, toM: 80 }] },
    };
    const first = await published(works(160, 170, here));
    const trial = await register.tryOut(works(165, 175, here));
    expect(trial.conflicts).toMatchObject([
      { code: 'same-place', severity: 'high', lengthM: 60, hours: 120, others: [{ id: first.id }] },
    ]);
    const { obstruction, conflicts } = await register.create(works(165, 175, here), ANNA);
    expect(conflicts.map(({ code }) => code)).toEqual(['same-place']);
    const ready = await walk(obstruction, ['submit', ANNA]);
    expect(await refusalOf(walk(ready, ['approve', JAN]))).toMatchObject({
      kind: 'conflict',
      parameter: 'reason',
      message: expect.stringContaining(first.id),
    });
    const moved = await register.change(
      obstruction.id,
      (await walk(ready, ['withdraw', ANNA])).revision,
      works(700, 705, here),
      ANNA,
    );
    expect(moved.conflicts).toEqual([]);
    const approved = await walk(moved.obstruction, ['submit', ANNA], ['approve', JAN]);
    expect(approved.state).toBe('approved');
  });

  it('approves neither of two that conflict unseen, also when both are approved at once', async () => {
    const submitted = async (from: number) => {
      const { obstruction } = await register.create(
        works(from, from + 5, { place: { kind: 'sections', sections: [{ road: 'R02-12' }] } }),
        ANNA,
      );
      return walk(obstruction, ['submit', ANNA]);
    };
    const [one, other] = [await submitted(200), await submitted(202)];
    const both = await Promise.allSettled([walk(one, ['approve', JAN]), walk(other, ['approve', JAN])]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('refuses the second of two editors at one revision, with the name of the first', async () => {
    const { obstruction } = await register.create(works(210, 211), ANNA);
    const { id, revision } = obstruction;
    const results = await Promise.allSettled([
      register.change(id, revision, works(210, 212), ANNA),
      register.change(id, revision, works(210, 213), JAN),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const lost = results.find((each) => each.status === 'rejected');
    expect(lost?.reason).toMatchObject({ kind: 'conflict', parameter: 'if-match' });
    expect(lost?.reason.message).toMatch(/^(anna|jan) has changed/);
  });

  it('changes nothing in the layers of what was refused half-way', async () => {
    const out = await published(works(220, 221));
    const before = await database.pool.read(sql`select count(*) from twin.dataset_version`);
    await refusalOf(register.step(out.id, out.revision, { action: 'unpublish' }, JAN));
    await refusalOf(register.step(out.id, out.revision - 1, { action: 'close' }, JAN));
    expect(await database.pool.read(sql`select count(*) from twin.dataset_version`)).toEqual(before);
    expect((await register.read(out.id, JAN)).revision).toBe(out.revision);
  });

  it.each<readonly [string, Partial<NewObstruction>, string, RegExp]>([
    [
      'a window that ends before it starts',
      { windows: [{ from: day(2), to: day(1) }] },
      'windows.0.to',
      /end after/,
    ],
    [
      'a section that is not there',
      { place: { kind: 'sections', sections: [{ road: 'R99' }] } },
      'place.sections.0.road',
      /no section "R99"/,
    ],
    [
      'measures beyond the section',
      { place: { kind: 'sections', sections: [{ road: 'R01-11', fromM: 90, toM: 130 }] } },
      'place.sections.0.toM',
      /100\.00 m long/,
    ],
    ['an unknown street', { place: { kind: 'street', street: 'Niebyła' } }, 'place.street', /no street/],
    [
      'a line off the network',
      {
        place: {
          kind: 'line',
          line: [
            [E + 50, N + 20],
            [E + 50, N + 80],
          ],
        },
      },
      'place.line',
      /off the road network/,
    ],
    [
      'a line outside the city',
      {
        place: {
          kind: 'line',
          line: [
            [6_500_000, N],
            [6_500_100, N],
          ],
        },
      },
      'place.line',
      /outside the city/,
    ],
    [
      'degrees',
      {
        place: {
          kind: 'line',
          line: [
            [16.9, 52.4],
            [16.91, 52.4],
          ],
        },
      },
      'place.line',
      /degrees/,
    ],
    [
      'an outline that crosses itself',
      {
        place: {
          kind: 'area',
          outline: [
            [E, N],
            [E + 50, N + 50],
            [E + 50, N],
            [E, N + 50],
          ],
        },
      },
      'place.outline',
      /Self-intersection/,
    ],
    [
      'an area without a street',
      {
        place: {
          kind: 'area',
          outline: [
            [E + 20, N + 20],
            [E + 50, N + 20],
            [E + 50, N + 50],
          ],
        },
      },
      'place.outline',
      /neither a street nor a footway/,
    ],
    ['a narrowed road without lanes', { impact: 'narrowed' }, 'lanesLeft', /how many lanes/],
  ])('refuses %s and says what to do', async (_, more, parameter, message) => {
    const content = { ...works(1, 2), ...more };
    expect(await refusalOf(register.create(content, ANNA))).toMatchObject({
      kind: 'invalid-parameter',
      parameter,
      message: expect.stringMatching(message),
    });
    expect((await refusalOf(register.tryOut(content))).parameter).toBe(parameter);
  });

  it('takes a drawn line, a street and an area for the stretches under them', async () => {
    const stretches = async (place: NewObstruction['place']) =>
      (await register.tryOut({ ...works(1, 2), place })).stretches.map(({ road, fromM, toM, reversed }) => [
        road,
        Math.round(fromM),
        Math.round(toM),
        reversed,
      ]);
    const line = [
      [E + 130, N + 203],
      [E + 30, N + 203],
    ] as [number, number][];
    expect(await stretches({ kind: 'line', line })).toEqual([
      ['R02-12', 30, 100, true],
      ['R12-22', 0, 30, true],
    ]);
    expect(await stretches({ kind: 'street', street: 'ślepa' })).toEqual([['R23-24', 0, 100, false]]);
    const outline = [
      [E + 180, N + 120],
      [E + 220, N + 120],
      [E + 220, N + 190],
      [E + 180, N + 190],
    ] as [number, number][];
    expect(await stretches({ kind: 'area', outline })).toEqual([['R21-22', 20, 90, false]]);
  });

  it('takes drafts of a feed once, follows them while they are drafts, and keeps what was decided', async () => {
    const FEED: Identity = { who: 'datex', roles: ['staff'] };
    const bring = (to: number) => register.draft('datex-7', works(300, to), FEED);
    const first = await bring(301);
    expect(first.became).toBe('new');
    expect(await bring(301)).toEqual({ id: first.id, became: 'unchanged' });
    expect(await bring(302)).toEqual({ id: first.id, became: 'changed' });
    await walk(await register.read(first.id, JAN), ['submit', JAN], ['approve', JAN]);
    expect(await bring(303)).toEqual({ id: first.id, became: 'kept' });
  });

  it('takes what a DATEX II feed says of a street as a draft on that street', async () => {
    const toDegrees = transformBetween(2177, 4326);
    const positions = [toDegrees([E + 10, N + 100]), toDegrees([E + 90, N + 100])].map(
      ([lon, lat]) => `${lat} ${lon}`,
    );
    const { drafts, problems } = takeDatexRoadworks(
      `<payload xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><situation id="S1">
        <situationRecord xsi:type="ConstructionWorks" id="R1">
          <validity><validityTimeSpecification><overallStartTime>${day(500)}</overallStartTime>
            <overallEndTime>${day(501)}</overallEndTime></validityTimeSpecification></validity>
          <locationReference><gmlLineString srsName="EPSG:4326"><posList>${positions.join(' ')}</posList>
            </gmlLineString></locationReference>
        </situationRecord></situation></payload>`,
      'ZDM',
    );
    expect(problems).toEqual([]);
    const [draft] = drafts;
    if (draft === undefined) throw new Error('the feed gave no draft');
    const { id, became } = await register.draft(`ZDM/${draft.externalId}`, draft.content, JAN);
    expect(became).toBe('new');
    expect(await register.read(id, JAN)).toMatchObject({
      state: 'draft',
      owner: 'ZDM',
      streets: ['Pozioma 1'],
      lengthM: 80,
    });
  });

  it('tells a model of traffic which lanes are left, where and when', async () => {
    const { id } = await published(
      works(400, 402, {
        impact: 'one_direction',
        place: {
          kind: 'line',
          line: [
            [E + 290, N + 300],
            [E + 210, N + 300],
          ],
        },
      }),
    );
    const from = Date.parse(day(401));
    const { closures } = await register.traffic({ fromMs: from, toMs: from + 5 * DAY_MS });
    const mine = closures.filter(({ obstruction }) => obstruction === id);
    expect(mine).toMatchObject([
      { road: 'R23-33', lanesForward: 0, lanesBackward: 1, modes: ['car', 'bus'] },
    ]);
    expect(Date.parse(mine[0]?.to ?? '') - from).toBeLessThanOrEqual(DAY_MS);
  });
});
