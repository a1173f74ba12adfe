import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { csvCell } from '../../core/formats/csv-cell.ts';
import type { GroundVolume } from '../../core/wire/ground-volume.ts';
import { getJson } from '../api/city-api.ts';
import { formatDate, formatQuantity } from '../format/number.ts';
import { announce } from '../state/announcer.ts';
import { LOADING, type Load, loadAlong } from '../state/load.ts';
import { changeLevel, type Measurement, measurement } from '../state/measure.ts';
import { saveFile } from '../state/save-file.ts';
import { cityPrefix, GROUND, tilesKey } from '../state/shown-city.ts';
import { t, type Word } from '../text/text.ts';
import { NumberField } from '../whatif/edits/number-field.tsx';

/** A level that is being typed is not asked for at every digit. */
const RESTED_MS = 400;

/** Earth between the ground and a level within an outline, counted by the service. */
export function VolumeResult({ now }: { now: Measurement }) {
  const told = useSignal<Load<GroundVolume>>(LOADING);
  useEffect(() => loadAlong(told, question, RESTED_MS), []);
  const state = told.value;
  return (
    <>
      <NumberField
        label={t('volumeLevel')}
        unit="m"
        value={now.levelM ?? (state.kind === 'ready' ? state.value.levelM : undefined)}
        min={-100}
        max={500}
        step={0.1}
        onChange={changeLevel}
        onClear={() => changeLevel(undefined)}
      />
      {now.levelM !== undefined && (
        <button type="button" class="text-button" onClick={() => changeLevel(undefined)}>
          {t('volumeLevelClear')}
        </button>
      )}
      {state.kind === 'loading' && <p role="status">{t('volumeAsking')}</p>}
      {state.kind === 'failed' && (
        <p class="what-if-note warning" role="alert">
          {t('volumeFailed', { reason: state.reason })}
        </p>
      )}
      {state.kind === 'ready' && <Volumes found={state.value} />}
      <p class="quiet">{t('measureNext')}</p>
    </>
  );
}

/** Asked anew for each outline, level and ground. */
function question() {
  const now = measurement.value;
  const prefix = cityPrefix.value;
  tilesKey(GROUND);
  if (now?.kind !== 'volume' || !now.finished) return undefined;
  const query = new URLSearchParams({
    outline: now.points.flatMap(({ at }) => at.map((metres) => metres.toFixed(2))).join(),
    ...(now.levelM !== undefined && { levelM: String(now.levelM) }),
  });
  return (abort: AbortSignal) => getJson<GroundVolume>(`api/ground-volume?${query}`, abort, prefix);
}

const ROWS: readonly (readonly [Word, (found: GroundVolume) => number])[] = [
  ['volumeAbove', ({ aboveM3 }) => aboveM3],
  ['volumeBelow', ({ belowM3 }) => belowM3],
  ['volumeNet', ({ aboveM3, belowM3 }) => aboveM3 - belowM3],
  ['volumeCounting', ({ countingErrorM3 }) => countingErrorM3],
  ['volumeDecimetre', ({ perDecimetreM3 }) => perDecimetreM3],
];

function Volumes({ found }: { found: GroundVolume }) {
  const { areaM2, highestM, levelIs, levelM, lowestM } = found;
  const spoken = `${t('volumeAbove')} ${formatQuantity(found.aboveM3, 'm3', 1)}, ${t('volumeBelow')} ${formatQuantity(found.belowM3, 'm3', 1)}`;
  useEffect(() => announce(spoken), [spoken]);
  return (
    <>
      <dl class="facts">
        <dt>{t('measureArea')}</dt>
        <dd>{formatQuantity(areaM2, 'm2', 1)}</dd>
        <dt>{t('volumeGround')}</dt>
        <dd>
          {formatQuantity(lowestM, 'm', 2)} – {formatQuantity(highestM, 'm', 2)}
        </dd>
        {ROWS.map(([word, of]) => (
          <>
            <dt>{t(word)}</dt>
            <dd>{formatQuantity(of(found), 'm3', 1)}</dd>
          </>
        ))}
      </dl>
      {levelIs === 'mean-of-outline' && (
        <p class="quiet">
          {t('volumeLevel')} {formatQuantity(levelM, 'm', 2)}: {t('volumeLevelMean')}.
        </p>
      )}
      <p class="quiet">{t('volumeBound', { day: formatDate(new Date().toISOString()) ?? '' })}</p>
      <button type="button" class="text-button" onClick={() => saveTable(found)}>
        {t('volumeTable')}
      </button>
    </>
  );
}

/** RFC 4180: what, m³; the level and the area in their own lines. */
function saveTable(found: GroundVolume): void {
  const rows: readonly (readonly [string, number, string])[] = [
    [t('volumeLevel'), found.levelM, 'm'],
    [t('measureArea'), found.areaM2, 'm2'],
    ...ROWS.map(([word, of]) => [t(word), Math.round(of(found) * 10) / 10, 'm3'] as const),
  ];
  const lines = rows.map(([what, value, unit]) => [csvCell(what), value, unit].join());
  const text = `${['what,value,unit', ...lines].join('\r\n')}\r\n`;
  saveFile(new Blob([text], { type: 'text/csv' }), 'blizniak-volume.csv');
}
