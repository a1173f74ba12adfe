/** What every feed of obstructions says, whatever its form. */
import { IMPACT_CODES, MODE_CODES, OBSTRUCTION_KIND_CODES } from '../../catalogue/obstructions.ts';
import type { CodelistEntry, Language } from '../../feature/layer.ts';
import { transformBetween } from '../../geo/crs.ts';
import type { Obstruction } from '../../wire/obstruction.ts';

/** The frame of a feed. Addresses are absolute, without a trailing slash. */
export interface Feed {
  readonly serviceUrl: string;
  /** Of the feed itself. */
  readonly selfUrl: string;
  readonly language: Language;
  readonly cityName: string;
  readonly obstructions: readonly Obstruction[];
}

export const feedTitle = ({ language, cityName }: Pick<Feed, 'language' | 'cityName'>): string =>
  language === 'pl' ? `Utrudnienia w ruchu – ${cityName}` : `Obstructions – ${cityName}`;

/** When anything in it changed last; 1970 for an empty feed, so that it is the same each time. */
export const updatedAt = ({ obstructions }: Pick<Feed, 'obstructions'>): string =>
  obstructions.reduce(
    (latest, { updatedAt }) => [latest, updatedAt].toSorted().at(-1) ?? latest,
    '1970-01-01T00:00:00Z',
  );

/** Where people see it on the map. */
export const pageUrl = ({ serviceUrl }: Pick<Feed, 'serviceUrl'>, { id }: Pick<Obstruction, 'id'>): string =>
  `${serviceUrl}/#pick=obstructions/${id}`;

const label = (codelist: readonly CodelistEntry[], code: string, language: Language): string =>
  codelist.find((entry) => entry.code === code)?.label[language] ?? code;

const WORDS = {
  pl: {
    lanes: 'pozostałe pasy',
    for: 'dotyczy',
    detour: 'Objazd',
    owner: 'Zajmujący pas',
    from: 'od',
    to: 'do',
    decision: 'Decyzja',
  },
  en: {
    lanes: 'lanes left',
    for: 'affects',
    detour: 'Detour',
    owner: 'Occupier',
    from: 'from',
    to: 'to',
    decision: 'Decision',
  },
} as const;

/** Everything of it in a few sentences. */
export function summaryOf(each: Obstruction, language: Language): string {
  const words = WORDS[language];
  const moment = (iso: string) =>
    new Date(iso).toLocaleString(language === 'pl' ? 'pl-PL' : 'en-GB', {
      timeZone: 'Europe/Warsaw',
      dateStyle: 'medium',
      timeStyle: 'short',
    });
  const impact = label(IMPACT_CODES, each.impact, language);
  const parts = [
    `${label(OBSTRUCTION_KIND_CODES, each.kind, language)}: ${impact}${each.lanesLeft === undefined ? '' : ` (${words.lanes}: ${each.lanesLeft})`}`,
    each.streets.join(', '),
    `${words.from} ${moment(each.startsAt)} ${words.to} ${moment(each.endsAt)}`,
    `${words.for}: ${each.modes.map((mode) => label(MODE_CODES, mode, language)).join(', ')}`,
    each.detour && `${words.detour}: ${each.detour.text}`,
    each.description,
    each.decision && `${words.decision}: ${each.decision.number}`,
    `${words.owner}: ${each.owner}`,
  ];
  const text = parts.filter((part) => part !== undefined && part !== '').join('. ');
  return text.endsWith('.') ? text : `${text}.`;
}

const toWgs84 = transformBetween(2177, 4326);

/** Longitude, latitude to about a decimetre. */
export function lonLat(position: readonly [number, number]): readonly [number, number] {
  const [lon, lat] = toWgs84(position);
  return [Math.round(lon * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6];
}

/** A place on it for readers that know only points: the middle of its first line, else a corner of its ground. */
export function pointOf({ lines, area }: Pick<Obstruction, 'lines' | 'area'>): readonly [number, number] {
  const [line = []] = lines;
  return lonLat(line[Math.floor(line.length / 2)] ?? area[0]?.[0]?.[0] ?? [0, 0]);
}
