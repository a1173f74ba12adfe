import { lengthOf } from '../../core/geo/polyline.ts';
import { formatLength } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { t, type Word } from '../text/text.ts';
import {
  clearPoints,
  detourLine,
  drawnLine,
  drawnPlace,
  keptPlace,
  type Pen,
  pen,
  points,
  startPen,
  stopPen,
  takePointBack,
} from './drawing.ts';

const BUTTONS: readonly (readonly [Pen, Word])[] = [
  ['line', 'obsDrawLine'],
  ['area', 'obsDrawArea'],
  ['detour', 'obsDrawDetour'],
];

/** Where it is: drawn along streets or round an area, and the way round it. */
export function PlaceFields() {
  const now = pen.value;
  return (
    <fieldset class="obs-place">
      <legend>{t('obsPlace')}</legend>
      <div class="what-if-actions">
        {BUTTONS.map(([which, word]) => (
          <button
            key={which}
            type="button"
            class="button"
            aria-pressed={now === which}
            onClick={() => (now === which ? stopPen() : startPen(which))}
          >
            <Icon name="pen-tool" />
            {t(word)}
          </button>
        ))}
      </div>
      {now ? (
        <>
          <p role="status">{t(now === 'area' ? 'obsDrawAreaHint' : 'obsDrawLineHint')}</p>
          <div class="what-if-actions">
            <button
              type="button"
              class="button"
              disabled={points.value[now].length === 0}
              onClick={takePointBack}
            >
              <Icon name="undo" />
              {t('drawBack')}
            </button>
            <button
              type="button"
              class="button"
              disabled={points.value[now].length === 0}
              onClick={() => clearPoints(now)}
            >
              {t('drawAnew')}
            </button>
            <button type="button" class="button" onClick={stopPen}>
              {t('obsDrawDone')}
            </button>
          </div>
        </>
      ) : (
        <p class="quiet">{placeWords()}</p>
      )}
    </fieldset>
  );
}

function placeWords(): string {
  const place = drawnPlace.value;
  const detourM = lengthOf(detourLine.value);
  const detour = detourM > 0 ? `; ${t('obsDetour')}: ${formatLength(detourM)}` : '';
  if (!place) return t('obsNoPlace') + detour;
  if (keptPlace.value) return t('obsKeptPlace') + detour;
  if (place.kind === 'area') return t('obsAreaDrawn', { n: place.outline.length }) + detour;
  return t('obsLineDrawn', { length: formatLength(lengthOf(drawnLine.value)) }) + detour;
}
