import { useEffect, useRef } from 'preact/hooks';
import { letterKeys, switchLetterKeys } from '../state/letter-keys.ts';
import { t, type Word } from '../text/text.ts';
import { CloseButton } from './close-button.tsx';
import { helpOpen } from './layout.ts';
import { WORK_SPACES } from './work-spaces.ts';

const KEYS: readonly { readonly keys: readonly string[]; readonly word: Word }[] = [
  { keys: ['Ctrl K'], word: 'scSearch' },
  { keys: WORK_SPACES.map((_, index) => String((index + 1) % 10)), word: 'scSpaces' },
  { keys: ['M'], word: 'scMeasure' },
  { keys: ['U'], word: 'scDig' },
  { keys: ['B'], word: 'scLook' },
  { keys: ['T'], word: 'scViewTools' },
  { keys: ['X'], word: 'scHide' },
  { keys: ['C'], word: 'scCompare' },
  { keys: ['←', '↑', '→', '↓'], word: 'scArrows' },
  { keys: ['Shift', '← ↑ → ↓'], word: 'scCross' },
  { keys: ['Enter'], word: 'scEnter' },
  { keys: ['[', ']'], word: 'scFindings' },
  { keys: ['P'], word: 'scPoint' },
  { keys: ['+', '−'], word: 'scZoom' },
  { keys: ['Q', 'E'], word: 'scRotate' },
  { keys: ['R', 'F'], word: 'scTilt' },
  { keys: ['N'], word: 'scNorth' },
  { keys: ['H'], word: 'scHome' },
  { keys: ['␣', 'Enter', '⌫'], word: 'scMeasureKeys' },
  { keys: ['Alt ←', 'Alt →'], word: 'scHistory' },
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
        <CloseButton byEscape onClick={() => dialog.current?.close()} />
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
        <div>
          <dt>
            <kbd>{t('rightClick')}</kbd>
          </dt>
          <dd>{t('scCopyPlace')}</dd>
        </div>
      </dl>
      <label class="letter-keys">
        <input
          type="checkbox"
          checked={letterKeys.value}
          onChange={(event) => switchLetterKeys(event.currentTarget.checked)}
        />
        <span>
          {t('letterKeys')}
          <span class="quiet">{t('letterKeysHint')}</span>
        </span>
      </label>
    </dialog>
  );
}
