import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { CloseButton } from '../frame/close-button.tsx';
import { ICON_NAMES, Icon } from '../frame/icon.tsx';
import { helpOpen } from '../frame/layout.ts';
import { LegendContent } from '../frame/legend.tsx';
import { Notice } from '../frame/notice.tsx';
import { ToolButtons } from '../frame/rail.tsx';
import { Shortcuts } from '../frame/shortcuts.tsx';
import { LanguageButton } from '../frame/top-bar.tsx';
import { ChartDrawing } from '../live/chart-drawing.tsx';
import { ChartTable } from '../live/chart-table.tsx';
import { LivePanel } from '../live/live-panel.tsx';
import { TimeBar } from '../live/time-bar.tsx';
import { AttributeList } from '../panels/attribute-list.tsx';
import { LayerList } from '../panels/layer-list.tsx';
import { MeasureResult } from '../panels/measure-result.tsx';
import type { Measurement } from '../state/measure.ts';
import { measuredOf } from '../state/measured.ts';
import { theme } from '../state/theme.ts';
import { t, type Word } from '../text/text.ts';
import { SAMPLE_AREA, SAMPLE_ITEM } from './samples.ts';
import { COLOURS, SIZES, SPACES, tokenValue } from './tokens.ts';

/** Every token and component in all its states, for those who build on them and for the tests that watch them. */
export function DesignPage() {
  return (
    <>
      <header class="design-head">
        <h1>{t('designTitle')}</h1>
        <div class="top-actions">
          <ToolButtons />
          <LanguageButton />
          <a href="./">{t('map')}</a>
        </div>
      </header>
      <main class="design-main">
        <Section word="designColours">
          <Colours />
        </Section>
        <Section word="designType">
          {SIZES.map((size) => (
            <p key={size} style={{ fontSize: `var(--${size})` }}>
              Zażółć gęślą jaźń 0123456789 <code>{size}</code>
            </p>
          ))}
          <div class="design-row">
            {SPACES.map((space) => (
              <div key={space} class="design-space">
                <div style={{ width: `var(--${space})`, height: `var(--${space})` }} />
                <code>{space}</code>
              </div>
            ))}
          </div>
        </Section>
        <Section word="designIcons">
          <ul class="design-icons">
            {ICON_NAMES.map((name) => (
              <li key={name}>
                <Icon name={name} />
                <code>{name}</code>
              </li>
            ))}
          </ul>
        </Section>
        <Section word="designButtons">
          <Buttons />
        </Section>
        <Section word="designFields">
          <Fields />
        </Section>
        <Section word="designMessages">
          <Messages />
        </Section>
        <Section word="layersTitle">
          <div class="design-panel">
            <LayerList />
          </div>
        </Section>
        <Section word="legend">
          <div class="design-panel legend-body">
            <LegendContent />
          </div>
        </Section>
        <Section word="selection">
          <div class="design-panel card-body">
            <AttributeList layer={SAMPLE_AREA} item={SAMPLE_ITEM} all />
          </div>
        </Section>
        <Section word="liveTitle">
          <div class="design-panel">
            <LivePanel />
          </div>
        </Section>
        <Section word="designTime">
          <TimeBar />
        </Section>
        <Section word="chart">
          <div class="design-panel chart design-chart">
            <div class="chart-body">
              <ChartDrawing />
            </div>
            <div class="chart-body">
              <ChartTable />
            </div>
          </div>
        </Section>
        <Section word="measure">
          <div class="design-row">
            {MEASUREMENTS.map((now) => (
              <Measured key={now.kind} now={now} />
            ))}
          </div>
        </Section>
        <Section word="shortcutsTitle">
          <button
            type="button"
            class="button"
            onClick={() => {
              helpOpen.value = true;
            }}
          >
            {t('keyboard')}
          </button>
          <Shortcuts />
        </Section>
      </main>
    </>
  );
}

function Section({ word, children }: { word: Word; children: ComponentChildren }) {
  return (
    <section class="design-section" aria-label={t(word)}>
      <h2>{t(word)}</h2>
      {children}
    </section>
  );
}

function Colours() {
  const [values, setValues] = useState<readonly string[]>([]);
  // Read once the theme has been marked on the document.
  useLayoutEffect(() => setValues(COLOURS.map(tokenValue)), [theme.value]);
  return (
    <ul class="design-colours">
      {COLOURS.map((name, index) => (
        <li key={name}>
          <div style={{ background: `var(--${name})` }} />
          <code>{name}</code>
          <span class="quiet">{values[index]}</span>
        </li>
      ))}
    </ul>
  );
}

function Buttons() {
  return (
    <>
      <div class="design-row">
        <button type="button" class="button primary">
          {t('zoomTo')}
        </button>
        <button type="button" class="button">
          <Icon name="box" />
          {t('show3d')}
        </button>
        <button type="button" class="button primary" disabled>
          {t('measureFinish')}
        </button>
        <button type="button" class="button" disabled>
          {t('measureUndo')}
        </button>
        <button type="button" class="text-button">
          {t('moreFields')}
        </button>
        <CloseButton onClick={() => {}} />
      </div>
      <div class="design-row">
        <fieldset class="segmented" aria-label={t('mode')}>
          <button type="button" aria-pressed={true}>
            {t('mode2d')}
          </button>
          <button type="button" aria-pressed={false}>
            {t('mode3d')}
          </button>
          <button type="button" aria-pressed={false} disabled>
            {t('modeSplit')}
          </button>
        </fieldset>
        <span class="chip warning">{t('synthetic')}</span>
        <kbd>Ctrl K</kbd>
      </div>
    </>
  );
}

function Fields() {
  return (
    <div class="design-row">
      <input
        type="search"
        class="layer-filter"
        aria-label={t('layerFilter')}
        placeholder={t('layerFilter')}
      />
      <label class="opacity">
        <span>{t('layerOpacity')}</span>
        <input type="range" min="0" max="100" value="60" />
        <output>60 %</output>
      </label>
      <label class="letter-keys">
        <input type="checkbox" checked />
        <span>{t('letterKeys')}</span>
      </label>
    </div>
  );
}

function Messages() {
  return (
    <>
      <div class="design-notices">
        <Notice text={`${t('globeLoading')}…`} />
        <Notice text={t('serviceSilent')} warning />
        <Notice text={t('tilesFailed')} warning>
          <button type="button" class="button">
            {t('retry')}
          </button>
        </Notice>
      </div>
      <div class="design-row">
        <div class="design-panel panel-message">
          <p>{t('layersEmpty')}</p>
          <p class="quiet">{t('layersEmptyHint')}</p>
        </div>
        <div class="design-panel panel-message">
          <p>{t('layersFailed', { reason: 'HTTP 503' })}</p>
          <p class="quiet">{t('layersFailedHint')}</p>
          <button type="button" class="button">
            {t('retry')}
          </button>
        </div>
        <div class="design-panel panel-message" role="img" aria-label={t('loadingCity')}>
          {[90, 70, 80].map((width) => (
            <div key={width} class="skeleton card-skeleton" style={{ width: `${width}%` }} />
          ))}
        </div>
      </div>
      <p class="synthetic-note">{t('syntheticLong')}</p>
    </>
  );
}

const CORNERS = [
  { at: [6_426_850, 5_808_800], heightM: 80.2 },
  { at: [6_426_880, 5_808_800], heightM: 80.4 },
  { at: [6_426_880, 5_808_840], heightM: 97.3 },
] as const;

const MEASUREMENTS: readonly Measurement[] = [
  { kind: 'distance', points: CORNERS, finished: true },
  { kind: 'area', points: CORNERS, finished: false },
  { kind: 'height', points: CORNERS.slice(1), finished: true },
];

function Measured({ now }: { now: Measurement }) {
  const result = measuredOf(now.points, now.kind === 'area');
  if (!result) return null;
  return (
    <div class="design-panel measure-body">
      <MeasureResult now={now} result={result} />
    </div>
  );
}
