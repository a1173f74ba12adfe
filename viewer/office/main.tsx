import { effect } from '@preact/signals';
import { render } from 'preact';
import { checkSession } from '../account/sign-in.ts';
import { startTheme } from '../state/theme.ts';
import { language, preferredLanguage, t } from '../text/text.ts';
import { OfficePage } from './office-page.tsx';
import '../style/tokens.css';
import '../style/base.css';
import '../style/frame.css';
import '../style/panels.css';
import '../whatif/what-if.css';
import '../account/account.css';
import '../sites/sites.css';
import '../dashboard/dashboard.css';
import '../order/order.css';
import '../plan/plan.css';
import '../compare/compare.css';
import './office.css';
import './loads/loads.css';

/** The page of the office: who took what data and for which case, and who may. */
function start(): void {
  startTheme();
  const asked = new URLSearchParams(location.search).get('lang');
  language.value = asked === 'pl' || asked === 'en' ? asked : preferredLanguage(navigator.languages);
  effect(() => {
    document.documentElement.lang = language.value;
    document.title = `${t('officeTitle')} · ${t('appName')}`;
  });
  const root = document.getElementById('office');
  if (!root) throw new Error('office.html has no #office');
  render(<OfficePage />, root);
  void checkSession();
}

start();
