import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { reasonOf } from '../../core/errors.ts';
import { formatCount, megabytes } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { announce } from '../state/announcer.ts';
import { globeCamera } from '../state/globe-picture.ts';
import { globeFrame } from '../state/map-view.ts';
import { saveFile } from '../state/save-file.ts';
import { t } from '../text/text.ts';
import { withStrip } from './picture-strip.ts';

const FACTORS = [1, 2, 4] as const;

type State =
  | { readonly kind: 'none' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'failed'; readonly reason: string }
  | {
      readonly kind: 'done';
      readonly name: string;
      readonly size: readonly [number, number];
      readonly bytes: number;
      readonly isComplete: boolean;
    };

/** The present view as a picture finer than the screen, with what it shows written under it. */
export function PictureSection() {
  const factor = useSignal<number>(2);
  const state = useSignal<State>({ kind: 'none' });
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const camera = globeCamera.value;
  if (!camera) return <p role="status">{t('globeLoading')}…</p>;
  // The view may change its size at any time.
  void globeFrame.value;
  const [width, height] = camera.size();
  const isDrawable = (by: number) => Math.max(width, height) * by <= camera.mostPx;
  const take = async () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    state.value = { kind: 'busy' };
    try {
      const picture = await camera.take(factor.peek(), controller.signal);
      const whole = withStrip(picture, factor.peek());
      const blob = await pngOf(whole);
      const name = `blizniak-${new Date().toISOString().slice(0, 16).replace(/[:T]/g, '-')}.png`;
      const { isComplete } = picture;
      state.value = { kind: 'done', name, size: [whole.width, whole.height], bytes: blob.size, isComplete };
      saveFile(blob, name);
      announce(t('pictureDone', { width: whole.width, height: whole.height }));
    } catch (error) {
      state.value = controller.signal.aborted
        ? { kind: 'none' }
        : { kind: 'failed', reason: reasonOf(error) };
    }
  };
  return (
    <>
      <p class="quiet">{t('pictureHint')}</p>
      <table class="view-tools-table">
        <caption class="visually-hidden">{t('pictureSizes')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('pictureFiner')}</th>
            <th scope="col">{t('picturePlain')}</th>
          </tr>
        </thead>
        <tbody>
          {FACTORS.map((by) => (
            <tr key={by}>
              <th scope="row">
                <label>
                  <input
                    type="radio"
                    name="picture-factor"
                    checked={factor.value === by}
                    disabled={!isDrawable(by)}
                    onChange={() => {
                      factor.value = by;
                    }}
                  />
                  {by}×
                </label>
              </th>
              <td>
                {isDrawable(by)
                  ? `${formatCount(width * by)} × ${formatCount(height * by)} px`
                  : t('pictureTooLarge', { most: formatCount(camera.mostPx) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {state.value.kind === 'busy' ? (
        <>
          <p role="status">{t('pictureBusy')}</p>
          <button type="button" class="button" onClick={() => running.current?.abort()}>
            {t('pictureStop')}
          </button>
        </>
      ) : (
        <button
          type="button"
          class="button primary"
          disabled={!isDrawable(factor.value)}
          onClick={() => void take()}
        >
          <Icon name="image-down" />
          {t('pictureTake')}
        </button>
      )}
      <Outcome state={state.value} />
    </>
  );
}

function Outcome({ state }: { state: State }) {
  if (state.kind === 'failed') {
    return (
      <p class="what-if-note warning" role="alert">
        {t('pictureFailed', { reason: state.reason })}
      </p>
    );
  }
  if (state.kind !== 'done') return null;
  const [width, height] = state.size;
  return (
    <>
      <dl class="facts">
        <dt>{t('pictureFile')}</dt>
        <dd>{state.name}</dd>
        <dt>{t('pictureSize')}</dt>
        <dd>
          {formatCount(width)} × {formatCount(height)} px, {megabytes(state.bytes)} MB
        </dd>
      </dl>
      {!state.isComplete && <p class="what-if-note warning">{t('pictureIncomplete')}</p>}
    </>
  );
}

function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error(t('pictureNoPng')));
    }, 'image/png');
  });
}
