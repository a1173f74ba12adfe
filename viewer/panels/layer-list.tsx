import { useSignal } from '@preact/signals';
import type { WireLayer } from '../../core/wire/city.ts';
import { reopenCity } from '../state/open-city.ts';
import { catalogue, layers } from '../state/twin-state.ts';
import { said, t } from '../text/text.ts';
import { matchesFilter } from './layer-filter.ts';
import { groupsOf, LayerGroup } from './layer-group.tsx';
import { ServiceAddresses } from './service-addresses.tsx';

export function LayerList() {
  const state = catalogue.value;
  if (state.kind === 'loading') return <Skeleton />;
  if (state.kind === 'failed') {
    return (
      <div class="panel-message" role="alert">
        <p>{t('layersFailed', { reason: state.reason })}</p>
        <p class="quiet">{t('layersFailedHint')}</p>
        <button type="button" class="button" onClick={() => void reopenCity()}>
          {t('retry')}
        </button>
      </div>
    );
  }
  if (state.value.layers.length === 0) {
    return (
      <div class="panel-message">
        <p>{t('layersEmpty')}</p>
        <p class="quiet">{t('layersEmptyHint')}</p>
      </div>
    );
  }
  return <Tree layers={state.value.layers} synthetic={state.value.synthetic} />;
}

function Tree({ layers: all, synthetic }: { layers: readonly WireLayer[]; synthetic: boolean }) {
  const typed = useSignal('');
  const isFiltered = typed.value.trim() !== '';
  const groups = groupsOf(all.filter((layer) => matchesFilter(layer, typed.value)));
  const other = layers.value.filter(
    (layer) =>
      layer.dataset !== 'city' &&
      !layer.cascaded &&
      layer.status.count > 0 &&
      matchesFilter(layer, typed.value),
  );
  return (
    <>
      {synthetic && <p class="synthetic-note">{t('syntheticLong')}</p>}
      <input
        type="search"
        class="layer-filter"
        aria-label={t('layerFilter')}
        placeholder={t('layerFilter')}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
      />
      {groups.map(({ group, members }) => (
        <LayerGroup
          key={group.name}
          name={group.name}
          title={said(group.title)}
          members={members}
          forcedOpen={isFiltered}
        />
      ))}
      {other.length > 0 && (
        <LayerGroup name="other" title={t('layerDatasets')} members={other} forcedOpen={isFiltered} />
      )}
      {groups.length === 0 && other.length === 0 && (
        <p class="panel-message" role="status">
          {t('layerFilterNone', { typed: typed.value.trim() })}
        </p>
      )}
      {!isFiltered && <ServiceAddresses />}
    </>
  );
}

function Skeleton() {
  return (
    <div class="panel-message" role="status" aria-label={t('loadingCity')}>
      {[1, 2, 3].map((row) => (
        <div key={row} class="skeleton-row">
          <div class="skeleton" style={{ width: '24px', height: '18px' }} />
          <div class="skeleton" style={{ flex: 1, height: '18px' }} />
        </div>
      ))}
    </div>
  );
}
