import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { reasonOf } from '../../core/errors.ts';
import type { HeldToken } from '../../core/wire/token.ts';
import { formatDate } from '../format/number.ts';
import { LOADING, type Load, loadInto } from '../state/load.ts';
import { t } from '../text/text.ts';
import { endToken, makeKey, readTokens } from './read-keys.ts';

const DAYS = [30, 90, 366] as const;

/** Keys of who is signed in, for programs: made, told once, ended. Open sessions stand among them. */
export function Keys({ who }: { who: string }) {
  const held = useSignal<Load<readonly HeldToken[]>>(LOADING);
  const made = useSignal('');
  const problem = useSignal('');
  const read = () => loadInto(held, readTokens);
  useEffect(() => void read(), []);
  const attempt = async (work: () => Promise<string>) => {
    problem.value = '';
    try {
      made.value = await work();
      await read();
    } catch (error) {
      problem.value = reasonOf(error);
    }
  };
  return (
    <details class="keys">
      <summary>{t('keysTitle')}</summary>
      <p class="quiet">{t('keysHint', { who })}</p>
      <KeyForm onMake={(label, days, readOnly) => void attempt(() => makeKey(label, days, readOnly))} />
      {made.value !== '' && (
        <label class="field">
          <span>{t('keyMade')}</span>
          <input readOnly value={made.value} onFocus={(event) => event.currentTarget.select()} />
        </label>
      )}
      {problem.value !== '' && (
        <p class="what-if-refusal" role="alert">
          {problem.value}
        </p>
      )}
      <Held
        load={held.value}
        onEnd={(id) =>
          void attempt(async () => {
            await endToken(id);
            return '';
          })
        }
      />
    </details>
  );
}

function KeyForm({ onMake }: { onMake: (label: string, days: number, readOnly: boolean) => void }) {
  const label = useSignal('');
  const days = useSignal(90);
  const readOnly = useSignal(true);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onMake(label.value.trim(), days.value, readOnly.value);
        label.value = '';
      }}
    >
      <label class="field">
        <span>{t('keyLabel')}</span>
        <input
          required
          maxLength={100}
          placeholder="QGIS"
          value={label.value}
          onInput={(event) => {
            label.value = event.currentTarget.value;
          }}
        />
      </label>
      <label class="field">
        <span>{t('keyDays')}</span>
        <select
          value={days.value}
          onChange={(event) => {
            days.value = Number(event.currentTarget.value);
          }}
        >
          {DAYS.map((each) => (
            <option key={each} value={each}>
              {t('keyDaysOf', { n: each })}
            </option>
          ))}
        </select>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={readOnly.value}
          onChange={(event) => {
            readOnly.value = event.currentTarget.checked;
          }}
        />{' '}
        {t('keyReadOnly')}
      </label>
      <button type="submit" class="button">
        {t('keyMake')}
      </button>
    </form>
  );
}

function Held({ load, onEnd }: { load: Load<readonly HeldToken[]>; onEnd: (id: string) => void }) {
  if (load.kind === 'loading') return <p class="quiet">{t('officeLoading')}</p>;
  if (load.kind === 'failed') return <p role="alert">{t('officeFailed', { reason: load.reason })}</p>;
  return (
    <ul class="keys-held">
      {load.value.map(({ id, label, idleMinutes, isReadOnly, expiresAt, lastUsedAt, isCurrent }) => (
        <li key={id}>
          <strong>{label}</strong>{' '}
          {t(idleMinutes !== null ? 'keySession' : isReadOnly ? 'keyThatReads' : 'keyThatActs')}
          <span class="quiet">
            {t('keyDates', {
              end: formatDate(expiresAt, true) ?? '–',
              used: formatDate(lastUsedAt, true) ?? '–',
            })}
          </span>
          {isCurrent ? (
            <span class="quiet">{t('keyCurrent')}</span>
          ) : (
            <button
              type="button"
              class="text-button"
              aria-label={t('keyEndOf', { label })}
              onClick={() => onEnd(id)}
            >
              {t('keyEnd')}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
