/** Running cases and decisions about the parcel: what binds, and what has ended. */
import { CASES } from '../../../catalogue/cases.ts';
import { propertyOf, type Text } from '../../../feature/layer.ts';
import { sigmaOfLayer } from '../accuracy.ts';
import type { AreaFact } from '../facts.ts';
import { judgeCommon } from '../judge.ts';
import type { Draft, Rule } from '../rule.ts';

const labelOf = (property: string, code: unknown): Text =>
  propertyOf(CASES, property)?.codelist?.find((entry) => entry.code === code)?.label ?? {
    pl: String(code ?? '?'),
    en: String(code ?? '?'),
  };

type Course = 'running' | 'in-force' | 'ended';

/** How a case stands on a day; undefined before it was begun. */
function courseOn({ properties }: AreaFact, day: string): Course | undefined {
  const { applied_on: applied, decided_on: decided, valid_until: until, status } = properties;
  if (typeof applied === 'string' && applied > day) return undefined;
  if (typeof decided === 'string' && decided > day) return 'running';
  if (status === 'running' || status === 'suspended') return 'running';
  if (status !== 'granted') return 'ended';
  return typeof until === 'string' && until < day ? 'ended' : 'in-force';
}

function toldOf({ id, properties }: AreaFact, course: Course): Text {
  const kind = labelOf('kind', properties['kind']);
  const state = labelOf('status', properties['status']);
  const { number, subject, authority, applied_on: from, final_on: final, valid_until: until } = properties;
  const head = `${number ?? id}`;
  const what = subject ? ` (${subject})` : '';
  if (course === 'running') {
    return {
      pl: `${kind.pl}${what}, ${head}: w toku od ${from ?? '?'}, ${authority ?? '?'}.`,
      en: `${kind.en}${what}, ${head}: running since ${from ?? '?'}, ${authority ?? '?'}.`,
    };
  }
  if (course === 'in-force') {
    return {
      pl: `${kind.pl}${what}, ${head}: ${state.pl}, ostateczna od ${final ?? '?'}, ważna do ${until ?? 'odwołania'}.`,
      en: `${kind.en}${what}, ${head}: ${state.en}, final since ${final ?? '?'}, valid until ${until ?? 'revoked'}.`,
    };
  }
  return {
    pl: `${kind.pl}${what}, ${head}: ${state.pl}${until ? `, do ${until}` : ''} – nie wiąże.`,
    en: `${kind.en}${what}, ${head}: ${state.en}${until ? `, until ${until}` : ''} – binds no longer.`,
  };
}

export const CASE_RULES: readonly Rule[] = [
  {
    id: 'running-cases',
    category: 'cases',
    title: { pl: 'Sprawy i decyzje', en: 'Running cases and decisions' },
    provisions: ['PB-20', 'WZ-64c'],
    needs: ['cases'],
    find({ areas }, { day }, accuracy) {
      const drafts = areas.flatMap((area): readonly Draft[] => {
        const course = area.layer === 'cases' && area.common ? courseOn(area, day) : undefined;
        if (!area.common || course === undefined) return [];
        const { state, measured, trace } = judgeCommon(area.common, accuracy, sigmaOfLayer('cases'));
        return [
          {
            state: course === 'ended' ? 'does-not-apply' : state,
            provision: area.properties['kind'] === 'building_conditions' ? 'WZ-64c' : 'PB-20',
            reason: toldOf(area, course),
            objects: [area.id],
            measured,
            geometry: area.common,
            trace,
          },
        ];
      });
      if (drafts.length > 0) return drafts;
      return [
        {
          state: 'does-not-apply',
          reason: {
            pl: 'Rejestry nie pokazują spraw ani decyzji o tej działce.',
            en: 'The registers show no case or decision about this parcel.',
          },
        },
      ];
    },
  },
];
