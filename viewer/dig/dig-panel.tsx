import { CloseButton } from '../frame/close-button.tsx';
import { Icon } from '../frame/icon.tsx';
import {
  changeDig,
  closeDig,
  type Dig,
  dig,
  drawDig,
  finishDig,
  groundAlpha,
  undoCorner,
} from '../state/dig.ts';
import { mode, webglAvailable } from '../state/twin-state.ts';
import { t } from '../text/text.ts';
import './dig.css';
import { digAnswer } from './dig-answer.ts';
import { DigResult } from './dig-result.tsx';

/** Over the map: how much ground is seen, the excavation that is drawn, and what it meets. */
export function DigPanel() {
  const now = dig.value;
  if (!now) return null;
  return (
    <section class="measure dig" aria-labelledby="dig-title">
      <header class="measure-head">
        <h2 id="dig-title">{t('digTitle')}</h2>
        <CloseButton byEscape label={t('digClose')} onClick={closeDig} />
      </header>
      <div class="measure-body scroll">
        <Look />
        <Question now={now} />
        {now.isDrawing ? (
          <>
            <p>{t('digHint')}</p>
            <p class="quiet">{t('digKeys')}</p>
          </>
        ) : (
          now.corners.length > 2 && <Answer />
        )}
      </div>
      <footer class="measure-actions">
        {now.isDrawing && now.corners.length > 0 && (
          <button type="button" class="button" onClick={undoCorner}>
            <Icon name="undo" />
            {t('measureUndo')}
          </button>
        )}
        {now.isDrawing ? (
          <button type="button" class="button primary" disabled={now.corners.length < 3} onClick={finishDig}>
            {t('digFinish')}
          </button>
        ) : (
          <button type="button" class="button primary" onClick={drawDig}>
            <Icon name="shovel" />
            {t(now.corners.length > 2 ? 'digDrawAgain' : 'digDraw')}
          </button>
        )}
      </footer>
    </section>
  );
}

function Look() {
  if (mode.value === '2d') {
    return (
      <button
        type="button"
        class="button"
        disabled={!webglAvailable.value}
        onClick={() => {
          mode.value = '3d';
        }}
      >
        <Icon name="box" />
        {t('digShow3d')}
      </button>
    );
  }
  return (
    <label class="field">
      {t('digGround')}
      <input
        type="range"
        min="0"
        max="100"
        step="5"
        value={Math.round(groundAlpha.value * 100)}
        onInput={(event) => {
          groundAlpha.value = Number(event.currentTarget.value) / 100;
        }}
      />
    </label>
  );
}

function Question({ now }: { now: Dig }) {
  return (
    <div class="dig-question">
      <NumberField
        label={t('digDepth')}
        value={now.depthM}
        range={[0.1, 30]}
        onChange={(depthM) => changeDig({ depthM })}
      />
      <NumberField
        label={t('digClearance')}
        value={now.clearanceM}
        range={[0, 10]}
        onChange={(clearanceM) => changeDig({ clearanceM })}
      />
    </div>
  );
}

function NumberField({
  label,
  value,
  range: [min, max],
  onChange,
}: {
  label: string;
  value: number;
  range: readonly [number, number];
  onChange: (value: number) => void;
}) {
  return (
    <label class="field">
      {label}
      <input
        type="number"
        min={min}
        max={max}
        step="0.1"
        value={value}
        onChange={(event) => {
          const asked = event.currentTarget.valueAsNumber;
          if (asked >= min && asked <= max) onChange(asked);
          else event.currentTarget.value = String(value);
        }}
      />
    </label>
  );
}

function Answer() {
  const told = digAnswer.value;
  if (told.kind === 'loading') return <p role="status">{t('digAsking')}</p>;
  if (told.kind === 'failed') {
    return (
      <p class="what-if-note warning" role="alert">
        {t('digFailed', { reason: told.reason })}
      </p>
    );
  }
  return <DigResult answer={told.value} />;
}
