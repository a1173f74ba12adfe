import { CloseButton } from '../frame/close-button.tsx';
import { Icon } from '../frame/icon.tsx';
import {
  finishMeasure,
  isOutline,
  type MeasureKind,
  type Measurement,
  measurement,
  startMeasure,
  stopMeasure,
  undoMeasurePoint,
} from '../state/measure.ts';
import { measuredOf } from '../state/measured.ts';
import { mode, webglAvailable } from '../state/twin-state.ts';
import { t, type Word } from '../text/text.ts';
import { MeasureResult } from './measure-result.tsx';
import { VolumeResult } from './volume-result.tsx';

const KINDS: readonly { readonly kind: MeasureKind; readonly word: Word }[] = [
  { kind: 'distance', word: 'measureDistance' },
  { kind: 'area', word: 'measureArea' },
  { kind: 'height', word: 'measureHeight' },
  { kind: 'volume', word: 'measureVolume' },
];

const HINTS: Partial<Readonly<Record<MeasureKind, Word>>> = {
  height: 'measureHeightHint',
  volume: 'measureVolumeHint',
};

/** The measuring tool over the map: what is measured, what comes out, and the points one can take back. */
export function MeasurePanel() {
  const now = measurement.value;
  if (!now) return null;
  return (
    <section class="measure" aria-label={t('measure')}>
      <header class="measure-head">
        <fieldset class="segmented" aria-label={t('measure')}>
          {KINDS.map(({ kind, word }) => (
            <button
              key={kind}
              type="button"
              aria-pressed={now.kind === kind}
              onClick={() => startMeasure(kind)}
            >
              {t(word)}
            </button>
          ))}
        </fieldset>
        <CloseButton byEscape label={t('measureStop')} onClick={stopMeasure} />
      </header>
      <div class="measure-body scroll">
        <MeasureBody now={now} />
      </div>
      {now.points.length > 0 && (
        <footer class="measure-actions">
          <button type="button" class="button" onClick={undoMeasurePoint}>
            <Icon name="undo" />
            {t('measureUndo')}
          </button>
          {!now.finished && now.kind !== 'height' && (
            <button
              type="button"
              class="button primary"
              disabled={now.points.length < (isOutline(now.kind) ? 3 : 2)}
              onClick={finishMeasure}
            >
              {t('measureFinish')}
            </button>
          )}
        </footer>
      )}
    </section>
  );
}

function MeasureBody({ now }: { now: Measurement }) {
  if (now.kind === 'height' && mode.value === '2d') {
    return (
      <div class="measure-needs">
        <p>{t('measureNeeds3d')}</p>
        <button
          type="button"
          class="button"
          disabled={!webglAvailable.value}
          onClick={() => {
            mode.value = '3d';
          }}
        >
          <Icon name="box" />
          {t('show3d')}
        </button>
      </div>
    );
  }
  if (now.kind === 'volume' && now.finished) return <VolumeResult now={now} />;
  const result = measuredOf(now.points, isOutline(now.kind));
  if (result) return <MeasureResult now={now} result={result} />;
  return (
    <>
      <p>{t(HINTS[now.kind] ?? 'measureHint')}</p>
      <p class="quiet">{t('measureKeys')}</p>
    </>
  );
}
