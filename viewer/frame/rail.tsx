import { isOffice } from '../state/session.ts';
import { switchTheme, theme } from '../state/theme.ts';
import { t } from '../text/text.ts';
import { Icon, type IconName } from './icon.tsx';
import { helpOpen, panelOpen, sheetStop, toggleWorkSpace, workSpace } from './layout.ts';
import { WORK_SPACES } from './work-spaces.ts';

export function Rail() {
  return (
    <nav class="rail" aria-label={t('appName')}>
      {WORK_SPACES.map(({ name, icon, verb }, index) => (
        <button
          key={name}
          type="button"
          class="rail-verb"
          data-space={name}
          title={`${t(verb)} (${(index + 1) % 10})`}
          aria-pressed={panelOpen.value && workSpace.value === name}
          aria-controls="work-panel"
          onClick={() => toggleWorkSpace(name)}
        >
          <Icon name={icon} />
          <span>{t(verb)}</span>
        </button>
      ))}
      <span class="spring" />
      <ToolButtons />
    </nav>
  );
}

/** The same verbs as tabs of the sheet on a phone; one alone needs no tab. */
export function SheetTabs() {
  if (WORK_SPACES.length < 2) return null;
  return (
    <nav class="sheet-tabs" aria-label={t('appName')}>
      {WORK_SPACES.map(({ name, icon, verb }) => (
        <button
          key={name}
          type="button"
          aria-pressed={workSpace.value === name}
          onClick={() => {
            workSpace.value = name;
            if (sheetStop.value === 'peek') sheetStop.value = 'half';
          }}
        >
          <Icon name={icon} />
          <span>{t(verb)}</span>
        </button>
      ))}
    </nav>
  );
}

/** The dashboard, theme, printing and keys: in the rail, or at the foot of the sheet on a phone. */
export function ToolButtons() {
  const toOther = theme.value === 'dark' ? 'themeToLight' : 'themeToDark';
  return (
    <>
      <a
        class="icon-button"
        href="./dashboard.html"
        title={t('dashboardTitle')}
        aria-label={t('dashboardTitle')}
      >
        <Icon name="gauge" />
      </a>
      {isOffice.value && (
        <a class="icon-button" href="./office.html" title={t('officeTitle')} aria-label={t('officeTitle')}>
          <Icon name="building" />
        </a>
      )}
      <Tool icon={theme.value === 'dark' ? 'sun' : 'moon'} label={t(toOther)} onClick={switchTheme} />
      <Tool icon="printer" label={t('print')} onClick={() => window.print()} />
      <Tool
        icon="keyboard"
        label={t('keyboard')}
        onClick={() => {
          helpOpen.value = true;
        }}
      />
    </>
  );
}

function Tool({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
