import { fetchLayers } from '../api/city-api.ts';
import { catalogue, layers } from '../state/twin-state.ts';
import { t } from '../text/text.ts';
import { LayerRow } from './layer-row.tsx';
import { ServiceAddresses } from './service-addresses.tsx';

/** Loads the catalogue; the list shows how that goes. */
export async function loadCatalogue(): Promise<void> {
  catalogue.value = { kind: 'loading' };
  try {
    catalogue.value = { kind: 'ready', reply: await fetchLayers() };
  } catch (error) {
    catalogue.value = { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

export function LayerList() {
  const state = catalogue.value;
  if (state.kind === 'loading') return <Skeleton />;
  if (state.kind === 'failed') {
    return (
      <div class="panel-message" role="alert">
        <p>{t('layersFailed', { reason: state.reason })}</p>
        <p class="quiet">{t('layersFailedHint')}</p>
        <button type="button" class="button" onClick={() => void loadCatalogue()}>
          {t('retry')}
        </button>
      </div>
    );
  }
  if (state.reply.layers.length === 0) {
    return (
      <div class="panel-message">
        <p>{t('layersEmpty')}</p>
        <p class="quiet">{t('layersEmptyHint')}</p>
      </div>
    );
  }
  // The map stacks upwards; a list is read downwards.
  const own = layers.value.filter(({ dataset }) => dataset === 'city').toReversed();
  const other = layers.value.filter(({ dataset, status }) => dataset !== 'city' && status.count > 0);
  return (
    <>
      {state.reply.synthetic && <p class="synthetic-note">{t('syntheticLong')}</p>}
      <ul class="layer-list">
        {own.map((layer) => (
          <LayerRow key={layer.name} layer={layer} />
        ))}
      </ul>
      {other.length > 0 && (
        <>
          <h2 class="panel-subtitle">{t('layerDatasets')}</h2>
          <ul class="layer-list">
            {other.map((layer) => (
              <LayerRow key={layer.name} layer={layer} />
            ))}
          </ul>
        </>
      )}
      <ServiceAddresses />
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
