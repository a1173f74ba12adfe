import { signal } from '@preact/signals';
import { SignDialog } from '../account/sign-dialog.tsx';
import { CopyLinkButton } from '../frame/copy-link-button.tsx';
import { PageHead } from '../frame/page-head.tsx';
import { announcement } from '../state/announcer.ts';
import { t } from '../text/text.ts';
import { Charts } from './charts.tsx';
import { Chooser } from './chooser.tsx';
import { arrangement, type Loaded, loaded, MOST_SHOWN, wantedIds } from './compare-state.ts';
import { ConsequencesTable } from './consequences-table.tsx';
import { ChangeLegend, DifferenceList } from './difference-list.tsx';
import { DimensionSwitch } from './dimension-switch.tsx';
import { Remarks } from './remarks.tsx';
import { remarksOf } from './remarks-state.ts';
import { Share } from './share.tsx';
import { Stage } from './stage.tsx';

const TABS = ['table', 'charts', 'objects', 'remarks', 'report'] as const;
type Tab = (typeof TABS)[number];
const TAB_WORDS = {
  table: 'compareTabTable',
  charts: 'compareTabCharts',
  objects: 'compareTabObjects',
  remarks: 'compareTabRemarks',
  report: 'compareTabReport',
} as const;
const tab = signal<Tab>('table');

/** The whole screen: cities on top or at the left, what follows from them beside. */
export function ComparePage() {
  const state = loaded.value;
  return (
    <>
      <PageHead
        city={state.kind === 'ready' ? state.value.reply.city.name : undefined}
        middle={<h1 class="compare-title">{t('compareTitle')}</h1>}
        actions={<CopyLinkButton />}
      />
      <main class={`compare of-${Math.min(wantedIds.value.length, MOST_SHOWN)}`}>
        {wantedIds.value.length === 0 ? (
          <div class="compare-empty">
            <p>{t('compareNothing')}</p>
            <Chooser />
          </div>
        ) : state.kind === 'failed' ? (
          <p class="compare-empty warning" role="alert">
            {t('compareFailed', { reason: state.reason })}
          </p>
        ) : state.kind === 'loading' ? (
          <p class="compare-empty quiet" role="status">
            {t('compareLoading')}…
          </p>
        ) : (
          <Compared value={state.value} />
        )}
      </main>
      <SignDialog />
      <div class="visually-hidden" role="status" aria-live="polite">
        {announcement.value}
      </div>
    </>
  );
}

function Compared({ value }: { value: Loaded }) {
  return (
    <>
      <div class="compare-maps">
        <div class="compare-bar-top">
          <Chooser />
          <Switches />
        </div>
        {value.missing.length > 0 && (
          <p class="warning" role="alert">
            {t('compareMissing', { ids: value.missing.join(', ') })}
          </p>
        )}
        {value.cities.length > 0 && <Stage reply={value.reply} />}
        <div class="compare-foot">
          <ChangeLegend />
          {value.reply.synthetic && <span class="chip warning">{t('synthetic')}</span>}
        </div>
      </div>
      <section class="compare-side" aria-label={t('compareAnswers')}>
        <div class="compare-tabs" role="tablist" aria-label={t('compareAnswers')}>
          {TABS.map((each) => (
            <button
              key={each}
              id={`tab-${each}`}
              type="button"
              role="tab"
              aria-selected={tab.value === each}
              aria-controls="compare-panel"
              tabIndex={tab.value === each ? 0 : -1}
              onClick={() => {
                tab.value = each;
              }}
              onKeyDown={(event) => {
                const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
                if (by === undefined) return;
                const next = TABS[(TABS.indexOf(each) + by + TABS.length) % TABS.length] ?? each;
                tab.value = next;
                document.getElementById(`tab-${next}`)?.focus();
              }}
            >
              {t(TAB_WORDS[each])}
            </button>
          ))}
        </div>
        <div id="compare-panel" class="compare-panel" role="tabpanel" aria-labelledby={`tab-${tab.value}`}>
          <Panel value={value} />
        </div>
      </section>
    </>
  );
}

function Panel({ value }: { value: Loaded }) {
  switch (tab.value) {
    case 'table':
      return <ConsequencesTable />;
    case 'charts':
      return <Charts />;
    case 'objects':
      return <DifferenceList value={value} />;
    case 'remarks':
      return <RemarksOfOne value={value} />;
    case 'report':
      return <Share value={value} />;
  }
}

function RemarksOfOne({ value }: { value: Loaded }) {
  const [first] = value.scenarios;
  const id = value.scenarios.some((one) => one.id === remarksOf.value) ? remarksOf.value : first?.id;
  if (id === undefined) return null;
  return (
    <>
      {value.scenarios.length > 1 && (
        <label class="compare-field">
          {t('remarksOf')}
          <select
            value={id}
            onChange={(event) => {
              remarksOf.value = event.currentTarget.value;
            }}
          >
            {value.scenarios.map((one) => (
              <option key={one.id} value={one.id}>
                {one.title}
              </option>
            ))}
          </select>
        </label>
      )}
      <Remarks key={id} scenario={id} reply={value.reply} />
    </>
  );
}

function Switches() {
  return (
    <div class="compare-switches">
      <fieldset class="segmented" aria-label={t('compareArrangement')}>
        {(['swipe', 'split'] as const).map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={arrangement.value === each}
            onClick={() => {
              arrangement.value = each;
            }}
          >
            {t(each === 'swipe' ? 'compareSwipeMode' : 'compareSplitMode')}
          </button>
        ))}
      </fieldset>
      <DimensionSwitch />
    </div>
  );
}
