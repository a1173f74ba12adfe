import type { ConsequenceFinding, FindingStatus } from '../../../core/wire/consequences.ts';
import { formatNumber, formatQuantity } from '../../format/number.ts';
import { flyToSelected } from '../../state/fly-to-selected.ts';
import { select } from '../../state/twin-state.ts';
import { said, t, tn } from '../../text/text.ts';
import { CHANGE_WORDS } from './change-words.ts';

/** Shape and word, never colour alone. */
const SHAPES: Readonly<Record<FindingStatus, string>> = {
  breach: '●',
  'within-accuracy': '◐',
  met: '○',
  'no-limit': '○',
  'not-assessed': '?',
  absent: '○',
};

/** Rules that are broken in one state and not in the other. */
export function ConsequenceFindings({ findings }: { findings: readonly ConsequenceFinding[] }) {
  if (findings.length === 0) return <p class="what-if-fine">{t('consequencesNoFindings')}</p>;
  return (
    <div class="what-if-note consequence-findings">
      <p>{tn('consequencesFindings', findings.length, { n: findings.length })}</p>
      <ul class="verdicts">
        {findings.map((finding) => (
          <li class={`verdict ${finding.change}`} key={`${finding.code} ${finding.layer}/${finding.id}`}>
            <span aria-hidden="true">{SHAPES[finding.after]}</span>
            <span>
              {t(CHANGE_WORDS[finding.change])}: <strong>{said(finding.message)}</strong>{' '}
              {measuredWords(finding)}{' '}
              <button
                type="button"
                class="text-button"
                title={t('findingShow')}
                onClick={() => {
                  select({ layer: finding.layer, id: finding.id });
                  flyToSelected();
                }}
              >
                {finding.id}
              </button>
              <span class="quiet finding-source">{finding.source}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What was measured, how exactly, and what the rule allows. */
function measuredWords({ measured, bound, limit, unit }: ConsequenceFinding): string {
  if (measured === undefined) return '';
  const quantity = (value: number) =>
    unit === '1' ? formatNumber(value, 2) : formatQuantity(value, unit, 1);
  const value = bound ? `${quantity(measured)} ± ${formatNumber(bound, 2)}` : quantity(measured);
  return limit === undefined ? `(${value})` : t('findingMeasured', { value, limit: quantity(limit) });
}
