/**
 * A general plan of 4,000 zones, read, checked and loaded: `createdb bench && DATABASE_URL=postgres://…/bench npm run
 * bench:plan-load`. Zones of 12 corners in a grid that fills their act, with one gap and one overlap to be found.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ZONE_KINDS } from '../../core/plan/zone-kinds.ts';
import { loadFile } from '../../server/exchange/load-file.ts';
import { migrate } from '../../server/store/migrate.ts';
import { openPool } from '../../server/store/pool.ts';

const [COLUMNS, ROWS, SIDE_M] = [80, 50, 60];
const [E, N] = [6_420_000, 5_800_000];
const NAMESPACE = 'PL.ZIPPZP.1/306401-POG';
const APP = 'https://www.gov.pl/static/zagospodarowanieprzestrzenne';
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const databaseUrl = process.env['DATABASE_URL'];
if (databaseUrl === undefined) throw new Error('DATABASE_URL needs an empty database');

type Place = readonly [e: number, n: number];
/** Each side in three parts, so that a zone has 12 corners. */
function ring(e: number, n: number, width: number, height: number, parts = 3): readonly Place[] {
  const corners: Place[] = [
    [e, n],
    [e + width, n],
    [e + width, n + height],
    [e, n + height],
    [e, n],
  ];
  return corners.flatMap((corner, i) => {
    const next = corners[i + 1];
    if (!next) return [corner];
    return Array.from(
      { length: parts },
      (_, k): Place => [
        corner[0] + ((next[0] - corner[0]) * k) / parts,
        corner[1] + ((next[1] - corner[1]) * k) / parts,
      ],
    );
  });
}

const surface = (places: readonly Place[]): string =>
  `<gml:Polygon srsName="http://www.opengis.net/def/crs/EPSG/0/2177"><gml:exterior><gml:LinearRing><gml:posList>${places.map(([e, n]) => `${n} ${e}`).join(' ')}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>`;
const head = (id: string): string =>
  `<app:idIIP><app:Identyfikator><app:przestrzenNazw>${NAMESPACE}</app:przestrzenNazw><app:lokalnyId>${id}</app:lokalnyId><app:wersjaId>20260101T000000</app:wersjaId></app:Identyfikator></app:idIIP><app:poczatekWersjiObiektu>2026-01-01T00:00:00Z</app:poczatekWersjiObiektu>`;
const link = (name: string, list: string, code: string): string =>
  `<app:${name} xlink:href="${APP}/codelist/${list}/${code}"/>`;

const kind = ZONE_KINDS.find(({ code }) => code === 'SJ');
if (!kind) throw new Error('there is no zone SJ');
const uses = kind.baseProfiles.map((use) =>
  link('profilPodstawowy', 'KlasyPrzeznaczeniaTerenu', `KPT-MPZP-${use}`),
);
const members = [
  `<app:AktPlanowaniaPrzestrzennego gml:id="act">${head('1POG')}<app:tytul>Plan</app:tytul>${link('typPlanu', 'T', 'planOgolnyGminy')}<app:obowiazujeOd>2026-01-01</app:obowiazujeOd>${link('status', 'P', 'legalForce')}<app:zasiegPrzestrzenny>${surface(ring(E, N, COLUMNS * SIDE_M, ROWS * SIDE_M, 1))}</app:zasiegPrzestrzenny></app:AktPlanowaniaPrzestrzennego>`,
];
for (let i = 0; i < COLUMNS * ROWS; i++) {
  const [e, n] = [E + (i % COLUMNS) * SIDE_M, N + Math.floor(i / COLUMNS) * SIDE_M];
  // The 1,000th leaves a metre open, the 2,000th covers a metre of its neighbour.
  const widthM = SIDE_M + (i === 1_000 ? -1 : i === 2_000 ? 1 : 0);
  members.push(
    `<app:StrefaPlanistyczna gml:id="z${i}">${head(`1POG-${i + 1}SJ`)}<app:oznaczenie>${i + 1}SJ</app:oznaczenie><app:symbol>SJ</app:symbol><app:geometria>${surface(ring(e, n, widthM, SIDE_M))}</app:geometria><app:obowiazujeOd>2026-01-01</app:obowiazujeOd>${link('status', 'P', 'legalForce')}${link('nazwa', 'R', 'strefaWielofunkcyjnaZZabudowaMieszkaniowaJednorodzinna')}${uses.join('')}<app:maksNadziemnaIntensywnoscZabudowy>0.6</app:maksNadziemnaIntensywnoscZabudowy><app:maksUdzialPowierzchniZabudowy>40</app:maksUdzialPowierzchniZabudowy><app:maksWysokoscZabudowy uom="m">12</app:maksWysokoscZabudowy><app:minUdzialPowierzchniBiologicznieCzynnej>30</app:minUdzialPowierzchniBiologicznieCzynnej></app:StrefaPlanistyczna>`,
  );
}
const folder = mkdtempSync(join(tmpdir(), 'blizniak-plan-'));
const path = join(folder, 'plan.gml');
writeFileSync(
  path,
  `<?xml version="1.0" encoding="UTF-8"?>\n<wfs:FeatureCollection xmlns:app="${APP}/schemas/app/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:xlink="http://www.w3.org/1999/xlink">${members.map((member) => `<wfs:member>${member}</wfs:member>\n`).join('')}</wfs:FeatureCollection>`,
);

const pool = openPool({ databaseUrl, maxConnections: 2, statementTimeoutMs: 600_000 });
try {
  await migrate(pool);
  say(`${COLUMNS * ROWS} zones; ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`);
  const began = performance.now();
  const { read, written, rejected, notes } = await loadFile({
    pool,
    path,
    dataset: 'city',
    dryRun: false,
    allowOutside: true,
  });
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  say(`${seconds} s: read ${read}, written ${written}, rejected ${rejected} (aim 10 s)`);
  for (const { code, message } of notes.filter(({ code }) => code.startsWith('plan-')).slice(0, 5)) {
    say(`  ${code}: ${message}`);
  }
} finally {
  rmSync(folder, { recursive: true });
  await pool.close();
}
