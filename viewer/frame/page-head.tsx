import type { ComponentChildren } from 'preact';
import type { Text } from '../../core/feature/layer.ts';
import { AccountButton } from '../account/account-button.tsx';
import { switchTheme, theme } from '../state/theme.ts';
import { said, t } from '../text/text.ts';
import { Icon } from './icon.tsx';
import { LanguageButton } from './top-bar.tsx';

interface PageHeadProps {
  /** Undefined until it is known. */
  readonly city: Text | undefined;
  /** Between the mark and the buttons. */
  readonly middle?: ComponentChildren;
  /** Before the buttons that every page has. */
  readonly actions?: ComponentChildren;
}

/** The top of every page beside the map. */
export function PageHead({ city, middle, actions }: PageHeadProps) {
  return (
    <header class="top-bar">
      <a class="wordmark" href="./" title={t('appName')}>
        <img src="./icon.svg" alt="" width="26" height="26" />
        <span class="wordmark-name">{t('appName')}</span>
        {city && <span class="wordmark-city">{said(city)}</span>}
      </a>
      {middle}
      <div class="top-actions">
        {actions}
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
  );
}
