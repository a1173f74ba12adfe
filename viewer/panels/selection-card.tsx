import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { addressOf, itemPath, wfsItemPath } from '../api/city-api.ts';
import { CapacityButton } from '../capacity/capacity-section.tsx';
import { formatDate } from '../format/number.ts';
import { CloseButton } from '../frame/close-button.tsx';
import { Icon } from '../frame/icon.tsx';
import { isPhone, panelOpen, workSpace } from '../frame/layout.ts';
import { ObjectSensors } from '../live/object-sensors.tsx';
import { CHECK_SPACE, checkBuilding } from '../parcel/parcel-state.ts';
import { BUILDINGS, PARCELS } from '../state/checked-parcel.ts';
import { flyToSelected } from '../state/fly-to-selected.ts';
import type { Selection } from '../state/link.ts';
import {
  foundHere,
  registerObjectOf,
  reloadSelected,
  type SelectedItem,
  selectedItem,
} from '../state/selected-item.ts';
import { layerNamed, mode, select, webglAvailable } from '../state/twin-state.ts';
import { said, t } from '../text/text.ts';
import { StopDepartures } from '../transit/stop-departures.tsx';
import { ScenarioCardActions } from '../whatif/edits/card-actions.tsx';
import { AttributeList, CopyableId, hasRecord } from './attribute-list.tsx';
import { Availability } from './availability.tsx';
import { LayerSwatch } from './layer-swatch.tsx';
import { SaveBuildings } from './save-buildings.tsx';

const KEY_STEP_PX = 20;

/** What is known of the selected object. Floats over the map and can be moved; on a phone it fills the sheet. */
export function SelectionCard() {
  const place = useSignal({ x: 0, y: 0 });
  const drag = useRef<{ x: number; y: number } | undefined>(undefined);
  const state = selectedItem.value;
  if (state.kind === 'none') return null;
  const layer = layerNamed(state.selection.layer);
  const title = layer ? said(layer.title) : state.selection.layer;
  const move = (dx: number, dy: number) => {
    place.value = { x: place.value.x + dx, y: place.value.y + dy };
  };
  return (
    <section
      class="card"
      aria-label={t('selection')}
      style={isPhone.value ? {} : { transform: `translate(${place.value.x}px, ${place.value.y}px)` }}
    >
      <header class="card-head">
        <button
          type="button"
          class="card-grip"
          aria-label={`${title}. ${t('selectionMove')}`}
          title={t('selectionMove')}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            drag.current = { x: event.clientX, y: event.clientY };
          }}
          onPointerMove={(event) => {
            if (!drag.current) return;
            move(event.clientX - drag.current.x, event.clientY - drag.current.y);
            drag.current = { x: event.clientX, y: event.clientY };
          }}
          onPointerUp={() => {
            drag.current = undefined;
          }}
          onKeyDown={(event) => {
            const step = KEY_STEPS[event.key];
            if (!step) return;
            event.preventDefault();
            move(step[0] * KEY_STEP_PX, step[1] * KEY_STEP_PX);
          }}
        >
          {layer && <LayerSwatch layer={layer} />}
          <span class="card-layer">{title}</span>
        </button>
        <CloseButton byEscape onClick={() => select(undefined)} />
      </header>
      <h2 class="card-id">
        <CopyableId id={state.selection.id} />
      </h2>
      <div class="card-body scroll">
        <CardBody state={state} />
      </div>
      <ObjectSensors state={state} />
      {state.selection.layer === 'stops' && <StopDepartures stopId={state.selection.id} />}
      {state.selection.layer === PARCELS && (
        <div class="card-questions">
          <CheckParcel />
          <CapacityButton />
        </div>
      )}
      <CheckBuilding state={state} />
      <ScenarioCardActions selection={state.selection} />
      <AlsoHere current={state.selection} />
      <CardActions state={state} />
    </section>
  );
}

const KEY_STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function CardBody({ state }: { state: Exclude<SelectedItem, { kind: 'none' }> }) {
  const all = useSignal(false);
  const layer = layerNamed(state.selection.layer);
  if (state.kind === 'loading') {
    return (
      <div role="status" aria-label={t('selectionLoading')}>
        {[90, 70, 80, 60].map((width) => (
          <div key={width} class="skeleton card-skeleton" style={{ width: `${width}%` }} />
        ))}
      </div>
    );
  }
  if (state.kind === 'missing') {
    const name = layer ? said(layer.title) : state.selection.layer;
    return <p>{t('selectionMissing', { id: state.selection.id, layer: name })}</p>;
  }
  if (state.kind === 'failed') {
    return (
      <div role="alert">
        <p>{t('selectionFailed', { reason: state.reason })}</p>
        <button type="button" class="button" onClick={reloadSelected}>
          {t('retry')}
        </button>
      </div>
    );
  }
  if (!layer) return null;
  return (
    <>
      {state.selection.layer === 'defibrillators' && <Availability item={state.item} />}
      <AttributeList layer={layer} item={state.item} all={all.value} />
      {hasRecord(layer) && (
        <button
          type="button"
          class="text-button"
          aria-expanded={all.value}
          onClick={() => {
            all.value = !all.value;
          }}
        >
          {t(all.value ? 'lessFields' : 'moreFields')}
        </button>
      )}
      <p class="card-origin quiet">
        {t('dataDate')}:{' '}
        {(layer.status.loadedAt && formatDate(layer.status.loadedAt)) ?? t('layerUnknownDate')}
        {layer.status.source ? ` · ${layer.status.source}` : ''}{' '}
        {layer.status.synthetic && <span class="chip warning">{t('synthetic')}</span>}
      </p>
    </>
  );
}

/** The planner's question, asked of the parcel that is selected. */
function CheckParcel() {
  if (workSpace.value === CHECK_SPACE && panelOpen.value) return null;
  return (
    <button
      type="button"
      class="button"
      onClick={() => {
        workSpace.value = CHECK_SPACE;
        panelOpen.value = true;
      }}
    >
      <Icon name="parcel" />
      {t('checkTitle')}
    </button>
  );
}

/** The same of a building, planned or of the city, with the ground under it. */
function CheckBuilding({ state }: { state: SelectedItem }) {
  const building = registerObjectOf(state);
  if (state.kind !== 'ready' || building?.layer !== BUILDINGS) return null;
  return (
    <div class="card-questions">
      <button type="button" class="button" onClick={() => checkBuilding(building.id)}>
        <Icon name="parcel" />
        {t('buildingCheck')}
      </button>
    </div>
  );
}

/** Everything under the same click, to choose from. */
function AlsoHere({ current }: { current: Selection }) {
  const found = foundHere.value;
  const isCurrent = ({ layer, id }: Selection) => layer === current.layer && id === current.id;
  if (found.length < 2 || !found.some(isCurrent)) return null;
  return (
    <section class="also-here scroll" aria-label={t('alsoHere', { n: found.length })}>
      <h3>{t('alsoHere', { n: found.length })}</h3>
      <ul>
        {found.map((object) => {
          const layer = layerNamed(object.layer);
          return (
            <li key={`${object.layer}/${object.id}`}>
              <button
                type="button"
                class="also-here-choice"
                aria-pressed={isCurrent(object)}
                onClick={() => select(object)}
              >
                {layer && <LayerSwatch layer={layer} />}
                <span>{layer ? said(layer.title) : object.layer}</span>
                <span class="also-here-id">
                  <bdi dir="ltr">{object.id}</bdi>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function CardActions({ state }: { state: Exclude<SelectedItem, { kind: 'none' }> }) {
  if (state.kind !== 'ready') return null;
  const { layer, id } = state.selection;
  return (
    <footer class="card-actions">
      <button type="button" class="button primary" onClick={flyToSelected}>
        <Icon name="focus" />
        {t('zoomTo')}
      </button>
      {mode.value === '2d' && webglAvailable.value && (
        <button
          type="button"
          class="button"
          title={t('show3d')}
          onClick={() => {
            mode.value = '3d';
            flyToSelected();
          }}
        >
          <Icon name="box" />
          3D
        </button>
      )}
      {mode.value === '3d' && (
        <button
          type="button"
          class="button"
          title={t('show2d')}
          onClick={() => {
            mode.value = '2d';
            flyToSelected();
          }}
        >
          <Icon name="map" />
          2D
        </button>
      )}
      <span class="spring" />
      {layer === 'buildings_3d' && <SaveBuildings items={[state.item]} name={id} />}
      <DataLink href={itemPath(layer, id)} label={t('openItem')} />
      <DataLink href={wfsItemPath(layer, id)} label={t('openWfs')} />
    </footer>
  );
}

function DataLink({ href, label }: { href: string; label: string }) {
  return (
    <a href={addressOf(href)} target="_blank" rel="noreferrer" title={`${label} (${t('opensNewWindow')})`}>
      {label}
    </a>
  );
}
