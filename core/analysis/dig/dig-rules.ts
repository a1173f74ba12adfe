/** Distances and agreements that the law asks of who digs beside a line. */
import type { Provision } from '../../law/provision.ts';
import { lawReferenceOf, numberIn } from '../../law/provision.ts';
import type { DigQuestion, DigRule } from '../../wire/dig-check.ts';
import { COVERAGE_FACTOR } from '../parcel-check/accuracy.ts';
import { judgeDistance, toHundredth } from '../parcel-check/judge.ts';
import type { DayLaw } from '../parcel-check/rule.ts';
import { stripOf } from '../parcel-check/strips.ts';
import type { DigLine } from './dig-facts.ts';

/** Overhead lines by voltage; a voltage that is not told counts as the highest. */
const OVERHEAD: Readonly<Record<string, string>> = {
  power_low: 'BHP-55-nn',
  power_medium: 'BHP-55-SN',
  power_high: 'BHP-55-WN',
  power_extra_high: 'BHP-55-NN',
};

/** What the law of the day asks of an excavation beside a line: only what is broken, doubtful or to be agreed. */
export function rulesFor(
  line: DigLine,
  axisM: number,
  outsideM: number,
  { clearanceM }: DigQuestion,
  sigmaM: number,
  law: DayLaw,
): DigRule[] {
  const rules: DigRule[] = [];
  const numeric = (version: Provision | undefined, askedM: number) => {
    if (!version) return;
    const judged = judgeDistance(axisM, askedM, sigmaM);
    if (judged === 'does-not-apply') return;
    rules.push({
      ...of(version),
      askedM,
      measuredM: toHundredth(axisM),
      state: judged === 'applies' ? 'broken' : 'within-accuracy',
    });
  };
  if (line.network === 'power' && line.course === 'overhead') {
    const id = OVERHEAD[line.lineType ?? ''];
    const version = law.provision(id ?? 'BHP-55-NN');
    const askedM = version ? numberIn(version, 'distanceM') : 0;
    if (id !== undefined) numeric(version, askedM);
    else if (version && axisM <= askedM) {
      rules.push({
        ...of(version),
        ...{ askedM, measuredM: toHundredth(axisM), state: 'not-assessed' },
        reason: {
          pl: 'Rejestr nie podaje napięcia linii; przyjęto najszerszy pas.',
          en: 'The register does not tell the voltage; the widest strip was taken.',
        },
      });
    }
  }
  if (line.network === 'gas') {
    const { strip, doubt } = stripOf({ ...line, distanceM: axisM, lengthM: 0 }, law);
    if (strip) numeric(law.provision(strip.provision), strip.halfWidthM);
    const old = law.provision('GAZ-110');
    if (doubt && old && axisM <= doubt.reachM) {
      const measuredM = toHundredth(axisM);
      rules.push({ ...of(old), askedM: null, measuredM, state: 'not-assessed', reason: doubt.reason });
    }
  }
  const settle = law.provision('BHP-144');
  if (settle && line.course !== 'overhead' && outsideM <= clearanceM + COVERAGE_FACTOR * sigmaM) {
    rules.push({ ...of(settle), askedM: null, measuredM: toHundredth(axisM), state: 'to-agree' });
  }
  return rules;
}

const of = (version: Provision): Pick<DigRule, 'law' | 'strength'> => ({
  law: lawReferenceOf(version),
  strength: version.strength,
});
