import { effect } from '@preact/signals';
import { render } from 'preact';
import { arrangement, wantedIds } from '../compare/compare-state.ts';
import { followCities } from '../compare/start-compare.ts';
import { theme } from '../state/theme.ts';
import { language, preferredLanguage, t } from '../text/text.ts';
import { EmbedPage } from './embed-page.tsx';
import '../style/tokens.css';
import '../style/base.css';
import '../style/panels.css';
import '../plan/plan.css';
import '../compare/compare.css';
import './embed.css';

/**
 * A published scenario for other pages to frame: `embed.html?scenario=…`, with `lang=pl|en` and `theme=light|dark`. It
 * keeps nothing in the browser, knows of no visitor and calls no other host.
 */
function start(): void {
  const wanted = new URLSearchParams(location.search);
  const asked = wanted.get('lang');
  language.value = asked === 'pl' || asked === 'en' ? asked : preferredLanguage(navigator.languages);
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
  const themeAsked = wanted.get('theme');
  theme.value = themeAsked === 'dark' || (themeAsked !== 'light' && isDark) ? 'dark' : 'light';
  document.documentElement.dataset['theme'] = theme.value;
  effect(() => {
    document.documentElement.lang = language.value;
    document.title = t('appName');
  });
  const scenario = wanted.get('scenario') ?? '';
  arrangement.value = 'swipe';
  wantedIds.value = /^[\w-]{1,100}$/.test(scenario) ? [scenario] : [];
  followCities({ withTable: false });
  const root = document.getElementById('embed');
  if (!root) throw new Error('embed.html has no #embed');
  render(<EmbedPage />, root);
}

start();
