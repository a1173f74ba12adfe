import { useEffect } from 'preact/hooks';
import { formatCount, formatQuantity } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { activeMap } from '../state/active-map.ts';
import { announce } from '../state/announcer.ts';
import {
  CLIP_LIMITS,
  type ClipBox,
  changeClip,
  clipBox,
  dropClip,
  isMovingClip,
  moveClip,
  startClip,
  stopMovingClip,
} from '../state/clip.ts';
import { MIDDLE } from '../state/map-view.ts';
import { planView } from '../state/twin-state.ts';
import { t, type Word } from '../text/text.ts';
import { NumberField } from '../whatif/edits/number-field.tsx';
import { clipCounts, followClipCounts } from './clip-counts.ts';

/** A box that the city is cut to, or that is cut out of it: where, how large, and what stands in it. */
export function ClipSection() {
  useEffect(followClipCounts, []);
  useEffect(() => stopMovingClip, []);
  const box = clipBox.value;
  if (!box) {
    return (
      <>
        <p>{t('clipHint')}</p>
        <button type="button" class="button primary" onClick={cutMiddle}>
          <Icon name="box" />
          {t('clipStart')}
        </button>
      </>
    );
  }
  return (
    <>
      <Fields box={box} />
      <Facts box={box} />
      <div class="view-tools-buttons">
        <button
          type="button"
          class="button"
          aria-pressed={isMovingClip.value}
          onClick={() => (isMovingClip.value ? stopMovingClip() : moveOnMap())}
        >
          {t(isMovingClip.value ? 'clipMoveStop' : 'clipMove')}
        </button>
        <button type="button" class="button" onClick={dropClip}>
          <Icon name="trash" />
          {t('clipDrop')}
        </button>
      </div>
      {isMovingClip.value && <p class="quiet">{t('clipKeys')}</p>}
    </>
  );
}

/** Where the view looks, standing on what is there. */
function cutMiddle(): void {
  const place = activeMap()?.placeAt(MIDDLE);
  const plan = planView.peek();
  const at = place?.at ?? (plan && ([plan.eastingM, plan.northingM] as const));
  if (!at) return;
  startClip(at, place?.on ? undefined : place?.heightM);
  announce(t('clipDone'));
}

function moveOnMap(): void {
  moveClip();
  document.getElementById('globe')?.focus();
}

const metres = (word: Word, [min, max]: readonly [number, number]) =>
  ({ label: t(word), unit: 'm', min, max, step: 0.1 }) as const;

function Fields({ box: { at, cutsGround, heightsM, keeps, sizeM } }: { box: ClipBox }) {
  return (
    <>
      <div class="view-tools-fields">
        <NumberField
          {...metres('clipNorthing', CLIP_LIMITS.northingM)}
          value={at[1]}
          onChange={(n) => changeClip({ at: [at[0], n] })}
        />
        <NumberField
          {...metres('clipEasting', CLIP_LIMITS.eastingM)}
          value={at[0]}
          onChange={(e) => changeClip({ at: [e, at[1]] })}
        />
        <NumberField
          {...metres('clipEastward', CLIP_LIMITS.sizeM)}
          value={sizeM[0]}
          onChange={(side) => changeClip({ sizeM: [side, sizeM[1]] })}
        />
        <NumberField
          {...metres('clipNorthward', CLIP_LIMITS.sizeM)}
          value={sizeM[1]}
          onChange={(side) => changeClip({ sizeM: [sizeM[0], side] })}
        />
        <NumberField
          {...metres('clipFrom', [CLIP_LIMITS.heightM[0], heightsM[1] - 0.1])}
          value={heightsM[0]}
          onChange={(from) => changeClip({ heightsM: [from, heightsM[1]] })}
        />
        <NumberField
          {...metres('clipTo', [heightsM[0] + 0.1, CLIP_LIMITS.heightM[1]])}
          value={heightsM[1]}
          onChange={(to) => changeClip({ heightsM: [heightsM[0], to] })}
        />
      </div>
      <fieldset class="segmented" aria-label={t('clipKeeps')}>
        {(['inside', 'outside'] as const).map((side) => (
          <button
            key={side}
            type="button"
            aria-pressed={keeps === side}
            onClick={() => changeClip({ keeps: side })}
          >
            {t(side === 'inside' ? 'clipInside' : 'clipOutside')}
          </button>
        ))}
      </fieldset>
      <label class="view-tools-check">
        <input
          type="checkbox"
          checked={cutsGround}
          onChange={(event) => changeClip({ cutsGround: event.currentTarget.checked })}
        />
        {t('clipGround')}
      </label>
    </>
  );
}

function Facts({ box: { sizeM, heightsM } }: { box: ClipBox }) {
  const told = clipCounts.value;
  const rows = told.kind === 'ready' ? told.value : undefined;
  const areaM2 = sizeM[0] * sizeM[1];
  return (
    <>
      <dl class="facts">
        <dt>{t('measureArea')}</dt>
        <dd>{formatQuantity(areaM2, 'm2', 0)}</dd>
        <dt>{t('clipVolume')}</dt>
        <dd>{formatQuantity(areaM2 * (heightsM[1] - heightsM[0]), 'm3', 0)}</dd>
      </dl>
      <table class="view-tools-table">
        <caption>{t('clipCounts')}</caption>
        <tbody>
          {rows?.map(({ layer, title, count }) => (
            <tr key={layer}>
              <th scope="row">{title}</th>
              <td>{count === null ? t('notAssessed') : formatCount(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {told.kind === 'loading' && <p class="quiet">…</p>}
      {told.kind === 'failed' && (
        <p class="what-if-note warning" role="alert">
          {t('clipCountsFailed', { reason: told.reason })}
        </p>
      )}
      <p class="quiet">{t('clipBound')}</p>
    </>
  );
}
