/** Noise in the report of traffic: who is exposed, the limits and their act, and the maps. */
import { COLOURS_BY } from '../analysis/noise/noise-colours.ts';
import { casesText } from '../analysis/noise/published-cases.ts';
import type { Language } from '../feature/layer.ts';
import { provisionAt } from '../law/law.ts';
import { lawReferenceOf, numberIn } from '../law/provision.ts';
import type { TrafficResult } from '../wire/traffic.ts';
import type { NoiseChange, TrafficNoise } from '../wire/traffic-noise.ts';
import { type PaperMap, paperMapBlocks } from './paper-map.ts';
import type { Block } from './print-document.ts';
import { cell, columns, heads, pair, type Say } from './traffic-cells.ts';

export interface NoisePaperMaps {
  readonly before: PaperMap;
  /** Of a scenario. */
  readonly after: PaperMap | undefined;
  readonly change: PaperMap | undefined;
}

interface NoisePaper {
  readonly language: Language;
  readonly result: TrafficResult;
  readonly noiseMaps: NoisePaperMaps | undefined;
  readonly lawDate: string;
}

const EXPOSED = [
  ['overLdwn', 'residentsOverLdwn'],
  ['overNight', 'residentsOverNight'],
  ['limitUnknown', 'residentsNotAssessed'],
  ['sensitiveOver', 'sensitiveOverLdwn'],
  ['sensitiveUnknown', 'sensitiveNotAssessed'],
] as const;

export function noiseBlocks(
  { language, result: { noise }, noiseMaps, lawDate }: NoisePaper,
  say: Say,
): readonly Block[] {
  const { before, after, change, method, passList, vectors } = noise;
  return [
    { kind: 'heading', level: 2, text: say('noise') },
    {
      ...{ kind: 'table', caption: say('noise') },
      columns: columns(say('residents'), ...heads(say, after !== null)),
      rows: [
        ...EXPOSED.map(([word, of]) => [say(word), ...pair(before[of], after?.[of] ?? null, language)]),
        ...bandRows(noise, say, language),
      ],
    },
    ...(change ? [changeFacts(change, say, language)] : []),
    ...limitBlocks(lawDate, say, language),
    ...mapBlocks(noise, noiseMaps, say, language),
    {
      kind: 'paragraph',
      tone: 'quiet',
      text: `${method[language]} ${say('passes')}: ${casesText(passList)}. ${say('vectors')}: ${vectors.met.join(', ')}.`,
    },
    ...vectors.faulty.map(
      ({ name, reason }): Block => ({
        kind: 'paragraph',
        tone: 'quiet',
        text: `${say('vectorNotMet')} ${name}: ${reason[language]}.`,
      }),
    ),
  ];
}

/** Residents by bands of LDWN. */
function bandRows({ before, after }: TrafficNoise, say: Say, language: Language): readonly string[][] {
  return before.residentsByLdwn.map(({ fromDb, residents }, k) => {
    const next = before.residentsByLdwn[k + 1]?.fromDb;
    const band = next === undefined ? `≥ ${fromDb} dB` : `${fromDb}–${next} dB`;
    return [
      `${say('exposedTo')} ${band}`,
      ...pair(residents, after?.residentsByLdwn[k]?.residents ?? null, language),
    ];
  });
}

/** Which limit holds where, by the regulation as it is on the day. */
function limitBlocks(lawDate: string, say: Say, language: Language): readonly Block[] {
  const limits = (['HAL-2', 'HAL-3', 'HAL-4'] as const).flatMap((id) => provisionAt(id, lawDate) ?? []);
  const [first] = limits;
  if (!first) return [];
  const { actTitle, journal, unit } = lawReferenceOf(first);
  return [
    {
      ...{ kind: 'table', caption: say('limits') },
      columns: columns(say('ground'), 'LDWN, dB', 'LN, dB'),
      rows: limits.map((limit) => [
        limit.paraphrase[language],
        cell(numberIn(limit, 'ldwnDb'), language),
        cell(numberIn(limit, 'lnDb'), language),
      ]),
    },
    {
      kind: 'paragraph',
      tone: 'quiet',
      text: `${actTitle[language]} (${journal}), ${unit}. ${say('downtown')}`,
    },
  ];
}

function mapBlocks(
  { map, change }: TrafficNoise,
  maps: NoisePaperMaps | undefined,
  say: Say,
  language: Language,
): readonly Block[] {
  if (!map || !maps) return [{ kind: 'note', tone: 'info', text: say('noNoiseMap') }];
  const places = `${say('mapPlaces')} ${cell(map.stepM, language)} m. ${say('colours')}: ${COLOURS_BY}.`;
  const bound = `${say('changeBound')}: ${cell(map.boundDb, language, 1)}.`;
  const captioned = (paper: PaperMap | undefined, words: string): readonly Block[] =>
    paper ? paperMapBlocks(paper, { alt: words, caption: words }) : [];
  return [
    { kind: 'heading', level: 2, text: say('noiseMap') },
    ...captioned(maps.before, `${say('noiseMapBefore')} ${places}`),
    ...captioned(maps.after, `${say('noiseMapAfter')} ${places}`),
    ...(change ? captioned(maps.change, `${say('noiseMapChange')} ${bound}`) : []),
  ];
}

const changeFacts = (
  { boundDb, residentsLouder, residentsQuieter }: NoiseChange,
  say: Say,
  language: Language,
): Block => ({
  kind: 'facts',
  facts: [
    { name: say('louder'), value: cell(residentsLouder, language) },
    { name: say('quieter'), value: cell(residentsQuieter, language) },
    { name: say('changeBound'), value: cell(boundDb, language, 1) },
  ],
});
