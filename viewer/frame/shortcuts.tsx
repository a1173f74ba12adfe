import { useEffect, useRef } from 'preact/hooks';
import { t, type Word } from '../text/text.ts';
import { Icon } from './icon.tsx';
import { helpOpen } from './layout.ts';

const KEYS: readonly { readonly keys: readonly string[]; readonly word: Word }[] = [
  { keys: ['Ctrl K'], word: 'scSearch' },
  { keys: ['1'], word: 'scPanel' },
  { keys: ['←', '↑', '→', '↓'], word: 'scArrows' },
  { keys: ['+', '−'], word: 'scZoom' },
  { keys: ['Q', 'E'], word: 'scRotate' },
  { keys: ['R', 'F'], word: 'scTilt' },
  { keys: ['Enter'], word: 'scEnter' },
  { keys: ['H'], word: 'scHome' },
  { keys: ['Esc'], word: 'scClose' },
  { keys: ['?'], word: 'scHelp' },
];

/** Every key, in a dialog that gives the focus back when it closes. */
export function Shortcuts() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (helpOpen.value) dialog.current?.showModal();
  }, [helpOpen.value]);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby="shortcuts-title"
      onClose={() => {
        helpOpen.value = false;
      }}
    >
      <header class="panel-head">
        <h2 id="shortcuts-title">{t('shortcutsTitle')}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label={t('close')}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="x" />
        </button>
      </header>
      <dl class="shortcuts">
        {KEYS.map(({ keys, word }) => (
          <div key={word}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(word)}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
