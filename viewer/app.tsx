import { useEffect } from 'preact/hooks';
import { SignDialog } from './account/sign-dialog.tsx';
import { capacityParcel } from './capacity/capacity-state.ts';
import { DigPanel } from './dig/dig-panel.tsx';
import { formatDate } from './format/number.ts';
import { BottomSheet } from './frame/bottom-sheet.tsx';
import { isPhone, panelOpen, sheetStop, workSpace } from './frame/layout.ts';
import { LazyPanel } from './frame/lazy-panel.tsx';
import { Legend, LegendContent } from './frame/legend.tsx';
import { MapControls } from './frame/map-controls.tsx';
import { MapFoot } from './frame/map-foot.tsx';
import { MapStage } from './frame/map-stage.tsx';
import { Rail, SheetTabs, ToolButtons } from './frame/rail.tsx';
import { Shortcuts } from './frame/shortcuts.tsx';
import { ModeSwitch, TopBar } from './frame/top-bar.tsx';
import { WorkPanel } from './frame/work-panel.tsx';
import { workSpaceNamed } from './frame/work-spaces.ts';
import { ChartDrawer } from './live/chart-drawer.tsx';
import { ChartPanel } from './live/chart-panel.tsx';
import { SensorCard } from './live/sensor-card.tsx';
import { isTimeBarShown, TimeBar, TimeChip } from './live/time-bar.tsx';
import { MeasurePanel } from './panels/measure-panel.tsx';
import { SelectionCard } from './panels/selection-card.tsx';
import { CHECK_SPACE } from './parcel/parcel-state.ts';
import { announcement, remark } from './state/announcer.ts';
import { lookOpen } from './state/building-look.ts';
import { PARCELS } from './state/checked-parcel.ts';
import { chartView } from './state/live-view.ts';
import { OBSTRUCTIONS } from './state/obstruction-news.ts';
import { mode, selection } from './state/twin-state.ts';
import { viewTool } from './state/view-tools.ts';
import { t } from './text/text.ts';
import { chosenRoad, paintedTraffic } from './traffic/painted-traffic.ts';
import { VehicleCard } from './transit/vehicle-card.tsx';
import { CityBanner } from './whatif/city-banner.tsx';
import { MomentButton, MomentDialog } from './whatif/moment-dialog.tsx';

/** The frame: top bar, rail, work panel, map, selection card; a sheet in place of the panels on a phone. */
export function App() {
  useEffect(() => {
    if ((selection.value || chartView.value) && sheetStop.value === 'peek') sheetStop.value = 'half';
  }, [selection.value, chartView.value === undefined]);
  const { title, Panel } = workSpaceNamed(workSpace.value);
  // These panels show an obstruction, a parcel or a street themselves; a sheet has room for one answer.
  const hasOwnCard =
    ((isPhone.value || panelOpen.value) &&
      ((workSpace.value === 'obstructions' && selection.value?.layer === OBSTRUCTIONS) ||
        (workSpace.value === CHECK_SPACE && selection.value?.layer === PARCELS) ||
        (chosenRoad.value !== undefined && paintedTraffic.value !== undefined))) ||
    (workSpace.value === 'sites' && isPhone.value && capacityParcel.value !== undefined);
  return (
    <>
      <button type="button" class="skip-link" onClick={focusMap}>
        {t('skipToMap')}
      </button>
      <TopBar />
      <CityBanner />
      <div class="frame">
        {!isPhone.value && <Rail />}
        {!isPhone.value && panelOpen.value && (
          <WorkPanel title={t(title)}>
            <Panel />
          </WorkPanel>
        )}
        <div class="map-column">
          <main id="map" class="map-area" tabIndex={-1} aria-label={t('map')}>
            <button type="button" class="skip-link" onClick={focusControls}>
              {t('skipPastMap')}
            </button>
            <MapStage />
            {isPhone.value && (
              <div class="phone-modes">
                <ModeSwitch />
              </div>
            )}
            {isPhone.value && <TimeChip />}
            <div class="map-tools">
              <MeasurePanel />
              <DigPanel />
              <LazyPanel isOpen={lookOpen.value} load={lookPanel} />
              <LazyPanel isOpen={viewTool.value !== undefined} load={viewToolsPanel} />
            </div>
            <MapControls />
            <Legend />
            <MapFoot />
            {!isPhone.value && !hasOwnCard && <SelectionCard />}
            {!isPhone.value && <SensorCard />}
            {!isPhone.value && <VehicleCard />}
            {remark.value !== '' && <p class="remark">{remark.value}</p>}
          </main>
          {!isPhone.value && isTimeBarShown() && <TimeBar />}
          {!isPhone.value && chartView.value && <ChartDrawer />}
        </div>
        {isPhone.value && (
          <BottomSheet label={t(title)}>
            {chartView.value && <ChartPanel />}
            {selection.value && !hasOwnCard ? (
              <>
                <SelectionCard />
                <SensorCard />
                <VehicleCard />
              </>
            ) : (
              <>
                <SheetTabs />
                <h1 class="sheet-title">{t(title)}</h1>
                <Panel />
                <div class="sheet-tools">
                  <ToolButtons />
                  <MomentButton />
                </div>
              </>
            )}
          </BottomSheet>
        )}
      </div>
      <div class="print-only">
        <LegendContent />
        <p>
          {t('printedFrom', {
            address: location.href,
            date: formatDate(new Date().toISOString(), true) ?? '',
          })}
        </p>
      </div>
      <Shortcuts />
      <SignDialog />
      <MomentDialog />
      <div class="visually-hidden" role="status" aria-live="polite">
        {announcement.value}
      </div>
    </>
  );
}

const lookPanel = async () => (await import('./look/look-panel.tsx')).LookPanel;
const viewToolsPanel = async () => (await import('./view-tools/view-tools-panel.tsx')).ViewToolsPanel;

function focusControls(): void {
  document.querySelector<HTMLElement>('.map-controls button')?.focus();
}

function focusMap(): void {
  document.getElementById(mode.value === '3d' ? 'globe' : 'plan')?.focus();
}
