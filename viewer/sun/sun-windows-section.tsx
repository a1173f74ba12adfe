import type { SunResult } from '../../core/analysis/sun/sun-result.ts';
import { formatNumber } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { flyToSelected } from '../state/fly-to-selected.ts';
import { select } from '../state/twin-state.ts';
import { said, t, tn } from '../text/text.ts';
import { StudyProgress } from './study-progress.tsx';
import { askWindows, stopWindows, windows } from './sun-study.ts';

/** Neighbours that lose sun or an open sector by the edits of the open scenario. */
export function SunWindowsSection() {
  const state = windows.value;
  return (
    <section class="sun-section" aria-labelledby="sun-windows-title">
      <h2 id="sun-windows-title" class="panel-subtitle">
        {t('sunWindowsTitle')}
      </h2>
      <p class="quiet">{t('sunWindowsHint')}</p>
      {state.kind !== 'busy' && (
        <button type="button" class="button" onClick={() => void askWindows()}>
          <Icon name="house" />
          {t('sunAskWindows')}
        </button>
      )}
      {state.kind === 'busy' && (
        <StudyProgress label={t('sunWindowsBusy')} percent={state.percent} onStop={stopWindows} />
      )}
      {state.kind === 'failed' && (
        <p class="what-if-refusal" role="alert">
          {t('sunMapFailed', { reason: state.reason })}
        </p>
      )}
      {state.kind === 'ready' && <Findings result={state.value} />}
    </section>
  );
}

function Findings({ result }: { result: SunResult }) {
  const { findings, points, doubt, errorMin, rules } = result;
  const unitOf = (id: string) => rules.find((rule) => rule.id === id)?.unit ?? id;
  return (
    <>
      {findings.length === 0 ? (
        <p class="what-if-fine">{t('sunWindowsFine', { n: formatNumber(points, 0) })}</p>
      ) : (
        <>
          <p>{tn('sunWindowsFound', findings.length, { n: findings.length })}</p>
          <ul class="verdicts">
            {findings.map((finding) => (
              <li class="verdict" key={`${finding.code} ${finding.building}`}>
                <span aria-hidden="true">{finding.state === 'applies' ? '●' : '◐'}</span>
                <span>
                  {t(finding.state === 'applies' ? 'sunFindingSure' : 'sunFindingNear')}:{' '}
                  <strong>{said(finding.message)}</strong>{' '}
                  <button
                    type="button"
                    class="text-button"
                    title={t('findingShow')}
                    onClick={() => {
                      select(
                        finding.registerId === null
                          ? { layer: 'buildings_3d', id: finding.building }
                          : { layer: 'buildings', id: finding.registerId },
                      );
                      flyToSelected();
                    }}
                  >
                    {finding.registerId ?? finding.building}
                  </button>
                  <span class="quiet finding-source">{unitOf(finding.ruleId)}</span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="quiet">{t('sunWindowsBound', { minutes: errorMin })}</p>
      {doubt && <p class="quiet">{said(doubt)}</p>}
    </>
  );
}
