import { useSignal } from '@preact/signals';
import {
  CATEGORIES,
  type Finding,
  type FindingState,
  type ParcelCheck,
} from '../../core/wire/parcel-check.ts';
import { formatDate } from '../format/number.ts';
import { flyTo } from '../state/twin-state.ts';
import { said, t, tn } from '../text/text.ts';
import { boxOfShape } from './finding-shape.ts';
import {
  CATEGORY_WORDS,
  measureWords,
  STATE_ORDER,
  STATE_SHAPES,
  STATE_WORDS,
  STRENGTH_WORDS,
  shortWords,
  thresholdWords,
  validityWords,
} from './finding-words.ts';
import { pointedFinding } from './parcel-state.ts';

/** Everything that was found, by subject; what was not assessed stands before it and cannot be hidden. */
export function FindingList({ check }: { check: ParcelCheck }) {
  const shown = useSignal<ReadonlySet<FindingState>>(new Set<FindingState>(['applies', 'touches']));
  const { findings } = check;
  const unknown = findings.filter(({ state }) => state === 'not-assessed');
  const count = (state: FindingState) => findings.filter((finding) => finding.state === state).length;
  const toggle = (state: FindingState) => {
    const next = new Set(shown.value);
    if (!next.delete(state)) next.add(state);
    shown.value = next;
  };
  const visible = findings.filter(({ state }) => state !== 'not-assessed' && shown.value.has(state));
  return (
    <>
      <ul class="finding-counts">
        {STATE_ORDER.map((state) => (
          <li key={state} class={`finding-count ${state}`}>
            <button
              type="button"
              disabled={state === 'not-assessed'}
              aria-pressed={state === 'not-assessed' ? undefined : shown.value.has(state)}
              onClick={() => toggle(state)}
            >
              <span aria-hidden="true">{STATE_SHAPES[state]}</span>
              <strong>{count(state)}</strong>
              <span>{t(STATE_WORDS[state])}</span>
            </button>
          </li>
        ))}
      </ul>
      <NotAssessed findings={unknown} />
      {visible.length === 0 && <p class="quiet">{t('findingsNoneShown')}</p>}
      {CATEGORIES.map((category) => {
        const members = visible.filter((finding) => finding.category === category);
        if (members.length === 0) return null;
        return (
          <section key={category} class="finding-group">
            <h3 class="panel-subtitle">{t(CATEGORY_WORDS[category])}</h3>
            <ul>
              {members.toSorted(byState).map((finding) => (
                <li key={finding.id}>
                  <FindingRow finding={finding} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

const byState = (a: Finding, b: Finding): number =>
  STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state);

/** What nothing is known of: as much part of the answer as the rest. */
function NotAssessed({ findings }: { findings: readonly Finding[] }) {
  return (
    <details class="findings-unknown" open={findings.length > 0 && findings.length <= 4}>
      <summary>
        <span aria-hidden="true">? </span>
        {findings.length === 0
          ? t('findingsAllAssessed')
          : tn('findingsNotAssessed', findings.length, { n: findings.length })}
      </summary>
      <ul>
        {findings.map((finding) => (
          <li key={finding.id}>
            <FindingRow finding={finding} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function FindingRow({ finding }: { finding: Finding }) {
  const { state, title, reason, geometry, strength, law } = finding;
  const measures = measureWords(finding);
  const point = () => {
    pointedFinding.value = finding;
  };
  const leave = () => {
    if (pointedFinding.peek() === finding) pointedFinding.value = undefined;
  };
  const box = geometry && boxOfShape(geometry);
  return (
    <details class={`finding ${state}`} onPointerEnter={point} onPointerLeave={leave} onFocusIn={point}>
      <summary>
        <span class="finding-shape" aria-hidden="true">
          {STATE_SHAPES[state]}
        </span>
        <span class="finding-title">
          {said(title)}
          <span class="visually-hidden">. {t(STATE_WORDS[state])}</span>
        </span>
        <span class="finding-measure">{shortWords(finding)}</span>
      </summary>
      <div class="finding-body">
        <p>{said(reason)}</p>
        {(measures.length > 0 || finding.threshold) && (
          <p class="finding-numbers">{[...measures, thresholdWords(finding)].filter(Boolean).join(' · ')}</p>
        )}
        <p>
          <span class={`chip strength ${strength}`}>{t(STRENGTH_WORDS[strength])}</span>{' '}
          {law.certainty === 'to-verify' && <span class="chip warning">{t('lawToVerify')}</span>}
        </p>
        <dl class="finding-law">
          <dt title={said(law.actTitle)}>
            {law.act}, {law.unit}
          </dt>
          <dd>
            {said(law.paraphrase)}{' '}
            <span class="quiet">
              {said(law.actTitle)}, {law.journal}; {validityWords(finding)}.
            </span>
          </dd>
          {finding.source && <Origin finding={finding} />}
          {finding.objects.length > 0 && (
            <>
              <dt>{t('findingObjects')}</dt>
              <dd class="finding-ids">{finding.objects.join(', ')}</dd>
            </>
          )}
        </dl>
        {finding.reduced && <p class="what-if-note">{said(finding.reduced)}</p>}
        {box && (
          <button type="button" class="text-button" onClick={() => flyTo(box)}>
            {t('findingOnMap')}
          </button>
        )}
        {finding.trace.length > 0 && (
          <details class="finding-trace">
            <summary>{t('findingTrace')}</summary>
            <ol>
              {finding.trace.map((step, index) => (
                <li key={index}>{step}</li>
              ))}
            </ol>
          </details>
        )}
      </div>
    </details>
  );
}

function Origin({ finding: { source } }: { finding: Finding }) {
  if (!source) return null;
  const date = source.datasetDate === undefined ? undefined : formatDate(source.datasetDate);
  return (
    <>
      <dt>{t('findingSource')}</dt>
      <dd>
        {said(source.steward)}
        {source.source ? `, ${source.source}` : ''}; {date ?? t('layerUnknownDate')},{' '}
        {t('findingVersion', { n: source.version })}. <span class="quiet">{said(source.licence)}</span>{' '}
        {source.isStale && <span class="chip warning">{t('findingStale')}</span>}
      </dd>
    </>
  );
}
