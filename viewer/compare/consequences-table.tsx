import { commonBefore } from '../../core/analysis/consequences/common-before.ts';
import type { Comparison } from '../../core/wire/consequences.ts';
import { lastOf } from '../state/load.ts';
import { said, t } from '../text/text.ts';
import { hasTraffic, TrafficHour } from '../traffic/traffic-hour.tsx';
import { CheckedParcels } from './checked-parcels.tsx';
import { consequences, loadConsequences, trafficHour, trafficPercent } from './compare-state.ts';
import {
  baseWords,
  type Cell,
  deltaWords,
  type Row,
  significanceOf,
  unitWords,
  valueWords,
} from './consequence-words.ts';

/** What follows from each scenario: before, after, difference and whether it is more than the models' own error. */
export function ConsequencesTable() {
  const state = consequences.value;
  const table = lastOf(state);
  if (state.kind === 'failed') {
    return (
      <p class="warning" role="alert">
        {t('compareTableFailed', { reason: state.reason })}{' '}
        <button type="button" class="button" onClick={() => void loadConsequences()}>
          {t('retry')}
        </button>
      </p>
    );
  }
  return (
    <>
      {state.kind === 'loading' && <Computing />}
      {table && <Table comparison={table} />}
    </>
  );
}

function Computing() {
  const percent = trafficPercent.value;
  const words = t(percent === undefined ? 'compareComputing' : 'consequencesTraffic');
  return (
    <p class="quiet compare-busy">
      <span role="status">{words}…</span>{' '}
      {percent !== undefined && (
        <progress aria-label={words} {...(percent > 0 ? { value: percent, max: 100 } : {})} />
      )}
    </p>
  );
}

function Table({ comparison }: { comparison: Comparison }) {
  const { scenarios, rows, notAssessed, sameBase, area } = comparison;
  return (
    <>
      {!sameBase && <p class="warning">{t('compareOtherBases')}</p>}
      {hasTraffic(rows) && (
        <TrafficHour
          hour={trafficHour.value}
          onChange={(hour) => {
            trafficHour.value = hour;
            void loadConsequences();
          }}
        />
      )}
      <p class="quiet">{t('compareArea', { ha: valueWords(area.areaM2 / 10_000) })}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, also by keys */}
      <section class="scroll compare-table" tabIndex={0} aria-label={t('compareTable')}>
        <table>
          <caption class="visually-hidden">{t('compareTable')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('compareIndicator')}</th>
              <th scope="col" class="number">
                {t('compareBase')}
              </th>
              {scenarios.map(({ id, title }) => (
                <th key={id} scope="col" class="number">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <RowOf key={row.name} row={row} />
            ))}
          </tbody>
        </table>
      </section>
      <p class="compare-legend">
        <span>● {t('compareBeyondError')}</span>
        <span>≈ {t('compareWithinError')}</span>
        <span>= {t('compareNoChange')}</span>
        <span>? {t('compareNotAssessed')}</span>
      </p>
      <CheckedParcels comparison={comparison} />
      {notAssessed.length > 0 && (
        <details class="compare-open">
          <summary>{t('compareNotInTable', { n: notAssessed.length })}</summary>
          <dl>
            {notAssessed.map(({ name, title, reason }) => (
              <div key={name}>
                <dt>{said(title)}</dt>
                <dd class="quiet">{said(reason)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

function RowOf({ row }: { row: Row }) {
  const isOwn = commonBefore(row) === undefined;
  return (
    <tr>
      <th scope="row" title={`${said(row.method)} ${said(row.boundRule)}`}>
        {said(row.title)}
        {row.unit !== '1' && <span class="quiet"> [{unitWords(row.unit)}]</span>}
      </th>
      <td class="number">{baseWords(row)}</td>
      {row.cells.map((cell) => (
        <CellOf key={cell.scenario} cell={cell} isOwnBase={isOwn} />
      ))}
    </tr>
  );
}

/** @param isOwnBase where scenarios speak of different land, each says what it starts from */
function CellOf({ cell, isOwnBase }: { cell: Cell; isOwnBase: boolean }) {
  const { sign, words, kind } = significanceOf(cell);
  const value = cell.after ?? cell.before;
  return (
    <td class={`number is-${kind}`}>
      {cell.state === 'computed' && value !== undefined && (
        <span class="compare-after">
          {isOwnBase && cell.before !== undefined && cell.before !== value && (
            <span class="quiet">{valueWords(cell.before, cell.afterBound)} → </span>
          )}
          {valueWords(value, cell.afterBound)}
        </span>
      )}
      <span class="compare-delta">
        {kind === 'real' || kind === 'unsure' ? deltaWords(cell) : ''}{' '}
        <span title={words} aria-hidden="true">
          {sign}
        </span>
        <span class="visually-hidden">{words}</span>
      </span>
    </td>
  );
}
