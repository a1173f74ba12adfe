/** Real planning acts (APP 2.0): taken over whole, and each deliberate fault told by rule, object, line and place. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { describeWithSharedData, sharedData } from '../../test/support/shared-data.ts';
import { sql } from '../store/sql.ts';
import { loadFile } from './load-file.ts';
import type { FileLoadReport } from './load-report.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'blizniak-plans-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const load = (path: string, dataset: string, dryRun = false) =>
  loadFile({ pool: database.pool, path, dataset, dryRun, allowOutside: true });
const app = (...path: string[]) => sharedData('planning-app', ...path);
const faults = ({ notes }: FileLoadReport) => notes.filter(({ code }) => code.startsWith('plan-'));
const rules = (report: FileLoadReport) => [...new Set(faults(report).map(({ code }) => code))];

describeWithSharedData('planning acts of ../shared/data/planning-app', () => {
  it('takes the act of Poznań over, with its title, status and extent', async () => {
    const report = await load(app('poznan-pog-akt.gml'), 'city');
    expect(report).toMatchObject({ format: 'app-gml', read: 1, written: 1, rejected: 0, crs: 'EPSG:2177' });
    expect(faults(report)).toEqual([]);
    const [act] = await database.pool.read(
      sql`select id, plan_kind, title, status, in_force_since::text, round(ST_Area(geom) / 1e6) as km2
        from city.plan_act where valid_to is null`,
    );
    expect(act).toEqual({
      id: '306401-POG_1POG',
      plan_kind: 'general',
      title: 'Plan ogólny miasta Poznania',
      status: 'elaboration',
      in_force_since: '2025-04-14',
      km2: 253,
    });
  });

  it('takes 28 zones of a real commune over, with limits and uses, and raises no false alarm', async () => {
    await load(app('abc-1', 'AktPlanowaniaPrzestrzennego.gml'), 'abc');
    const report = await load(app('abc-1', 'StrefaPlanistyczna.gml'), 'abc');
    expect(report).toMatchObject({ read: 28, written: 28, rejected: 0 });
    expect(faults(report)).toEqual([]);
    const [zone] = await database.pool.read(
      sql`select act_id, zone_kind, base_profile, additional_profile, max_height_m, max_intensity,
        min_bioactive_share_pct from abc.plan_zone where id = '321202-POG_1POG-1SZ'`,
    );
    expect(zone).toEqual({
      act_id: '321202-POG_1POG',
      zone_kind: 'SZ',
      base_profile: 'RZM, RZP, RA, K, ZP, ZD, I',
      additional_profile: 'L, W, ZN',
      max_height_m: 15,
      max_intensity: 0.8,
      min_bioactive_share_pct: 50,
    });
  });

  it('says of a file without its act that nobody can tell whether its zones fill it', async () => {
    const report = await load(app('test-2', 'StrefaPlanistyczna_OK.gml'), 'alone', true);
    expect(faults(report).map(({ code, objectId }) => [code, objectId])).toEqual([
      ['plan-act-unknown', '121201-POG_1POG'],
    ]);
  });

  it('finds each deliberate fault of the ministry, and nothing in the sound file', async () => {
    await load(app('test-2', 'AktPlanowaniaPrzestrzennego.gml'), 'plans');
    const told: Record<string, unknown> = {};
    for (const name of [
      'OK',
      'BLEDNE-OZNACZENIE',
      'DUPLIKAT-LOKALNYID',
      'DWA-MIEJSCA-INTENSYWNOSC',
      'LUKA',
    ]) {
      const report = await load(app('test-2', `StrefaPlanistyczna_${name}.gml`), 'plans', true);
      told[name] = faults(report).map(({ code, objectId, at }) => [code, objectId, at?.map(Math.round)]);
    }
    expect(told).toEqual({
      OK: [],
      'BLEDNE-OZNACZENIE': [['plan-designation', '121201-POG_1POG-1SP', [7378556, 5574058]]],
      'DUPLIKAT-LOKALNYID': [['plan-duplicate-id', '121201-POG_1POG-1SU', [7378556, 5574058]]],
      'DWA-MIEJSCA-INTENSYWNOSC': [['plan-decimals', '121201-POG_1POG-1SU', [7381668, 5571731]]],
      LUKA: [['plan-gap', '121201-POG_1POG-1SJ', [7382652, 5575264]]],
    });
  });

  const ZONES = 'StrefaPlanistyczna_OK.gml';
  const first = (text: string, from: string | RegExp, to: string) => {
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    return changed;
  };
  it.each<[rule: string, from: string | RegExp, to: string]>([
    ['plan-local-id', '<app:lokalnyId>1POG-1SJ<', '<app:lokalnyId>POG-1SJ<'],
    [
      'plan-namespace',
      'PL.ZIPPZP.1234/121201-POG</app:przestrzenNazw>',
      'PL.ZIPPZP/121201-POG</app:przestrzenNazw>',
    ],
    ['plan-version-id', '<app:wersjaId>20250731T131916<', '<app:wersjaId>2025-07-31<'],
    [
      'plan-dates',
      '</app:obowiazujeOd>',
      '</app:obowiazujeOd><app:obowiazujeDo>2025-01-01</app:obowiazujeDo>',
    ],
    ['plan-end-missing', 'ProcessStepGeneralValue/elaboration', 'ProcessStepGeneralValue/obsolete'],
    ['plan-symbol-name', 'strefaWielofunkcyjnaZZabudowaMieszkaniowaJednorodzinna', 'strefaUslugowa'],
    ['plan-limit-missing', /<app:maksWysokoscZabudowy.*/, ''],
    ['plan-limit-range', 'maksUdzialPowierzchniZabudowy>30.1<', 'maksUdzialPowierzchniZabudowy>130.1<'],
    ['plan-base-profile', /<app:profilPodstawowy.*KPT-MPZP-ZD.*/, ''],
    [
      'plan-additional-profile',
      '<app:maksNad',
      '<app:profilDodatkowy xlink:href="x#KPT-MPZP-G" /><app:maksNad',
    ],
    ['plan-duplicate-designation', '<app:oznaczenie>1SU<', '<app:oznaczenie>1SJ<'],
    [
      'plan-outside-act',
      '5572605.04823811 7384984.04551393 5571739',
      '5570705.04823811 7385084.04551393 5571739',
    ],
    ['plan-overlap', '7381788.28260304 5573857', '7381788.28260304 5575053 7383547 5573857'],
  ])('tells %s with object, and place or line', async (rule, from, to) => {
    const path = join(folder, `${rule}.gml`);
    writeFileSync(path, first(readFileSync(app('test-2', ZONES), 'utf8'), from, to));
    const report = await load(path, 'plans', true);
    expect(rules(report)).toContain(rule);
    const fault = faults(report).find(({ code }) => code === rule);
    expect(fault?.objectId).toMatch(/POG/);
    expect(fault?.at ?? fault?.line).toBeDefined();
  });
});
