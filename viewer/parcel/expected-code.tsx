import { expectedCode } from '../state/checked-parcel.ts';
import { t } from '../text/text.ts';

/** Whether an answer still is the one of a printed document whose link was opened. */
export function ExpectedCode({ code }: { code: string }) {
  const expected = expectedCode.value;
  if (expected === undefined) return null;
  return (
    <p class={expected === code ? 'what-if-fine' : 'what-if-note warning'} role="status">
      {t(expected === code ? 'codeMatches' : 'codeDiffers', { code: expected })}
    </p>
  );
}
