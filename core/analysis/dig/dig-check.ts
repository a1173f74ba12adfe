/** What an excavation meets under the ground. Pure: the store gathers the lines, the terrain gives the ground. */
import type { Text } from '../../feature/layer.ts';
import { between, distance, isInside, signedArea, type Xy } from '../../geo/plane.ts';
import { distanceFromRing, distanceOutside, distanceToRing, lengthWithin } from '../../geo/polyline.ts';
import {
  DIG_VERDICTS,
  type DigAnswer,
  type DigLineAnswer,
  type DigQuestion,
  type DigVerdict,
} from '../../wire/dig-check.ts';
import { COVERAGE_FACTOR, sigmaOfNetwork } from '../parcel-check/accuracy.ts';
import { toHundredth } from '../parcel-check/judge.ts';
import type { DayLaw } from '../parcel-check/rule.ts';
import type { DigFacts, DigLine } from './dig-facts.ts';
import { rulesFor } from './dig-rules.ts';
import { type LaidLine, laidLine } from './laid-line.ts';

/** What is further away than this, and asks for nothing, is not listed. */
const LISTED_M = 5;
/** Places along a line at which its height is held against the bottom. */
const SAMPLE_M = 0.5;

export type DigFindings = Omit<DigAnswer, 'asked' | 'sources'> & { readonly areaM2: number };

/** @param outline without crossings; @param law of the day */
export function checkDig(
  { outline, depthM, clearanceM }: DigQuestion,
  { lines, devices, groundM }: DigFacts,
  law: DayLaw,
): DigFindings {
  const ground = heightsOf(samplesOf(outline).map(groundM));
  const told = lines
    .map((line) => lineAnswer(line, { outline, depthM, clearanceM }, groundM, law))
    .filter(isTold)
    .sort((a, b) => rankOf(a) - rankOf(b) || a.distanceM - b.distanceM || (a.id < b.id ? -1 : 1));
  const near = devices
    .map(({ at, positionSource, ...device }) => ({
      ...device,
      distanceM: toHundredth(distanceOutside(at, outline)),
      distanceErrorM: toHundredth(COVERAGE_FACTOR * sigmaOfNetwork(positionSource)),
    }))
    .filter(({ distanceM, distanceErrorM }) => distanceM <= clearanceM + distanceErrorM)
    .sort((a, b) => a.distanceM - b.distanceM || (a.id < b.id ? -1 : 1));
  return {
    areaM2: toHundredth(Math.abs(signedArea(outline))),
    ground,
    bottom: ground && {
      lowestM: toHundredth(ground.lowestM - depthM),
      highestM: toHundredth(ground.highestM - depthM),
    },
    counts: Object.fromEntries(
      DIG_VERDICTS.map((verdict) => [verdict, told.filter((line) => line.verdict === verdict).length]),
    ) as DigAnswer['counts'],
    lines: told,
    devices: near,
    notAssessed: doubtsOf(told, ground !== null),
  };
}

const isTold = ({ verdict, distanceM, rules }: DigLineAnswer): boolean =>
  distanceM <= LISTED_M || rules.length > 0 || verdict === 'too-near';

const rankOf = ({ verdict }: { readonly verdict: DigVerdict }): number => DIG_VERDICTS.indexOf(verdict);

function lineAnswer(
  line: DigLine,
  question: DigQuestion,
  groundM: DigFacts['groundM'],
  law: DayLaw,
): DigLineAnswer {
  const { outline, depthM, clearanceM } = question;
  const laid = laidLine(line, groundM);
  const inside = lengthWithin(line.path, outline);
  const axisM = inside > 0 ? 0 : distanceFromRing(line.path, outline);
  const outsideM = Math.max(0, axisM - (laid?.widthM ?? 0) / 2);
  const sigmaM = sigmaOfNetwork(line.positionSource);
  const there = laid && topsThere(laid, outline, axisM, groundM);
  const gapM = there ? Math.min(...there.map(({ topM, groundHereM }) => groundHereM - depthM - topM)) : NaN;
  const coverM = there ? Math.min(...there.map(({ topM, groundHereM }) => groundHereM - topM)) : NaN;
  const boundM = laid?.heightBoundM;
  const rules = rulesFor(line, axisM, outsideM, question, sigmaM, law);
  return {
    id: line.id,
    network: line.network,
    lineType: line.lineType,
    role: line.role,
    state: line.state,
    diameterMm: line.diameterMm,
    material: line.material,
    ...(line.operator !== undefined && { operator: line.operator }),
    verdict: verdictOf({
      isOverhead: line.course === 'overhead',
      // A line may lie within although its drawn axis does not.
      isIn: outsideM === 0,
      gapM,
      boundM,
      isTooNear:
        outsideM - COVERAGE_FACTOR * sigmaM < clearanceM || rules.some(({ state }) => state === 'broken'),
    }),
    distanceM: toHundredth(outsideM),
    distanceErrorM: toHundredth(COVERAGE_FACTOR * sigmaM),
    lengthM: toHundredth(inside),
    top: there ? heightsOf(there.map(({ topM }) => topM)) : null,
    coverM: numberOrNull(coverM),
    gapM: numberOrNull(gapM),
    gapErrorM: boundM === undefined || !Number.isFinite(gapM) ? null : boundM,
    heightSource: laid?.heightSource ?? 'unknown',
    isSizeKnown: laid?.isSizeKnown ?? false,
    rules,
  };
}

function verdictOf({
  isOverhead,
  isIn,
  gapM,
  boundM,
  isTooNear,
}: {
  readonly isOverhead: boolean;
  readonly isIn: boolean;
  readonly gapM: number;
  readonly boundM: number | undefined;
  readonly isTooNear: boolean;
}): DigVerdict {
  if (isOverhead) return 'overhead';
  if (isIn) {
    if (boundM === undefined || !Number.isFinite(gapM)) return 'may-be-in-excavation';
    if (gapM <= -boundM) return 'in-excavation';
    return gapM < boundM ? 'may-be-in-excavation' : 'under-bottom';
  }
  return isTooNear ? 'too-near' : 'near';
}

interface TopThere {
  readonly topM: number;
  readonly groundHereM: number;
}

/** The top of a line where it is in the outline; beside it, where it comes nearest. */
function topsThere(
  { axis, heightM }: LaidLine,
  outline: readonly Xy[],
  axisToOutlineM: number,
  groundM: DigFacts['groundM'],
): readonly TopThere[] | undefined {
  const all = axis.flatMap((a, i) => {
    const b = axis[i + 1];
    if (!b) return [a];
    const steps = Math.max(1, Math.ceil(distance([a[0], a[1]], [b[0], b[1]]) / SAMPLE_M));
    return Array.from({ length: steps }, (_, k): readonly [number, number, number] => {
      const [e, n] = between([a[0], a[1]], [b[0], b[1]], k / steps);
      return [e, n, a[2] + ((b[2] - a[2]) * k) / steps];
    });
  });
  const within = all.filter(([e, n]) => isInside(outline, [e, n]));
  const reachM = axisToOutlineM + SAMPLE_M;
  const places =
    within.length > 0 ? within : all.filter(([e, n]) => distanceToRing([e, n], outline) <= reachM);
  const tops = places
    .map(([e, n, z]) => ({ topM: z + heightM / 2, groundHereM: groundM([e, n]) }))
    .filter(({ groundHereM }) => Number.isFinite(groundHereM));
  return tops.length > 0 ? tops : undefined;
}

function doubtsOf(lines: readonly DigLineAnswer[], isGroundKnown: boolean): Text[] {
  const assumed = lines.filter(
    ({ heightSource }) => heightSource === 'assumed' || heightSource === 'unknown',
  );
  const doubts: Text[] = [
    {
      pl: 'Przewodów, których nie ma w rejestrze (niezgłoszone przyłącza, sieci wewnętrzne, zabytkowe i wojskowe): trzeba je szukać na miejscu, przekopem próbnym lub wykrywaczem.',
      en: 'Lines that the register does not hold (connections never reported, networks within estates, historic and military ones): look for them on site, by a trial pit or a detector.',
    },
    {
      pl: 'Obudowy i skarp wykopu, wody gruntowej, nośności gruntu i korzeni drzew.',
      en: 'Shoring and slopes of the excavation, ground water, bearing capacity and roots of trees.',
    },
  ];
  if (assumed.length > 0) {
    doubts.push({
      pl: `Głębokości ${assumed.length} przewodów: rejestr jej nie podaje albo jest ona zastrzeżona; przyjęto zwykłą.`,
      en: `The depth of ${assumed.length} lines: the register does not tell it, or it is withheld; the usual one was taken.`,
    });
  }
  if (!isGroundKnown) {
    doubts.push({
      pl: 'Wysokości terenu: model terenu jej tu nie ma, więc dna wykopu nie można porównać z rzędnymi.',
      en: 'The height of the ground: the terrain model has none here, so the bottom cannot be held against heights.',
    });
  }
  return doubts;
}

const numberOrNull = (value: number): number | null => (Number.isFinite(value) ? toHundredth(value) : null);

function heightsOf(heightsM: readonly number[]): { lowestM: number; highestM: number } | null {
  const known = heightsM.filter(Number.isFinite);
  if (known.length === 0) return null;
  return { lowestM: toHundredth(Math.min(...known)), highestM: toHundredth(Math.max(...known)) };
}

/** Corners, and places of a grid of about 20 by 20 within. */
function samplesOf(outline: readonly Xy[]): readonly Xy[] {
  const [es, ns] = [outline.map(([e]) => e), outline.map(([, n]) => n)];
  const [minE, minN] = [Math.min(...es), Math.min(...ns)];
  const stepM = Math.max(Math.max(...es) - minE, Math.max(...ns) - minN, 1) / 20;
  const grid = Array.from(
    { length: 441 },
    (_, i): Xy => [minE + (i % 21) * stepM, minN + Math.floor(i / 21) * stepM],
  );
  return [...outline, ...grid.filter((at) => isInside(outline, at))];
}
