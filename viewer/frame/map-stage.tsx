import { useEffect, useRef } from 'preact/hooks';
import { reasonOf } from '../../core/errors.ts';
import { DigOverlay } from '../dig/dig-overlay.tsx';
import { formatTime } from '../format/number.ts';
import { ObstructionOverlay } from '../obstructions/obstruction-overlay.tsx';
import { OrderOverlay } from '../order/order-overlay.tsx';
import { ParcelOverlay } from '../parcel/parcel-overlay.tsx';
import { openPlan } from '../plan/plan.ts';
import { SitingOverlay } from '../siting/siting-overlay.tsx';
import { recoveries, silentSince } from '../state/connection.ts';
import { copyCoordinates } from '../state/coordinate-choice.ts';
import { crosshair } from '../state/crosshair.ts';
import { planMap } from '../state/map-view.ts';
import {
  failedTiles,
  globeState,
  layers,
  mode,
  scaleDenominator,
  settingOf,
  showsGlobe,
  showsPlan,
  webglAvailable,
} from '../state/twin-state.ts';
import { ViewOverlay } from '../sun/view-overlay.tsx';
import { t } from '../text/text.ts';
import { DrawOverlay } from '../whatif/edits/building/draw-overlay.tsx';
import { ModelOverlay } from '../whatif/edits/model/model-overlay.tsx';
import { ToolOverlay } from '../whatif/edits/tool-overlay.tsx';
import { onMapKey } from './map-keys.ts';
import { MeasureOverlay } from './measure-overlay.tsx';
import { Notice } from './notice.tsx';

/** Plan and globe side by side or one over the other. The globe's code is only fetched when first needed. */
export function MapStage() {
  const split = mode.value === 'split' && showsGlobe.value;
  return (
    <div class={`stage ${split ? 'split' : ''}`}>
      <PlanPane hidden={!showsPlan.value} />
      {showsGlobe.value && <GlobePane key={recoveries.value} />}
      {split && <div class="stage-rule" aria-hidden="true" />}
      {showsPlan.value && <ObstructionOverlay pane="plan" />}
      {showsPlan.value && <ParcelOverlay pane="plan" />}
      {showsPlan.value && <OrderOverlay pane="plan" />}
      {showsPlan.value && <MeasureOverlay pane="plan" />}
      {showsPlan.value && <DigOverlay pane="plan" />}
      {showsPlan.value && <DrawOverlay pane="plan" />}
      {showsPlan.value && <ToolOverlay pane="plan" />}
      {showsPlan.value && <ModelOverlay pane="plan" />}
      {showsPlan.value && <ViewOverlay pane="plan" />}
      {showsPlan.value && <SitingOverlay pane="plan" />}
      {showsGlobe.value && globeState.value.kind === 'ready' && (
        <>
          <ObstructionOverlay pane="globe" />
          <ParcelOverlay pane="globe" />
          <OrderOverlay pane="globe" />
          <MeasureOverlay pane="globe" />
          <DigOverlay pane="globe" />
          <DrawOverlay pane="globe" />
          <ToolOverlay pane="globe" />
          <ModelOverlay pane="globe" />
          <ViewOverlay pane="globe" />
          <SitingOverlay pane="globe" />
        </>
      )}
      <StageNotice />
    </div>
  );
}

function PlanPane({ hidden }: { hidden: boolean }) {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => (container.current ? openPlan(container.current) : undefined), []);
  return (
    <div
      ref={container}
      id="plan"
      class="pane plan"
      tabIndex={hidden ? -1 : 0}
      role="application"
      aria-label={t('planLabel')}
      data-hidden={hidden}
      style={crossPlace()}
      onKeyDown={(event) => onMapKey(event, 'plan')}
      onContextMenu={(event) => {
        event.preventDefault();
        const box = event.currentTarget.getBoundingClientRect();
        const offset = [
          event.clientX - box.x - box.width / 2,
          event.clientY - box.y - box.height / 2,
        ] as const;
        copyCoordinates(planMap.value?.placeAt(offset));
      }}
    />
  );
}

function GlobePane() {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let close: (() => void) | undefined;
    let gone = false;
    const start = async () => {
      globeState.value = { kind: 'loading' };
      try {
        const { openGlobe } = await import('../globe/globe.ts');
        if (!gone && container.current) close = await openGlobe(container.current);
      } catch (error) {
        if (!gone) {
          globeState.value = {
            kind: 'failed',
            reason: reasonOf(error),
          };
          mode.value = '2d';
        }
      }
    };
    void start();
    return () => {
      gone = true;
      close?.();
      // A failure stays in words on the plan that takes over.
      if (globeState.peek().kind !== 'failed') globeState.value = { kind: 'idle' };
    };
  }, []);
  return (
    <div
      ref={container}
      id="globe"
      class="pane globe"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the map takes keys
      tabIndex={0}
      role="application"
      aria-label={t('globeLabel')}
      data-ready={globeState.value.kind === 'ready'}
      style={crossPlace()}
      onKeyDown={(event) => onMapKey(event, 'globe')}
    />
  );
}

/** Where the cross of a focused map stands, for its style sheet. */
function crossPlace(): Record<string, string> {
  const [right, down] = crosshair.value;
  return { '--cross-x': `calc(50% + ${right}px)`, '--cross-y': `calc(50% + ${down}px)` };
}

/** What is wrong or still coming, over the map and in words. */
function StageNotice() {
  const globe = globeState.value;
  if (silentSince.value) {
    const since = formatTime(silentSince.value.getTime());
    return <Notice text={t('serviceSilentSince', { since })} warning />;
  }
  if (!webglAvailable.value) return <Notice text={t('noWebgl')} warning />;
  if (globe.kind === 'failed') return <Notice text={t('globeFailed', { reason: globe.reason })} warning />;
  if (globe.kind === 'loading') return <Notice text={`${t('globeLoading')}…`} />;
  if (failedTiles.value > 0) {
    return (
      <Notice text={t('tilesFailed')} warning>
        <button type="button" class="button" onClick={() => location.reload()}>
          {t('retry')}
        </button>
      </Notice>
    );
  }
  const nearest = scaleThatShows();
  if (nearest !== undefined) {
    return (
      <Notice text={t('tooFar')}>
        <button type="button" class="button" onClick={() => planMap.value?.showScale(nearest)}>
          {t('layerZoomToScale')}
        </button>
      </Notice>
    );
  }
  return null;
}

/** A scale at which something would be seen, while the plan stands too far off to draw any visible layer. */
function scaleThatShows(): number | undefined {
  if (mode.value !== '2d') return undefined;
  const limits = layers.value
    .filter((layer) => layer.dimension === 2 && layer.status.count > 0 && settingOf(layer).visible)
    .map(({ maxScaleDenominator }) => maxScaleDenominator ?? Number.POSITIVE_INFINITY);
  const farthest = Math.max(...limits);
  return limits.length > 0 && scaleDenominator.value > farthest * 1.001 ? farthest * 0.8 : undefined;
}
