import { REGISTERS } from '../../../core/catalogue/catalogue.ts';
import { deedOf, RULE_TITLES, ruleOf, SEVERITY_TITLES, titleOf } from '../../../core/formats/load-rules.ts';
import type { DataLoad, LoadFinding, LoadSummary } from '../../../core/wire/load.ts';
import { formatCount } from '../../format/number.ts';
import { Icon } from '../../frame/icon.tsx';
import { said, t } from '../../text/text.ts';
import { NotReady } from '../not-ready.tsx';
import { FindingsMap, showOnMap } from './findings-map.tsx';
import { CancelButton, LoadHead, Progress } from './load-item.tsx';
import { findings, isUnderWay, moreFindings, openLoad, saveLoadFile, takeLoad } from './loads-state.ts';
import { MappingForm } from './mapping-form.tsx';
import { corrected, correctMapping, saveMapping } from './mapping-state.ts';

/** What was read of one file, what became of it, and each finding, beside a map of their places. */
export function LoadReport({ load }: { load: DataLoad }) {
  const { report } = load;
  const isMapping = load.state === 'unmapped' || (load.isTable && corrected.value === load.id);
  if (isMapping && !isUnderWay(load)) return <MappingReport load={load} />;
  return (
    <article aria-label={load.fileName}>
      <p class="order-row">
        <button type="button" class="button" onClick={() => void openLoad(undefined)}>
          {t('loadsBack')}
        </button>
      </p>
      <LoadHead load={load} />
      <Progress load={load} />
      {load.problem && (
        <p class="what-if-note warning" role="alert">
          {load.problem.message}
        </p>
      )}
      {report && (
        <>
          <h2>{t(load.state === 'loaded' ? 'loadsBecame' : 'loadsWould')}</h2>
          <Counts report={report} />
        </>
      )}
      <p class="order-row">
        {load.state === 'checked' && (
          <button type="button" class="button primary" onClick={() => void takeLoad(load.id)}>
            {t('loadsTake')}
          </button>
        )}
        <CancelButton load={load} />
        {load.isTable && (load.state === 'checked' || load.state === 'refused') && (
          <button type="button" class="button" onClick={() => correctMapping(load.id)}>
            {t('mappingCorrect')}
          </button>
        )}
        {load.asked.mapping !== undefined && (
          <button type="button" class="button" onClick={() => saveMapping(load, load.asked.mapping ?? '')}>
            <Icon name="download" /> {t('mappingSave')}
          </button>
        )}
        {report && <Files id={load.id} hasRejected={report.rejected > 0} />}
      </p>
      {!isUnderWay(load) && <Findings />}
    </article>
  );
}

/** In place of the report, until somebody has said what the columns are. */
const MappingReport = ({ load }: { load: DataLoad }) => (
  <article aria-label={load.fileName}>
    <p class="order-row">
      <button type="button" class="button" onClick={() => void openLoad(undefined)}>
        {t('loadsBack')}
      </button>
    </p>
    <LoadHead load={load} />
    <MappingForm load={load} />
  </article>
);

const COUNTED = [
  ['added', 'loadsAdded'],
  ['changed', 'loadsChanged'],
  ['unchanged', 'loadsUnchanged'],
  ['ended', 'loadsEnded'],
  ['rejected', 'loadsRejected'],
] as const;

function Counts({ report }: { report: LoadSummary }) {
  const titled = report.layers.map((row) => ({ ...row, layer: layerTitle(row.layer) }));
  const rows = [...titled, { ...report, layer: t('loadsAll') }];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="office-table" tabIndex={0} aria-label={t('loadsAll')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('loadsLayer')}</th>
            {COUNTED.map(([kind, word]) => (
              <th key={kind} scope="col" class="number">
                {t(word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.layer}>
              <th scope="row">{row.layer}</th>
              {COUNTED.map(([kind]) => (
                <td key={kind} class="number">
                  {formatCount(row[kind])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const REPORTS = ['html', 'pdf', 'json'] as const;
const REJECTED = [
  ['geojson', 'GeoJSON'],
  ['csv', 'CSV'],
] as const;

function Files({ id, hasRejected }: { id: string; hasRejected: boolean }) {
  const button = (label: string, name: string) => (
    <button key={name} type="button" class="button" onClick={() => void saveLoadFile(id, name)}>
      <Icon name="download" /> {label}
    </button>
  );
  return (
    <>
      {REPORTS.map((form) => button(t('loadsReportFile', { form: form.toUpperCase() }), `report.${form}`))}
      {hasRejected &&
        REJECTED.map(([ending, form]) => button(t('loadsRejectedFile', { form }), `rejected.${ending}`))}
    </>
  );
}

function Findings() {
  const load = findings.value;
  if (load.kind !== 'ready') return <NotReady load={load} />;
  const { findings: found, next } = load.value;
  return (
    <>
      <h2>{t('loadsFindings')}</h2>
      {found.length === 0 && <p class="quiet">{t('loadsNoFindings')}</p>}
      <div class="loads-findings">
        {found.length > 0 && (
          <ul class="order-list">
            {found.map((finding) => (
              <FindingItem key={finding.ordinal} finding={finding} />
            ))}
          </ul>
        )}
        {found.some(({ place }) => place !== null) && <FindingsMap />}
      </div>
      {next !== null && (
        <button type="button" class="button" onClick={() => void moreFindings()}>
          {t('loadsMore')}
        </button>
      )}
    </>
  );
}

function FindingItem({ finding }: { finding: LoadFinding }) {
  const { ordinal, severity, code, objectId, objectClass, layer, message, line, place } = finding;
  const about = objectId ?? String(ordinal + 1);
  return (
    <li class={`order-item finding-${severity}`}>
      <p class="order-head">
        <b>
          {ordinal + 1}. {objectId ?? said(RULE_TITLES[ruleOf(code)])}
        </b>
        <span class={`chip order-state ${severity === 'error' ? 'failed' : ''}`}>
          {said(SEVERITY_TITLES[severity])}
        </span>
      </p>
      <p class="finding-title">{said(titleOf(code))}</p>
      <p class="quiet" lang="en">
        {message}
      </p>
      <p class="quiet">
        {[
          ...[said(RULE_TITLES[ruleOf(code)]), code, layer === null ? objectClass : layerTitle(layer)],
          ...(line === null ? [] : [t('loadsLine', { n: formatCount(line) })]),
          ...(severity === 'info' ? [] : [said(deedOf(severity, code))]),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {place && (
        <p class="order-row">
          <button
            type="button"
            class="button"
            aria-label={`${t('loadsShow')}: ${about}`}
            onClick={() => showOnMap(place)}
          >
            <Icon name="focus" /> {t('loadsShow')}
          </button>
        </p>
      )}
    </li>
  );
}

const layerTitle = (name: string): string => {
  const register = REGISTERS.find((each) => each.name === name.split('.').at(-1));
  return register ? said(register.title) : name;
};
