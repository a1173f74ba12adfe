import { useSignal } from '@preact/signals';
import type { ConsequenceRow } from '../../../core/wire/consequences.ts';
import { formatNumber, unitSymbol } from '../../format/number.ts';
import { said, t, type Word } from '../../text/text.ts';
import { codeWords } from '../edits/code-words.ts';

/** Before, after, difference and its error bound; each row tells on request how it was measured. */
export function ConsequencesTable({ rows }: { rows: readonly ConsequenceRow[] }) {
  if (rows.length === 0) return <p class="quiet">{t('consequencesNone')}</p>;
  return (
    <table class="consequences-table">
      <thead>
        <tr>
          <th scope="col">{t('consequencesIndicator')}</th>
          <th scope="col">{t('before')}</th>
          <th scope="col">{t('after')}</th>
          <th scope="col">{t('consequencesDelta')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.name} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { row: ConsequenceRow }) {
  const open = useSignal(false);
  const { before, after, delta, deltaBound, significance, unit } = row;
  const within = significance === 'within-error';
  return (
    <>
      <tr class={within ? 'within-error' : ''}>
        <th scope="row">
          <button
            type="button"
            class="indicator"
            aria-expanded={open.value}
            onClick={() => {
              open.value = !open.value;
            }}
          >
            {said(row.title)}
          </button>
          {unit !== '1' && <span class="quiet"> [{unitSymbol(unit)}]</span>}
        </th>
        <td>{numberOf(before, unit)}</td>
        <td>{numberOf(after, unit)}</td>
        <td>
          <strong>{signed(delta, unit)}</strong>
          {deltaBound !== undefined && deltaBound > 0 && (
            <span class="bound">± {numberOf(deltaBound, unit)}</span>
          )}
          {within && <span class="bound">{t('consequencesWithin')}</span>}
        </td>
      </tr>
      {open.value && (
        <tr class="consequences-how">
          <td colSpan={4}>
            <How row={row} />
          </td>
        </tr>
      )}
    </>
  );
}

const SCOPES: Readonly<Record<ConsequenceRow['scope'], Word>> = {
  area: 'consequencesScopeArea',
  land: 'consequencesScopeLand',
  surroundings: 'consequencesScopeSurroundings',
  edits: 'consequencesScopeEdits',
  checked: 'consequencesScopeChecked',
};

function How({
  row: { method, boundRule, source, notes, breakdown, unit, scope, layers },
}: {
  row: ConsequenceRow;
}) {
  const layer = layers.length === 1 ? layers[0] : undefined;
  return (
    <>
      <p>{said(method)}</p>
      <p>
        {t('consequencesBound')}: {said(boundRule)}
      </p>
      {source && (
        <p>
          {t('consequencesSource')}: {source}
        </p>
      )}
      <p>{t(SCOPES[scope])}</p>
      {notes.map((note) => (
        <p key={note.en}>{said(note)}</p>
      ))}
      {breakdown && breakdown.length > 0 && (
        <ul class="findings">
          {breakdown.map(({ kind, before, after, delta }) => (
            <li key={kind}>
              {layer ? codeWords(layer, 'kind', kind) : kind}: {numberOf(before, unit)} →{' '}
              {numberOf(after, unit)} ({signed(delta, unit)})
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const LARGE = 100;

/** As many decimals as say something. */
function decimalsOf(value: number, unit: string): number {
  if (Number.isInteger(value)) return 0;
  if (unit === 'm2' || unit === 'm') return Math.abs(value) >= LARGE ? 0 : 1;
  return unit === '%' ? 1 : 2;
}

const numberOf = (value: number | undefined, unit: string): string =>
  value === undefined ? '–' : formatNumber(value, decimalsOf(value, unit));

const signed = (value: number | undefined, unit: string): string =>
  value !== undefined && value > 0 ? `+${numberOf(value, unit)}` : numberOf(value, unit);
