import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { DEFAULT_LAW_DATE } from '../../core/wire/scenario-head.ts';
import { t } from '../text/text.ts';
import type { ScenarioWords } from './scenario-api.ts';

const LONGEST_TITLE = 120;

interface FormProps {
  readonly heading: string;
  readonly submit: string;
  readonly words?: ScenarioWords;
  readonly refusal: string | undefined;
  onSubmit(words: ScenarioWords): Promise<void>;
  onCancel(): void;
}

/** What a scenario says of itself: title, reason, assumptions, day of the law. */
export function ScenarioForm({ heading, submit, words, refusal, onSubmit, onCancel }: FormProps) {
  const title = useSignal(words?.title ?? '');
  const reason = useSignal(words?.reason ?? '');
  const assumptions = useSignal((words?.assumptions ?? []).join('\n'));
  const lawDate = useSignal(words?.lawDate ?? DEFAULT_LAW_DATE);
  const busy = useSignal(false);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <form
      class="what-if-form"
      aria-label={heading}
      onSubmit={async (event) => {
        event.preventDefault();
        if (busy.value) return;
        busy.value = true;
        await onSubmit({
          title: title.value.trim(),
          reason: reason.value.trim(),
          assumptions: linesOf(assumptions.value),
          lawDate: lawDate.value === '' ? DEFAULT_LAW_DATE : lawDate.value,
        });
        busy.value = false;
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <label class="field">
        <span>{t('scenarioTitle')}</span>
        <input
          ref={first}
          required
          maxLength={LONGEST_TITLE}
          value={title.value}
          onInput={(event) => {
            title.value = event.currentTarget.value;
          }}
        />
      </label>
      <label class="field">
        <span>{t('scenarioReason')}</span>
        <textarea
          rows={2}
          maxLength={2000}
          value={reason.value}
          onInput={(event) => {
            reason.value = event.currentTarget.value;
          }}
        />
      </label>
      <label class="field">
        <span>{t('assumptionsField')}</span>
        <textarea
          rows={2}
          maxLength={10_000}
          value={assumptions.value}
          onInput={(event) => {
            assumptions.value = event.currentTarget.value;
          }}
        />
      </label>
      <label class="field">
        <span>{t('lawDate')}</span>
        <input
          type="date"
          value={lawDate.value}
          onInput={(event) => {
            lawDate.value = event.currentTarget.value;
          }}
        />
      </label>
      {refusal && (
        <p class="what-if-refusal" role="alert">
          {refusal}
        </p>
      )}
      <div class="what-if-actions">
        <button type="submit" class="button primary" disabled={title.value.trim() === '' || busy.value}>
          {submit}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
