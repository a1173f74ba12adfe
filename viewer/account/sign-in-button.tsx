import { t, type Word } from '../text/text.ts';
import { signDialogOpen } from './sign-dialog.tsx';

/** Within a sentence: asks who somebody is. */
export function SignInButton({ word = 'signIn' }: { word?: Word }) {
  return (
    <button
      type="button"
      class="text-button"
      onClick={() => {
        signDialogOpen.value = true;
      }}
    >
      {t(word)}
    </button>
  );
}
