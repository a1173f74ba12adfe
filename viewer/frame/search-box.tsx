import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { type Answer, askChoices, type Choice, goTo } from '../state/search.ts';
import { t } from '../text/text.ts';
import { Icon } from './icon.tsx';

const EXAMPLE = '306401_1.0021.AR_10.161';

/** The one search: identifiers, parcel numbers and coordinates. A combobox with a list (ARIA 1.2). */
export function SearchBox() {
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const text = useSignal('');
  const open = useSignal(false);
  const active = useSignal(-1);
  const answer = useSignal<Answer>({ kind: 'start' });

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        input.current?.focus();
        input.current?.select();
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  useEffect(() => askChoices(text.value, answer, active), [text.value]);

  const choices = answer.value.kind === 'found' ? answer.value.hits : [];
  useEffect(() => {
    document.getElementById(`${listId}-${active.value}`)?.scrollIntoView({ block: 'nearest' });
  }, [active.value]);
  const choose = (choice: Choice | undefined) => {
    if (!choice) return;
    text.value = choice.hit ? choice.hit.id : choice.label;
    open.value = false;
    input.current?.blur();
    goTo(choice);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      open.value = true;
      if (choices.length === 0) return;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      active.value = (active.value + step + choices.length) % choices.length;
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(choices[Math.max(0, active.value)]);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (open.value) open.value = false;
      else text.value = '';
    }
  };
  return (
    <search class="search">
      <Icon name="search" class="search-icon" />
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={t('searchLabel')}
        aria-expanded={open.value}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active.value >= 0 ? `${listId}-${active.value}` : undefined}
        placeholder={t('searchPlaceholder')}
        autocomplete="off"
        spellcheck={false}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          open.value = true;
        }}
        onFocus={() => {
          open.value = true;
        }}
        onBlur={() => {
          open.value = false;
        }}
        onKeyDown={onKeyDown}
      />
      {text.value === '' ? (
        <kbd class="search-key">Ctrl K</kbd>
      ) : (
        <button
          type="button"
          class="icon-button"
          aria-label={t('searchClear')}
          onClick={() => {
            text.value = '';
            input.current?.focus();
          }}
        >
          <Icon name="x" />
        </button>
      )}
      <div class="search-drop" hidden={!open.value}>
        <div id={listId} role="listbox" aria-label={t('searchLabel')} hidden={choices.length === 0}>
          {groupsOf(choices).map(({ kind, members }) => (
            // biome-ignore lint/a11y/useSemanticElements: a group of options of a listbox, not of form fields
            <div key={kind} role="group" aria-label={kind}>
              <p class="search-kind" aria-hidden="true">
                {kind}
              </p>
              {members.map(({ choice, index }) => (
                <Option
                  key={choice.key}
                  id={`${listId}-${index}`}
                  choice={choice}
                  typed={text.value}
                  active={index === active.value}
                  onActive={() => {
                    active.value = index;
                  }}
                  onChoose={() => choose(choice)}
                />
              ))}
            </div>
          ))}
        </div>
        <Hint
          answer={answer.value}
          onExample={() => {
            text.value = EXAMPLE;
            open.value = true;
          }}
        />
      </div>
    </search>
  );
}

/** Hits of one kind under one heading, in the order in which the kinds come; arrows run through all. */
function groupsOf(choices: readonly Choice[]) {
  const groups = new Map<string, { readonly choice: Choice; readonly index: number }[]>();
  for (const [index, choice] of choices.entries()) {
    groups.set(choice.kind, [...(groups.get(choice.kind) ?? []), { choice, index }]);
  }
  return [...groups].map(([kind, members]) => ({ kind, members }));
}

interface OptionProps {
  readonly id: string;
  readonly choice: Choice;
  readonly typed: string;
  readonly active: boolean;
  readonly onActive: () => void;
  readonly onChoose: () => void;
}

/** Keys stay with the input (aria-activedescendant); the pointer must not take the focus from it. */
function Option({ id, choice, typed, active, onActive, onChoose }: OptionProps) {
  return (
    <button
      type="button"
      id={id}
      class="search-option"
      role="option"
      tabIndex={-1}
      aria-selected={active}
      onMouseDown={keepFocus}
      onMouseMove={onActive}
      onClick={onChoose}
    >
      <span class="hit-label">{marked(choice.label, typed)}</span>
    </button>
  );
}

const keepFocus = (event: MouseEvent): void => event.preventDefault();

function Hint({ answer, onExample }: { answer: Answer; onExample: () => void }) {
  if (answer.kind === 'start') {
    return (
      <p class="search-hint">
        {t('searchStart')}{' '}
        <button type="button" class="text-button" tabIndex={-1} onMouseDown={keepFocus} onClick={onExample}>
          {EXAMPLE}
        </button>
      </p>
    );
  }
  if (answer.kind === 'failed') return <p class="search-hint">{t('searchFailed')}</p>;
  if (answer.kind === 'busy') return <p class="search-hint">{t('searchBusy')}…</p>;
  if (answer.hits.length > 0) return null;
  return (
    <p class="search-hint">
      <strong>{t('searchEmpty', { q: answer.query })}</strong> {t('searchEmptyHint', { example: EXAMPLE })}
    </p>
  );
}

/** The label with the typed part in bold. */
function marked(label: string, typed: string) {
  const at = label.toLowerCase().indexOf(typed.trim().toLowerCase());
  if (at < 0 || typed.trim() === '') return label;
  const end = at + typed.trim().length;
  return (
    <>
      {label.slice(0, at)}
      <mark>{label.slice(at, end)}</mark>
      {label.slice(end)}
    </>
  );
}
