import { AccountButton } from '../account/account-button.tsx';
import type { Mode } from '../state/link.ts';
import { wantedCity } from '../state/shown-city.ts';
import { catalogue, mode, webglAvailable } from '../state/twin-state.ts';
import { language, said, t } from '../text/text.ts';
import { MomentButton } from '../whatif/moment-dialog.tsx';
import { CopyLinkButton } from './copy-link-button.tsx';
import { isPhone } from './layout.ts';
import { SearchBox } from './search-box.tsx';

export function TopBar() {
  const state = catalogue.value;
  const city = state.kind === 'ready' ? state.value.city : undefined;
  return (
    <header class={`top-bar ${wantedCity.value.scenario === undefined ? '' : 'in-scenario'}`}>
      <div class="wordmark">
        <img src="./icon.svg" alt="" width="26" height="26" />
        <span class="wordmark-name">{t('appName')}</span>
        {city && <span class="wordmark-city">{said(city.name)}</span>}
      </div>
      <SearchBox />
      <div class="top-actions">
        {!isPhone.value && <ModeSwitch />}
        {!isPhone.value && <CopyLinkButton />}
        {!isPhone.value && <MomentButton />}
        <LanguageButton />
        <AccountButton />
      </div>
    </header>
  );
}

const MODES: readonly { readonly mode: Mode; readonly word: 'mode2d' | 'mode3d' | 'modeSplit' }[] = [
  { mode: '2d', word: 'mode2d' },
  { mode: '3d', word: 'mode3d' },
  { mode: 'split', word: 'modeSplit' },
];

export function ModeSwitch() {
  return (
    <fieldset class="segmented" aria-label={t('mode')}>
      {MODES.filter((entry) => entry.mode !== 'split' || !isPhone.value).map((entry) => (
        <button
          key={entry.mode}
          type="button"
          aria-pressed={mode.value === entry.mode}
          title={t(`${entry.word}Title`)}
          disabled={entry.mode !== '2d' && !webglAvailable.value}
          onClick={() => {
            mode.value = entry.mode;
          }}
        >
          {t(entry.word)}
        </button>
      ))}
    </fieldset>
  );
}

export function LanguageButton() {
  const other = language.value === 'pl' ? 'en' : 'pl';
  return (
    <button
      type="button"
      class="icon-button language"
      lang={other}
      aria-label={`${other.toUpperCase()} – ${t('languageOther')}`}
      title={t('languageOther')}
      onClick={() => {
        language.value = other;
      }}
    >
      {other.toUpperCase()}
    </button>
  );
}
