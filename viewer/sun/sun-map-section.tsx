import { useSignal } from '@preact/signals';
import { formatDate, formatNumber, formatQuantity } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { wantedCity } from '../state/shown-city.ts';
import { type SunView, sunView } from '../state/sun-view.ts';
import { planView } from '../state/twin-state.ts';
import { t, type Word } from '../text/text.ts';
import { StudyProgress } from './study-progress.tsx';
import { classesOf } from './sun-ink.ts';
import {
  SHOWN_MAPS,
  type ShownMap,
  type SunMap,
  shownMap,
  stopMap,
  sunMap,
  treesShown,
} from './sun-study.ts';

const SIDES_M = [150, 300, 600];
const SHOWN_WORDS: Readonly<Record<ShownMap, Word>> = {
  after: 'sunShownAfter',
  before: 'sunShownBefore',
  change: 'sunShownChange',
};

/** The map of hours of sun of a square: asked for, followed, read. */
export function SunMapSection({ view }: { view: SunView }) {
  const sideM = useSignal(view.square?.sideM ?? 300);
  const state = sunMap.value;
  const ask = () => {
    const middle = planView.peek();
    if (!middle) return;
    const square = {
      eastingM: Math.round(middle.eastingM),
      northingM: Math.round(middle.northingM),
      sideM: sideM.value,
    };
    sunView.value = { ...view, square };
  };
  const remove = () => {
    stopMap();
    const { square: _, ...rest } = view;
    sunView.value = rest;
  };
  return (
    <section class="sun-section" aria-labelledby="sun-map-title">
      <h2 id="sun-map-title" class="panel-subtitle">
        {t('sunMapTitle')}
      </h2>
      <p class="quiet">{t('sunMapHint', { day: formatDate(view.day) ?? view.day })}</p>
      <label class="sun-field">
        <span>{t('sunSide')}</span>
        <select
          value={sideM.value}
          onChange={({ currentTarget: { value } }) => {
            sideM.value = Number(value);
          }}
        >
          {SIDES_M.map((side) => (
            <option key={side} value={side}>
              {formatQuantity(side, 'm', 0)}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="button" onClick={ask}>
        <Icon name="sun" />
        {t(view.square ? 'sunAskMapAgain' : 'sunAskMap')}
      </button>
      {state.kind === 'busy' && (
        <StudyProgress label={t('sunMapBusy')} percent={state.percent} onStop={remove} />
      )}
      {state.kind === 'failed' && (
        <p class="what-if-refusal" role="alert">
          {t('sunMapFailed', { reason: state.reason })}
        </p>
      )}
      {state.kind === 'ready' && <Ready map={state.value} onRemove={remove} />}
    </section>
  );
}

function Ready({ map, onRemove }: { map: SunMap; onRemove: () => void }) {
  const { result, hasChange, withTrees } = map;
  const studied = (treesShown.value ? result.withTrees : null) ?? result;
  const inScenario = wantedCity.value.scenario !== undefined;
  const shown = hasChange ? shownMap.value : 'after';
  const hours = ({ meanHours }: { meanHours: number }) => formatNumber(meanHours, 2);
  const means = { before: hours(studied.before), after: hours(studied.after) };
  return (
    <>
      {hasChange && (
        <fieldset class="segmented" aria-label={t('sunShown')}>
          {SHOWN_MAPS.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={shownMap.value === each}
              onClick={() => {
                shownMap.value = each;
              }}
            >
              {t(SHOWN_WORDS[each])}
            </button>
          ))}
        </fieldset>
      )}
      {withTrees && (
        <label class="sun-check">
          <input
            type="checkbox"
            checked={treesShown.value}
            onChange={({ currentTarget: { checked } }) => {
              treesShown.value = checked;
            }}
          />
          {t('sunTrees', { n: formatNumber(result.surroundings.trees, 0) })}
        </label>
      )}
      {inScenario && !hasChange && <p>{t('sunNothingChanges')}</p>}
      <SunLegend map={map} shown={shown} />
      <dl class="sun-totals">
        <dt>{t('sunMean')}</dt>
        <dd>
          {t('sunMeanOf', { hours: shown === 'change' ? `${means.before} → ${means.after}` : means[shown] })}
        </dd>
        {hasChange && (
          <>
            <dt>{t('sunDarker')}</dt>
            <dd>{formatQuantity(studied.darkerM2, 'm2', 0)}</dd>
            <dt>{t('sunBrighter')}</dt>
            <dd>{formatQuantity(studied.brighterM2, 'm2', 0)}</dd>
          </>
        )}
      </dl>
      <p class="quiet">{t(withTrees ? 'sunTreesDoubt' : 'sunNoTrees')}</p>
      <p class="quiet">{t('sunBound', { minutes: result.errorMin, metres: result.errorM })}</p>
      <button type="button" class="text-button" onClick={onRemove}>
        {t('sunMapRemove')}
      </button>
    </>
  );
}

function SunLegend({ map, shown }: { map: SunMap; shown: ShownMap }) {
  return (
    <ul class="sun-legend">
      {classesOf(shown, map).map(({ ink, word, values }) => (
        <li key={ink}>
          <span class="sun-swatch" style={{ background: ink }} aria-hidden="true" />
          {t(word, values)}
        </li>
      ))}
    </ul>
  );
}
