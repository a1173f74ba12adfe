import { COORDINATE_SYSTEMS, readCoordinates } from '../format/coordinates.ts';
import { formatCount, formatLength, formatNumber } from '../format/number.ts';
import { roundLengthFor } from '../format/round-length.ts';
import { activeMap } from '../state/active-map.ts';
import { chosenSrid, copyCoordinates } from '../state/coordinate-choice.ts';
import {
  catalogue,
  layers,
  metresPerPixel,
  mode,
  planView,
  pointer,
  scaleDenominator,
  settingOf,
} from '../state/twin-state.ts';
import { said, t } from '../text/text.ts';
import { QualityChip } from './quality-chip.tsx';

const SCALES = [500, 1000, 2000, 5000, 10_000, 25_000, 50_000];

/** The line under the map: scale, coordinates in a named order, whose data this is. */
export function MapFoot() {
  return (
    <footer class="map-foot">
      <Attribution />
      <QualityChip />
      <span class="spring" />
      <Coordinates />
      <ScaleBar />
    </footer>
  );
}

function Attribution() {
  const shown = layers.value.filter((layer) => layer.status.count > 0 && settingOf(layer).visible);
  const stewards = [...new Set(shown.map((layer) => said(layer.steward)))];
  const state = catalogue.value;
  return (
    <p class="attribution" title={stewards.join(', ')}>
      {stewards.length > 0 && t('attribution', { who: stewards.join(', ') })}
      {state.kind === 'ready' && state.value.synthetic && (
        <span class="chip warning" title={t('syntheticLong')}>
          {t('synthetic')}
        </span>
      )}
    </p>
  );
}

function Coordinates() {
  const centre = planView.value;
  const at = pointer.value?.at ?? (centre && ([centre.eastingM, centre.northingM] as const));
  const heightM = pointer.value?.heightM;
  const srid = chosenSrid.value;
  const values = at && readCoordinates(at, srid);
  const state = catalogue.value;
  const model = state.kind === 'ready' ? state.value.geoid.model : '';
  return (
    <div class="coordinates">
      {values && (
        <button
          type="button"
          class="text-button coordinate-values"
          title={t('coordinatesCopy', { order: 'N E' })}
          onClick={() => {
            if (centre) copyCoordinates({ at: [centre.eastingM, centre.northingM] });
          }}
        >
          <span>
            <i>N</i> {values[0]}
          </span>
          <span>
            <i>E</i> {values[1]}
          </span>
          {heightM !== undefined && (
            <span title={t('heightSystem', { model })}>
              <i>H</i> {formatNumber(heightM, 1)} m <i class="height-model">{model}</i>
            </span>
          )}
        </button>
      )}
      <select
        aria-label={t('coordinateSystem')}
        value={String(srid)}
        onChange={(event) => {
          chosenSrid.value = Number(event.currentTarget.value);
        }}
      >
        {COORDINATE_SYSTEMS.map((system) => (
          <option key={system.srid} value={String(system.srid)}>
            {system.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A round length that fits into about 100 px, with the scale as a number that can be chosen. */
function ScaleBar() {
  const perPixel = metresPerPixel.value;
  const round = roundLengthFor(perPixel * 110);
  const scale = roundScale(scaleDenominator.value);
  return (
    <div class="scale" title={t(mode.value === '2d' ? 'scale' : 'scaleApprox')}>
      <select
        aria-label={t('scale')}
        value={String(scale)}
        onChange={(event) => activeMap()?.showScale(Number(event.currentTarget.value))}
      >
        {!SCALES.includes(scale) && <option value={String(scale)}>1:{formatCount(scale)}</option>}
        {SCALES.map((choice) => (
          <option key={choice} value={String(choice)}>
            1:{formatCount(choice)}
          </option>
        ))}
      </select>
      <span class="scale-bar" style={{ width: `${round / perPixel}px` }}>
        {formatLength(round)}
      </span>
    </div>
  );
}

/** Two significant digits: nobody reads a scale to the unit. */
function roundScale(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return Math.round(value / step) * step;
}
