import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { reasonOf } from '../../core/errors.ts';
import type { Xy } from '../../core/geo/plane.ts';
import { formatCount, formatQuantity } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { announce } from '../state/announcer.ts';
import { hideBuildings, isolateBuildings, lookOpen } from '../state/building-look.ts';
import { t, tn } from '../text/text.ts';
import type { BuildingsIn } from './building-file.ts';
import { SaveBuildings } from './save-buildings.tsx';

type State =
  | { readonly kind: 'none' }
  | { readonly kind: 'busy'; readonly controller: AbortController }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'ready'; readonly value: BuildingsIn };

/** The 3D buildings within a measured area: how many, how high, how large, and as a file. */
export function BuildingsInArea({ ring }: { ring: readonly Xy[] }) {
  const state = useSignal<State>({ kind: 'none' });
  const key = ring.join();
  useEffect(
    () => () => {
      if (state.peek().kind === 'busy') (state.peek() as Extract<State, { kind: 'busy' }>).controller.abort();
      state.value = { kind: 'none' };
    },
    [key],
  );
  const count = async () => {
    const controller = new AbortController();
    state.value = { kind: 'busy', controller };
    try {
      const { buildingsIn } = await import('./building-file.ts');
      const value = await buildingsIn(ring, controller.signal);
      if (controller.signal.aborted) return;
      state.value = { kind: 'ready', value };
      announce(tn('areaBuildings', value.items.length, { n: formatCount(value.items.length) }));
    } catch (error) {
      if (!controller.signal.aborted) state.value = { kind: 'failed', reason: reasonOf(error) };
    }
  };
  const now = state.value;
  if (now.kind === 'ready') return <Counted found={now.value} />;
  return (
    <>
      <button type="button" class="button" disabled={now.kind === 'busy'} onClick={() => void count()}>
        <Icon name="building" />
        {t('areaCount')}
      </button>
      {now.kind === 'busy' && <p class="quiet">{t('drawChecking')}…</p>}
      {now.kind === 'failed' && (
        <p class="what-if-note warning" role="alert">
          {t('selectionFailed', { reason: now.reason })}
        </p>
      )}
    </>
  );
}

function Counted({ found }: { found: BuildingsIn }) {
  const { items, isCut, open, tallestM, volumeM3 } = found;
  if (items.length === 0) return <p class="quiet">{t('areaNone')}</p>;
  return (
    <>
      <dl class="facts">
        <dt>{t('areaCounted')}</dt>
        <dd>{formatCount(items.length)}</dd>
        <dt>{t('areaTallest')}</dt>
        <dd>{formatQuantity(tallestM, 'm', 1)}</dd>
        <dt>{t('modelVolume')}</dt>
        <dd>{open === items.length ? t('notAssessed') : formatQuantity(volumeM3, 'm3', 0)}</dd>
      </dl>
      {open > 0 && <p class="quiet">{t('areaOpen', { n: formatCount(open) })}</p>}
      {isCut && <p class="what-if-note warning">{t('areaCut')}</p>}
      <p class="quiet">{t('areaBound')}</p>
      <SeeThese ids={items.map(({ id }) => id)} />
      <div class="area-save">
        <SaveBuildings items={items} name={`buildings-${items.length}`} look="button" />
      </div>
    </>
  );
}

/** Leaves the counted buildings out of the globe, or all others. */
function SeeThese({ ids }: { ids: readonly string[] }) {
  const then = (act: (ids: readonly string[]) => void) => () => {
    act(ids);
    lookOpen.value = true;
  };
  return (
    <>
      <button type="button" class="button" onClick={then(isolateBuildings)}>
        <Icon name="eye" />
        {t('lookAreaIsolate')}
      </button>
      <button type="button" class="button" onClick={then(hideBuildings)}>
        <Icon name="eye-off" />
        {t('lookAreaHide')}
      </button>
    </>
  );
}
