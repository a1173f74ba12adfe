import type { SavedAccount } from '../../core/wire/account.ts';
import { t } from '../text/text.ts';

interface SaveOutcomeProps {
  readonly saved: SavedAccount | undefined;
  readonly problem: string | undefined;
}

/** Whether an account was saved; a new password is shown this once. */
export function SaveOutcome({ saved, problem }: SaveOutcomeProps) {
  return (
    <>
      {problem !== undefined && (
        <p class="what-if-note warning" role="alert">
          {t('officeNotSaved', { reason: problem })}
        </p>
      )}
      {saved && (
        <p class="what-if-note" role="status">
          {t('officeSaved', { name: saved.name })}
          {saved.password !== undefined && (
            <>
              {' '}
              {t('officePassword')} <code>{saved.password}</code>
            </>
          )}
        </p>
      )}
    </>
  );
}
