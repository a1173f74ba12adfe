import { copyText } from '../state/copy-text.ts';
import { t } from '../text/text.ts';
import { Icon } from './icon.tsx';

/** The address holds what is shown: whoever opens it sees the same. */
export function CopyLinkButton() {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={t('copyLink')}
      title={t('copyLink')}
      onClick={() => void copyText(location.href, t('linkCopied'))}
    >
      <Icon name="link" />
    </button>
  );
}
