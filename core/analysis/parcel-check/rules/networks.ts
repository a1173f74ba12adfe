/** Strips along utility lines: of statute for gas, of guidelines and practice for the rest. */
import type { Text } from '../../../feature/layer.ts';
import { sigmaOfNetwork } from '../accuracy.ts';
import type { LineFact, ParcelFacts } from '../facts.ts';
import { judgeCommon, judgeDistance, measuredDistance, toHundredth } from '../judge.ts';
import type { DayLaw, Draft, Rule } from '../rule.ts';
import { type Strip, type StripOfLine, stripOf } from '../strips.ts';

interface StripRule {
  readonly id: string;
  readonly title: Text;
  readonly provisions: Rule['provisions'];
  readonly says: Text;
  readonly none: Text;
}

/** A line with the strip that it has. */
interface Stripped {
  readonly line: LineFact;
  readonly strip: Strip;
}

/** Every rule of strips asks of the same lines. */
const lastStripped = new WeakMap<
  readonly LineFact[],
  { readonly day: string; readonly found: readonly (StripOfLine & { readonly line: LineFact })[] }
>();

function strippedLines({ lines }: ParcelFacts, law: DayLaw) {
  const known = lastStripped.get(lines);
  if (known?.day === law.day) return known.found;
  const found = lines.map((line) => ({ line, ...stripOf(line, law) }));
  lastStripped.set(lines, { day: law.day, found });
  return found;
}

const stripRule = (declared: StripRule): Rule => ({
  id: declared.id,
  category: 'networks',
  title: declared.title,
  provisions: declared.provisions,
  needs: ['utility_lines'],
  find(facts, law, accuracy) {
    const found = strippedLines(facts, law);
    const groups = new Map<string, Stripped[]>();
    for (const { line, strip } of found) {
      if (strip?.rule !== declared.id) continue;
      groups.set(strip.key, [...(groups.get(strip.key) ?? []), { line, strip }]);
    }
    const drafts = [...groups.values()].flatMap((group) => stripDraft(declared, group, facts, accuracy));
    const doubts = found.filter(
      ({ doubt, line }) => doubt?.rule === declared.id && line.distanceM <= doubt.reachM,
    );
    const [first] = doubts;
    if (first?.doubt) {
      drafts.push({
        state: 'not-assessed',
        reason: first.doubt.reason,
        ...(declared.id === 'gas-control-zone' && { provision: 'GAZ-110' }),
        objects: doubts.map(({ line }) => line.id),
        measured: { distanceM: toHundredth(Math.min(...doubts.map(({ line }) => line.distanceM))) },
      });
    }
    return drafts.length > 0 ? drafts : [{ state: 'does-not-apply', reason: declared.none }];
  },
});

function stripDraft(
  { says }: StripRule,
  group: readonly Stripped[],
  facts: ParcelFacts,
  accuracy: Parameters<Rule['find']>[2],
): Draft[] {
  const [first] = group;
  if (!first) return [];
  const { halfWidthM, key, provision } = first.strip;
  const lineSigmaM = Math.max(...group.map(({ line }) => sigmaOfNetwork(line.positionSource)));
  const sigmaM = accuracy.sigmaOfDistance(lineSigmaM);
  const judged = group.map(({ line }) => ({
    line,
    state: judgeDistance(line.distanceM, halfWidthM, sigmaM),
  }));
  const near = judged.filter(
    ({ state, line }) => state !== 'does-not-apply' || (halfWidthM === 0 && line.lengthM > 0),
  );
  if (near.length === 0) return [];
  const lengthM = near.reduce((sum, { line }) => sum + line.lengthM, 0);
  const distanceM = Math.min(...near.map(({ line }) => line.distanceM));
  const area = facts.stripAreas.find((each) => each.key === key);
  const measures = area && judgeCommon(area.common, accuracy, lineSigmaM);
  const isOn = near.some(({ line, state }) => state === 'applies' || line.lengthM > 2 * sigmaM);
  return [
    {
      state: isOn && (measures ? measures.state === 'applies' : lengthM > 0) ? 'applies' : 'touches',
      reason: says,
      provision,
      objects: near.map(({ line }) => line.id),
      measured: {
        ...measures?.measured,
        ...measuredDistance(distanceM, sigmaM),
        ...(lengthM > 0 && { lengthM: toHundredth(lengthM) }),
      },
      ...(halfWidthM > 0 && { threshold: { must: '>=', value: halfWidthM, unit: 'm' } }),
      ...(area && { geometry: area.common }),
      trace: [
        `${near.length} lines, half width ${halfWidthM} m by ${provision}, σ of the worst ${lineSigmaM} m`,
        ...(measures?.trace ?? []),
      ],
    },
  ];
}

export const NETWORK_RULES: readonly Rule[] = [
  stripRule({
    id: 'gas-control-zone',
    title: { pl: 'Strefa kontrolowana gazociągu', en: 'Control zone of a gas pipeline' },
    provisions: ['GAZ-10-a', 'GAZ-10-b', 'GAZ-10-c', 'GAZ-10-d', 'GAZ-10-e', 'GAZ-10-f', 'GAZ-110'],
    says: {
      pl: 'Strefa kontrolowana gazociągu wchodzi na działkę: bez budynków i składów, roboty za zgodą operatora.',
      en: 'The control zone of a gas pipeline reaches the parcel: no buildings or stores, works with the operator’s consent.',
    },
    none: {
      pl: 'Żadna strefa gazociągu nie sięga działki.',
      en: 'No zone of a gas pipeline reaches the parcel.',
    },
  }),
  stripRule({
    id: 'power-overhead-strip',
    title: { pl: 'Pas linii napowietrznej', en: 'Strip of an overhead power line' },
    provisions: ['EL-nn', 'EL-SN', 'EL-110', 'EL-400'],
    says: {
      pl: 'Pas techniczny linii napowietrznej według praktyki; ustawa go nie wyznacza, decyduje operator.',
      en: 'The strip of an overhead line as is practice; no statute sets it, the operator decides.',
    },
    none: { pl: 'Żadna linia napowietrzna nie biegnie tak blisko.', en: 'No overhead line runs so near.' },
  }),
  stripRule({
    id: 'power-cable-strip',
    title: { pl: 'Pas kabla elektroenergetycznego', en: 'Strip of a power cable' },
    provisions: ['EL-kb'],
    says: {
      pl: 'Kabel elektroenergetyczny: po 0,5–1 m z każdej strony według praktyki operatorów.',
      en: 'A power cable: 0.5–1 m on either side as is practice.',
    },
    none: { pl: 'Żaden kabel nie leży tak blisko.', en: 'No power cable lies so near.' },
  }),
  stripRule({
    id: 'water-main-strip',
    title: { pl: 'Pas wodociągu', en: 'Strip of a water main' },
    provisions: ['WK-1-100', 'WK-1-300', 'WK-1-500', 'WK-1-max'],
    says: {
      pl: 'Odległość budynku od wodociągu według wytycznych operatorów.',
      en: 'Distance of buildings to a water main by guidelines of operators.',
    },
    none: { pl: 'Żaden wodociąg nie leży tak blisko.', en: 'No water main lies so near.' },
  }),
  stripRule({
    id: 'sewer-strip',
    title: { pl: 'Pas kanalizacji', en: 'Strip of a sewer' },
    provisions: ['WK-3', 'WK-4'],
    says: {
      pl: 'Odległość budynku od kanału według wytycznych operatorów.',
      en: 'Distance of buildings to a sewer by guidelines of operators.',
    },
    none: { pl: 'Żaden kanał nie leży tak blisko.', en: 'No sewer lies so near.' },
  }),
  stripRule({
    id: 'heat-strip',
    title: { pl: 'Pas sieci cieplnej', en: 'Strip of a heat pipe' },
    provisions: ['CO-1-150', 'CO-1-500', 'CO-1-max'],
    says: {
      pl: 'Odległość budynku od sieci cieplnej według wytycznych operatorów.',
      en: 'Distance of buildings to heat pipes by guidelines of operators.',
    },
    none: { pl: 'Żadna sieć cieplna nie leży tak blisko.', en: 'No heat pipe lies so near.' },
  }),
  stripRule({
    id: 'telecom-line',
    title: { pl: 'Sieć telekomunikacyjna', en: 'Telecom line' },
    provisions: ['TEL'],
    says: {
      pl: 'Kabel lub kanał telekomunikacyjny na działce: odległość uzgadnia się z operatorem.',
      en: 'A telecom cable or duct on the parcel: the distance is agreed with the operator.',
    },
    none: {
      pl: 'Na działce nie ma sieci telekomunikacyjnej.',
      en: 'There is no telecom line on the parcel.',
    },
  }),
  stripRule({
    id: 'other-line',
    title: { pl: 'Przewód specjalny lub niezidentyfikowany', en: 'Special or unidentified line' },
    provisions: ['PGIK-28b'],
    says: {
      pl: 'Przewód specjalny lub niezidentyfikowany na działce: trzeba go rozpoznać przed robotami.',
      en: 'A special or unidentified line on the parcel: it must be looked into before works.',
    },
    none: { pl: 'Nie ma tu takich przewodów.', en: 'There are no such lines here.' },
  }),
  {
    id: 'utility-access',
    category: 'networks',
    title: { pl: 'Uzbrojenie działki', en: 'Utilities within reach' },
    provisions: ['WT-26', 'WZ-61-1'],
    needs: ['utility_lines'],
    find({ lines }) {
      const missing = REQUIRED.filter(([network]) => !lines.some((line) => line.network === network));
      if (missing.length === 0) {
        return [
          {
            state: 'does-not-apply',
            reason: {
              pl: `Wodociąg, kanalizacja i sieć elektroenergetyczna leżą do ${REACH_M} m.`,
              en: `Water, sewer and power lie within ${REACH_M} m.`,
            },
          },
        ];
      }
      const [pl, en] = [missing.map(([, word]) => word), missing.map(([network]) => network)];
      return [
        {
          state: 'applies',
          reason: {
            pl: `W promieniu ${REACH_M} m nie ma: ${pl.join(', ')}; dostęp trzeba zapewnić inaczej.`,
            en: `Within ${REACH_M} m there is no ${en.join(', no ')}; access must be ensured otherwise.`,
          },
          threshold: { must: '<=', value: REACH_M, unit: 'm' },
        },
      ];
    },
  },
];

const REQUIRED = [
  ['water', 'wodociągu'],
  ['sewer', 'kanalizacji'],
  ['power', 'sieci elektroenergetycznej'],
] as const;

/** How far lines are read around a parcel: the widest strip, and what counts as within reach. */
export const REACH_M = 36;
