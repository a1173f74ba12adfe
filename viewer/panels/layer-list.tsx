import type { WireLayer } from '../../core/wire/city.ts';
import { fetchLayers } from '../api/city-api.ts';
import { catalogue, layers, settingOf } from '../state/twin-state.ts';
import { said, t } from '../text/text.ts';
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
  const other = layers.value.filter(({ dataset, status }) => dataset !== 'city' && status.count > 0);
  return (
    <>
      {state.reply.synthetic && <p class="synthetic-note">{t('syntheticLong')}</p>}
      {groupsOf(state.reply.layers).map(({ group, members }) => (
        <LayerGroup key={group.name} group={group} members={members} />
      ))}
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

type Group = WireLayer['group'];

/** The city's layers under their headings, in the order of the catalogue. */
function groupsOf(all: readonly WireLayer[]): { group: Group; members: WireLayer[] }[] {
  const groups = new Map<string, { group: Group; members: WireLayer[] }>();
  for (const layer of all) {
    if (layer.dataset !== 'city') continue;
    const found = groups.get(layer.group.name) ?? { group: layer.group, members: [] };
    found.members.push(layer);
    groups.set(layer.group.name, found);
  }
  return [...groups.values()].sort((a, b) => a.group.order - b.group.order);
}

/** Open where something is shown from the start, so that the list stays short. */
function LayerGroup({ group, members }: { group: Group; members: readonly WireLayer[] }) {
  const shown = members.filter((layer) => settingOf(layer).visible).length;
  return (
    <details class="layer-group" open={members.some(({ initiallyVisible }) => initiallyVisible)}>
      <summary>
        <span>{said(group.title)}</span>
        <span class="quiet">
          {shown}/{members.length}
        </span>
      </summary>
      <ul class="layer-list">
        {members.map((layer) => (
          <LayerRow key={layer.name} layer={layer} />
        ))}
      </ul>
    </details>
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
