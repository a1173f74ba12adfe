import { signal } from '@preact/signals';
import { SignDialog } from '../account/sign-dialog.tsx';
import { SignInButton } from '../account/sign-in-button.tsx';
import { Icon } from '../frame/icon.tsx';
import { PageHead } from '../frame/page-head.tsx';
import { announcement } from '../state/announcer.ts';
import { isOffice, may, session } from '../state/session.ts';
import { t } from '../text/text.ts';
import { AccountsSection } from './accounts-section.tsx';
import { AuditSection } from './audit-section.tsx';
import { LoadsSection } from './loads/loads-section.tsx';
import { ModelSection } from './model-section.tsx';
import { OperationsSection } from './operations-section.tsx';
import { OutsideSection } from './outside-section.tsx';
import { RegisterSection } from './register-section.tsx';
import { StatisticsSection } from './statistics-section.tsx';

const SECTIONS = [
  { name: 'register', word: 'officeRegister', right: 'register', Section: RegisterSection },
  { name: 'statistics', word: 'officeStatistics', right: 'register', Section: StatisticsSection },
  { name: 'model', word: 'officeModel', right: 'see', Section: ModelSection },
  { name: 'loads', word: 'loadsTitle', right: 'load', Section: LoadsSection },
  { name: 'outside', word: 'outsideTitle', right: 'operate', Section: OutsideSection },
  { name: 'operations', word: 'operationsTitle', right: 'operate', Section: OperationsSection },
  { name: 'audit', word: 'auditTitle', right: 'audit', Section: AuditSection },
  { name: 'accounts', word: 'officeAccounts', right: 'accounts', Section: AccountsSection },
] as const;

const shown = signal<(typeof SECTIONS)[number]['name']>('register');

/** The register of use, its statistics, the state of the 3D model, files handed in, outside services, how the service is doing, the audit, and accounts with what they may: for people of the office, each what their roles allow. */
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
        {isOffice.value ? <Sections /> : <NotStaff />}
      </main>
      <SignDialog />
      <div class="visually-hidden" role="status" aria-live="polite">
        {announcement.value}
      </div>
    </>
  );
}

function Sections() {
  const offered = SECTIONS.filter(({ right }) => may(right));
  const current = offered.find(({ name }) => name === shown.value) ?? offered[0];
  if (!current) return <p>{t('officeNothing')}</p>;
  return (
    <>
      <nav class="office-tabs" aria-label={t('officeTitle')}>
        {offered.map(({ name, word }) => (
          <button
            key={name}
            type="button"
            class="button"
            aria-pressed={current.name === name}
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
