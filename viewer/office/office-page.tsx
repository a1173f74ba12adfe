import { signal } from '@preact/signals';
import { SignDialog } from '../account/sign-dialog.tsx';
import { SignInButton } from '../account/sign-in-button.tsx';
import { Icon } from '../frame/icon.tsx';
import { PageHead } from '../frame/page-head.tsx';
import { announcement } from '../state/announcer.ts';
import { isStaff, session } from '../state/session.ts';
import { t } from '../text/text.ts';
import { AccountsSection } from './accounts-section.tsx';
import { LoadsSection } from './loads/loads-section.tsx';
import { ModelSection } from './model-section.tsx';
import { OperationsSection } from './operations-section.tsx';
import { OutsideSection } from './outside-section.tsx';
import { RegisterSection } from './register-section.tsx';
import { StatisticsSection } from './statistics-section.tsx';

const SECTIONS = [
  { name: 'register', word: 'officeRegister', Section: RegisterSection },
  { name: 'statistics', word: 'officeStatistics', Section: StatisticsSection },
  { name: 'model', word: 'officeModel', Section: ModelSection },
  { name: 'loads', word: 'loadsTitle', Section: LoadsSection },
  { name: 'outside', word: 'outsideTitle', Section: OutsideSection },
  { name: 'operations', word: 'operationsTitle', Section: OperationsSection },
  { name: 'accounts', word: 'officeAccounts', Section: AccountsSection },
] as const;

const shown = signal<(typeof SECTIONS)[number]['name']>('register');

/** The register of use, its statistics, the state of the 3D model, files handed in, outside services, how the service is doing, and accounts with what they may: for staff. */
export function OfficePage() {
  return (
    <>
      <PageHead
        city={undefined}
        actions={
          <a class="button" href="./">
            <Icon name="map" /> {t('dashboardToMap')}
          </a>
        }
      />
      <main class="office">
        <h1>{t('officeTitle')}</h1>
        {isStaff.value ? <Sections /> : <NotStaff />}
      </main>
      <SignDialog />
      <div class="visually-hidden" role="status" aria-live="polite">
        {announcement.value}
      </div>
    </>
  );
}

function Sections() {
  const current = SECTIONS.find(({ name }) => name === shown.value) ?? SECTIONS[0];
  return (
    <>
      <nav class="office-tabs" aria-label={t('officeTitle')}>
        {SECTIONS.map(({ name, word }) => (
          <button
            key={name}
            type="button"
            class="button"
            aria-pressed={shown.value === name}
            onClick={() => {
              shown.value = name;
            }}
          >
            {t(word)}
          </button>
        ))}
      </nav>
      <current.Section />
    </>
  );
}

const NotStaff = () => (
  <p>
    {t(session.value ? 'officeNotStaff' : 'officeSignIn')} <SignInButton />
  </p>
);
