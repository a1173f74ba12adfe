import {
  groupParcelFindings,
  type ParcelFindingGroup,
} from '../../../core/analysis/consequences/group-parcel-findings.ts';
import type { ParcelChecks, ParcelFinding } from '../../../core/wire/consequences.ts';
import { STATE_SHAPES, STATE_WORDS, shortWords } from '../../parcel/finding-words.ts';
import { flyToSelected } from '../../state/fly-to-selected.ts';
import { select } from '../../state/twin-state.ts';
import { said, t, tn, type Word } from '../../text/text.ts';
import { CHANGE_WORDS } from './change-words.ts';

/** So many parcels of one rule are listed; the answer of the service has them all. */
const MOST_LISTED = 50;

/** What the whole check of parcels says otherwise than before, rule by rule. */
export function ParcelFindings({ checks }: { checks: ParcelChecks }) {
  const { parcels, findings } = checks;
  if (parcels === 0) return null;
  const n = { n: parcels };
  if (findings.length === 0) return <p class="what-if-fine">{tn('parcelChecksSame', parcels, n)}</p>;
  return (
    <div class="what-if-note consequence-findings">
      <p>{tn('parcelChecksDiffer', parcels, n)}</p>
      <ul class="verdicts">
        {groupParcelFindings(findings).map((group) => (
          <Group key={`${group.change} ${group.rule}`} group={group} />
        ))}
      </ul>
    </div>
  );
}

function Group({ group: { change, first, findings } }: { group: ParcelFindingGroup }) {
  const doubtful = findings.every(({ significance }) => significance === 'within-error');
  const shown = findings.slice(0, MOST_LISTED);
  return (
    <li class={`verdict ${doubtful ? '' : change}`}>
      <span aria-hidden="true">{STATE_SHAPES[stateAfter(first)]}</span>
      <details>
        <summary>
          {t(CHANGE_WORDS[change])}: <strong>{said(first.title)}</strong>{' '}
          <span class="quiet">
            {tn('parcelCount', findings.length, { n: findings.length })}
            {doubtful && ` · ${t('consequencesWithin')}`}
          </span>
        </summary>
        <ul class="findings">
          {shown.map((finding) => (
            <li key={`${finding.parcel} ${finding.id}`}>
              <Member finding={finding} />
            </li>
          ))}
        </ul>
        {findings.length > shown.length && (
          <p class="quiet">{t('parcelFindingsMore', { n: findings.length - shown.length })}</p>
        )}
        <span class="quiet finding-source">
          {first.law.act} {first.law.unit}
        </span>
      </details>
    </li>
  );
}

const stateAfter = ({ after }: ParcelFinding) => after?.state ?? 'does-not-apply';

const PARCEL_STATES: Readonly<Record<ParcelFinding['parcelState'], Word | undefined>> = {
  kept: undefined,
  new: 'parcelIsNew',
  gone: 'parcelIsGone',
};

function Member({ finding }: { finding: ParcelFinding }) {
  const { parcel, parcelState, before, after } = finding;
  const told = after && after.state !== 'does-not-apply' ? after : before;
  const word = PARCEL_STATES[parcelState];
  return (
    <>
      {parcelState === 'gone' ? (
        parcel
      ) : (
        <button
          type="button"
          class="text-button"
          title={t('findingShow')}
          onClick={() => {
            select({ layer: 'parcels', id: parcel });
            flyToSelected();
          }}
        >
          {parcel}
        </button>
      )}
      {word && <span class="quiet"> ({t(word)})</span>}: {sideWords(before)} → {sideWords(after)}
      {told && <span class="quiet finding-source">{said(told.reason)}</span>}
    </>
  );
}

/** Its state, and what was measured. */
function sideWords(side: ParcelFinding['before']): string {
  if (!side) return t('parcelFindingNone');
  const measures = side.state === 'does-not-apply' ? '' : shortWords(side);
  return measures === '' ? t(STATE_WORDS[side.state]) : `${t(STATE_WORDS[side.state])}, ${measures}`;
}
