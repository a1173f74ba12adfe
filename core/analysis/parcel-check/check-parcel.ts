/** The frame of a check: runs every rule over the facts of one parcel, and never takes "no data" for "no constraint". */
import type { Text } from '../../feature/layer.ts';
import { firstVersion, LAW_VERSION, provisionAt } from '../../law/law.ts';
import { lawReferenceOf } from '../../law/provision.ts';
import type { CheckedParcel, Finding, FindingSource } from '../../wire/parcel-check.ts';
import { COVERAGE_FACTOR, ParcelAccuracy } from './accuracy.ts';
import type { LayerFact, ParcelFacts } from './facts.ts';
import { toHundredth, toTenth } from './judge.ts';
import { type DayLaw, type Draft, notAssessedBecause, type Rule } from './rule.ts';
import { RULES } from './rules.ts';

/** Of rules and law together: the same facts and versions give the same findings. */
export const RULES_VERSION = `3.${LAW_VERSION}`;

/** Less of the parcel than this may be uncovered by rounding. */
const WHOLLY_COVERED = 0.999;

export interface CheckedFindings {
  readonly parcel: CheckedParcel;
  readonly findings: readonly Finding[];
  readonly notAssessed: readonly string[];
}

/** @param lawDate YYYY-MM-DD */
export function checkParcel(
  facts: ParcelFacts,
  lawDate: string,
  rules: readonly Rule[] = RULES,
): CheckedFindings {
  const accuracy = new ParcelAccuracy(facts);
  const law: DayLaw = { day: lawDate, provision: (id) => provisionAt(id, lawDate) };
  const findings = rules.flatMap((rule) => findingsOf(rule, facts, law, accuracy));
  const notAssessed = findings.filter(({ state }) => state === 'not-assessed').map(({ rule }) => rule);
  return { parcel: headOf(facts, accuracy), findings, notAssessed: [...new Set(notAssessed)] };
}

function findingsOf(
  rule: Rule,
  facts: ParcelFacts,
  law: DayLaw,
  accuracy: ParcelAccuracy,
): readonly Finding[] {
  const layers = rule.needs.map((name) => facts.layers.find((layer) => layer.name === name) ?? name);
  const drafts = draftsOf(rule, layers, facts, law, accuracy);
  const taken = new Map<string, number>();
  return drafts.map((draft) => {
    const finding = completed(rule, draft, facts, law);
    const nth = (taken.get(finding.id) ?? 0) + 1;
    taken.set(finding.id, nth);
    return nth === 1 ? finding : { ...finding, id: `${finding.id}~${nth}` };
  });
}

function draftsOf(
  rule: Rule,
  layers: readonly (LayerFact | string)[],
  facts: ParcelFacts,
  law: DayLaw,
  accuracy: ParcelAccuracy,
): readonly Draft[] {
  const [first] = rule.provisions;
  if (!law.provision(first)) {
    const { from, unit } = firstVersion(first);
    return [
      notAssessedBecause(
        `Na ${law.day} nie znamy brzmienia ${unit}; najstarsze znane obowiązuje od ${from}.`,
        `The text of ${unit} on ${law.day} is not known; the oldest known is in force since ${from}.`,
      ),
    ];
  }
  for (const layer of layers) {
    const missing = missingBecause(layer);
    if (missing) return [missing];
  }
  const drafts = rule.find(facts, law, accuracy);
  const partly = layers.find(
    (layer): layer is LayerFact => typeof layer !== 'string' && layer.coveredShare < WHOLLY_COVERED,
  );
  if (!partly) return drafts;
  return [...drafts.filter(({ state }) => state !== 'does-not-apply'), uncovered(partly)];
}

/** Why a layer says nothing at all about this parcel; undefined when it does. */
function missingBecause(layer: LayerFact | string): Draft | undefined {
  if (typeof layer === 'string') {
    const unknown = notAssessedBecause(
      'Miasto nie prowadzi jeszcze takich danych.',
      'The city keeps no such data yet.',
    );
    return { ...unknown, trace: [`there is no layer ${layer}`] };
  }
  const { name, title, failure, version, count, coveredShare } = layer;
  if (failure !== undefined) {
    return notAssessedBecause(
      `Nie udało się odczytać danych „${title.pl}”: ${failure}.`,
      `The data "${title.en}" could not be read: ${failure}.`,
      name,
    );
  }
  if (version === 0 || count === 0) {
    return notAssessedBecause(
      `Danych „${title.pl}” nie wczytano.`,
      `The data "${title.en}" have not been loaded.`,
      name,
    );
  }
  return coveredShare === 0 ? uncovered(layer) : undefined;
}

const uncovered = ({ name, title, coveredShare, coverage }: LayerFact): Draft => {
  const pct = toTenth(100 * coveredShare);
  const how =
    coverage === 'declared'
      ? { pl: 'zasięg podany przy wczytaniu', en: 'coverage declared with the data' }
      : {
          pl: 'zasięgu nie podano, przyjęto prostokąt obiektów',
          en: 'no declared coverage: the box of its objects',
        };
  return notAssessedBecause(
    `Dane „${title.pl}” obejmują ${pct} % działki (${how.pl}); o reszcie nic nie wiadomo.`,
    `The data "${title.en}" cover ${pct} % of the parcel (${how.en}); nothing is known of the rest.`,
    name,
  );
};

function completed(rule: Rule, draft: Draft, facts: ParcelFacts, law: DayLaw): Finding {
  const id = draft.provision ?? rule.provisions[0];
  const provision = law.provision(id) ?? firstVersion(id);
  const layer = facts.layers.find(({ name }) => name === (draft.layer ?? rule.needs[0]));
  const objects = draft.objects ?? [];
  const old = layer?.isStale && layer.version > 0 ? layer : undefined;
  return {
    id: [rule.id, draft.state === 'not-assessed' ? 'unknown' : objects[0]].filter(Boolean).join(':'),
    rule: rule.id,
    category: rule.category,
    title: rule.title,
    state: draft.state,
    reason: old ? saidOfOld(draft.reason, old) : draft.reason,
    ...(draft.measured && { measured: draft.measured }),
    ...(draft.threshold && { threshold: draft.threshold }),
    strength: draft.strength ?? provision.strength,
    law: lawReferenceOf(provision),
    ...(layer && { source: sourceOf(layer) }),
    objects: [...objects],
    ...(draft.geometry && { geometry: { ...draft.geometry } }),
    ...(draft.reduced && { reduced: draft.reduced }),
    trace: [...(draft.trace ?? []), ...(old ? [`layer ${old.name} is older than its freshness limit`] : [])],
  };
}

/** An answer from data that should have been renewed says so itself, wherever it is read. */
function saidOfOld({ pl, en }: Text, { title, loadedAt }: LayerFact): Text {
  const day = loadedAt?.slice(0, 10) ?? '?';
  return {
    pl: `${pl} Dane „${title.pl}” są po terminie aktualizacji (wczytano ${day}).`,
    en: `${en} The data "${title.en}" are older than they should be (loaded on ${day}).`,
  };
}

const sourceOf = ({
  name,
  version,
  loadedAt,
  source,
  licence,
  steward,
  isStale,
}: LayerFact): FindingSource => ({
  layer: name,
  version,
  ...(loadedAt !== undefined && { datasetDate: loadedAt }),
  ...(source !== undefined && { source }),
  licence,
  steward,
  isStale,
});

function headOf({ parcel }: ParcelFacts, accuracy: ParcelAccuracy): CheckedParcel {
  const polygons = parcel.geometry.coordinates;
  const positions = polygons.flat(2);
  const bound = (axis: 0 | 1, pick: (a: number, b: number) => number) =>
    positions.reduce((found, at) => pick(found, at[axis]), positions[0]?.[axis] ?? 0);
  return {
    id: parcel.id,
    areaM2: toHundredth(accuracy.areaM2),
    areaErrorM2: toHundredth(COVERAGE_FACTOR * accuracy.areaSigmaM2),
    ...(parcel.registeredAreaHa !== null && {
      registeredAreaM2: toTenth(parcel.registeredAreaHa * 10_000),
    }),
    perimeterM: toHundredth(accuracy.perimeterM),
    widthM: toHundredth(accuracy.perimeterM > 0 ? (2 * accuracy.areaM2) / accuracy.perimeterM : 0),
    parts: polygons.length,
    holes: polygons.reduce((sum, rings) => sum + rings.length - 1, 0),
    ...(parcel.landUse !== null && { landUse: parcel.landUse }),
    bbox: [bound(0, Math.min), bound(1, Math.min), bound(0, Math.max), bound(1, Math.max)],
  };
}
