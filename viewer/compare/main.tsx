import { effect } from '@preact/signals';
import { render } from 'preact';
import { checkSession } from '../account/sign-in.ts';
import { startTheme } from '../state/theme.ts';
import { language, preferredLanguage, t } from '../text/text.ts';
import { ComparePage } from './compare-page.tsx';
import { followCities, followCompareLink } from './start-compare.ts';
import '../style/tokens.css';
import '../style/base.css';
import '../style/frame.css';
import '../style/panels.css';
import '../whatif/what-if.css';
import '../account/account.css';
import '../plan/plan.css';
import './compare.css';

/** The page that compares scenarios: `compare.html#ids=a,b`. */
function start(): void {
  startTheme();
  const asked = new URLSearchParams(location.search).get('lang');
  language.value = asked === 'pl' || asked === 'en' ? asked : preferredLanguage(navigator.languages);
  effect(() => {
    document.documentElement.lang = language.value;
    document.title = `${t('compareTitle')} · ${t('appName')}`;
  });
  const root = document.getElementById('compare');
  if (!root) throw new Error('compare.html has no #compare');
  followCompareLink();
  followCities({ withTable: true });
  render(<ComparePage />, root);
  void checkSession();
}

start();
