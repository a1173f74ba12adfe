import { t } from '../text/text.ts';
import { Icon } from './icon.tsx';

interface CloseButtonProps {
  readonly onClick: () => void;
  /** What it does, where that is more than to close. */
  readonly label?: string;
  /** Whether Esc does the same, which its hint then says. */
  readonly byEscape?: boolean;
}

/** The cross of a card, panel or dialog. */
export function CloseButton({ onClick, label = t('close'), byEscape = false }: CloseButtonProps) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={byEscape ? `${label} (Esc)` : label}
      onClick={onClick}
    >
      <Icon name="x" />
    </button>
  );
}
