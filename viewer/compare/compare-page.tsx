import { signal } from '@preact/signals';
import { AccountButton } from '../account/account-button.tsx';
import { SignDialog } from '../account/sign-dialog.tsx';
import { Icon } from '../frame/icon.tsx';
import { LanguageButton } from '../frame/top-bar.tsx';
import { announcement } from '../state/announcer.ts';
import { copyText } from '../state/copy-text.ts';
import { switchTheme, theme } from '../state/theme.ts';
import { webglAvailable } from '../state/twin-state.ts';
import { language, said, t } from '../text/text.ts';
import { Charts } from './charts.tsx';
import { Chooser } from './chooser.tsx';
import { arrangement, dimension, type Loaded, loaded, wantedIds } from './compare-state.ts';
import { ConsequencesTable } from './consequences-table.tsx';
import { ChangeLegend, DifferenceList } from './difference-list.tsx';
import { Remarks } from './remarks.tsx';
import { remarksOf } from './remarks-state.ts';
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
      <header class="top-bar">
        <a class="wordmark" href="./" title={t('appName')}>
          <img src="./icon.svg" alt="" width="26" height="26" />
          <span class="wordmark-name">{t('appName')}</span>
          {state.kind === 'ready' && <span class="wordmark-city">{said(state.value.reply.city.name)}</span>}
        </a>
        <h1 class="compare-title">{t('compareTitle')}</h1>
        <div class="top-actions">
          <button
            type="button"
            class="icon-button"
            aria-label={t('copyLink')}
            title={t('copyLink')}
            onClick={() => void copyText(location.href, t('linkCopied'))}
          >
            <Icon name="link" />
          </button>
          <button
            type="button"
            class="icon-button"
            aria-label={t(theme.value === 'dark' ? 'themeToLight' : 'themeToDark')}
            onClick={switchTheme}
          >
            <Icon name={theme.value === 'dark' ? 'sun' : 'moon'} />
          </button>
          <LanguageButton />
          <AccountButton />
        </div>
      </header>
      <main class="compare">
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
      return <Report value={value} />;
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

function Report({ value }: { value: Loaded }) {
  const [first] = value.scenarios;
  const embed = new URL(`embed.html?scenario=${first?.id ?? ''}&lang=${language.value}`, document.baseURI)
    .href;
  const frame = `<iframe src="${embed}" width="100%" height="640" title="${t('compareEmbedTitle')}"></iframe>`;
  return (
    <>
      {first && (
        <>
          <h3>{t('compareEmbed')}</h3>
          <p class="quiet">{t('compareEmbedWhat', { title: first.title })}</p>
          <textarea class="compare-code" rows={3} readOnly value={frame} aria-label={t('compareEmbed')} />
          <button type="button" class="button" onClick={() => void copyText(frame, t('compareEmbedCode'))}>
            <Icon name="copy" /> {t('compareEmbedCopy')}
          </button>
        </>
      )}
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
      <fieldset class="segmented" aria-label={t('mode')}>
        {(['2d', '3d'] as const).map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={dimension.value === each}
            disabled={each === '3d' && !webglAvailable.value}
            onClick={() => {
              dimension.value = each;
            }}
          >
            {t(each === '2d' ? 'mode2d' : 'mode3d')}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
