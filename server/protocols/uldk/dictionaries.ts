/** Lists of districts by name and number: `service.php?obiekt=obreb&wynik=nazwa,teryt&teryt=306401_1`. */
import { invalidParameter } from '../../../core/errors.ts';
import type { FeatureSource } from '../../../core/feature/source.ts';
import { isCityCounty, terytPlace, VOIVODESHIPS } from '../../../core/geo/teryt.ts';
import type { Kvp } from '../../http/kvp.ts';

interface Entry {
  readonly nazwa: string;
  readonly teryt: string;
}

const KINDS = ['wojewodztwo', 'powiat', 'gmina', 'obreb'] as const;

/**
 * @returns rows of the columns asked for, in order of their numbers
 * @throws TwinError invalid-parameter naming what there is
 */
export async function dictionary(
  kvp: Kvp,
  source: FeatureSource,
  signal: AbortSignal,
): Promise<readonly (readonly string[])[]> {
  const asked = kvp.require('obiekt').toLowerCase();
  const kind = KINDS.find((known) => known === asked);
  if (!kind) {
    throw invalidParameter('obiekt', `obiekt is one of ${KINDS.join(', ')}, got "${asked.slice(0, 40)}"`);
  }
  const columns = (kvp.list('wynik') ?? ['nazwa', 'teryt']).map((name) => {
    const column = (['nazwa', 'teryt'] as const).find((known) => known === name.toLowerCase());
    if (column) return column;
    throw invalidParameter('wynik', `wynik is nazwa, teryt or both, got "${name.slice(0, 40)}"`);
  });
  const under = kvp.get('teryt') ?? '';
  const entries = await entriesOf(kind, source, signal);
  return entries
    .filter(({ teryt }) => teryt.startsWith(under))
    .toSorted((a, b) => (a.teryt < b.teryt ? -1 : 1))
    .map((entry) => columns.map((column) => entry[column]));
}

async function entriesOf(
  kind: (typeof KINDS)[number],
  source: FeatureSource,
  signal: AbortSignal,
): Promise<readonly Entry[]> {
  if (kind === 'obreb') return named('precincts', source, signal);
  const communes = await named('cadastral_units', source, signal);
  if (kind === 'gmina') return communes;
  const found = new Map<string, Entry>();
  for (const { nazwa, teryt } of communes) {
    const place = terytPlace(teryt);
    if (!place) continue;
    const number = kind === 'powiat' ? place.county : place.voivodeship;
    const name = kind === 'wojewodztwo' ? (VOIVODESHIPS[number] ?? '') : isCityCounty(number) ? nazwa : '';
    if (!found.has(number)) found.set(number, { nazwa: name, teryt: number });
  }
  return [...found.values()];
}

async function named(layer: string, source: FeatureSource, signal: AbortSignal): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for await (const { id, properties } of source.query(
    { layer, withGeometry: false, properties: ['name'] },
    signal,
  )) {
    entries.push({ nazwa: String(properties['name'] ?? ''), teryt: id });
  }
  return entries;
}
