import { switchTheme, theme } from '../state/theme.ts';
import { t } from '../text/text.ts';
import { Icon, type IconName } from './icon.tsx';
import { helpOpen, panelOpen } from './layout.ts';

export function Rail() {
  return (
    <nav class="rail" aria-label={t('appName')}>
      <button
        type="button"
        class="rail-verb"
        aria-pressed={panelOpen.value}
        aria-controls="work-panel"
        onClick={() => {
          panelOpen.value = !panelOpen.value;
        }}
      >
        <Icon name="layers" />
        <span>{t('explore')}</span>
      </button>
      <span class="spring" />
      <ToolButtons />
    </nav>
  );
}

/** Theme, printing and keys: in the rail, or at the foot of the sheet on a phone. */
export function ToolButtons() {
  const toOther = theme.value === 'dark' ? 'themeToLight' : 'themeToDark';
  return (
    <>
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
