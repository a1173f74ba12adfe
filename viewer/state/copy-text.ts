import { t } from '../text/text.ts';
import { note } from './announcer.ts';

/** Copies a text and says so; `what` is how the remark calls it. */
export async function copyText(text: string, what: string = text): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    note(t('copied', { what }));
  } catch {
    // The clipboard is refused without a secure context or permission: fall back to a selected field.
    note(copyBySelection(text) ? t('copied', { what }) : t('copyFailed'));
  }
}

function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'visually-hidden';
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
