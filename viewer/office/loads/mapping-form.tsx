import { useEffect } from 'preact/hooks';
import { MAPPABLE_LAYERS } from '../../../core/formats/mapped/mapping.ts';
import { crsTitle } from '../../../core/geo/crs-title.ts';
import type { FeatureMapping } from '../../../core/wire/feature-mapping.ts';
import type { DataLoad } from '../../../core/wire/load.ts';
import { ORDER_SRIDS } from '../../../core/wire/order.ts';
import type { MappingProposal, TableSketch } from '../../../core/wire/table-sketch.ts';
import { formatCount } from '../../format/number.ts';
import { Icon } from '../../frame/icon.tsx';
import { language, said, t } from '../../text/text.ts';
import { NotReady } from '../not-ready.tsx';
import { CancelButton } from './load-item.tsx';
import { mapLoad } from './loads-state.ts';
import { MappingPlace } from './mapping-place.tsx';
import { MappingProperty } from './mapping-property.tsx';
import {
  changeDraft,
  closeMapping,
  correctMapping,
  draft,
  draftCrs,
  idColumns,
  openMapping,
  proposal,
  proposeAnew,
  saveMapping,
  unusedColumns,
} from './mapping-state.ts';

/** What the columns of a table become: proposed, corrected here, kept as a file, and tried. */
export function MappingForm({ load }: { load: DataLoad }) {
  useEffect(() => {
    void openMapping(load);
    return closeMapping;
  }, [load.id]);
  const proposed = proposal.value;
  if (proposed.kind !== 'ready') return <NotReady load={proposed} />;
  const { table } = proposed.value;
  const mapping = draft.value;
  return (
    <form
      class="mapping"
      aria-label={t('mappingTitle')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!mapping) return;
        correctMapping(undefined);
        void mapLoad(load.id, mapping, draftCrs.peek());
      }}
    >
      <h2>{t('mappingTitle')}</h2>
      <p class="quiet">{t('mappingLead', { rows: formatCount(table.rows) })}</p>
      <div class="office-filters">
        <Target load={load} proposal={proposed.value} />
        {mapping && <IdField mapping={mapping} table={table} />}
        <CrsField table={table} />
      </div>
      {mapping && <Doubts mapping={mapping} table={table} />}
      {!mapping && <p class="what-if-note warning">{t('mappingNoLayer')}</p>}
      {mapping && table.geometry !== null && <MappingPlace mapping={mapping} table={table} />}
      {mapping && <Properties mapping={mapping} table={table} />}
      <p class="order-row mapping-deeds">
        <button type="submit" class="button primary" disabled={!mapping}>
          {t('mappingCheck')}
        </button>
        {mapping && (
          <button type="button" class="button" onClick={() => saveMapping(load, JSON.stringify(mapping))}>
            <Icon name="download" /> {t('mappingSave')}
          </button>
        )}
        <CancelButton load={load} />
      </p>
    </form>
  );
}

function Target({
  load,
  proposal: { sources, layers, table },
}: {
  load: DataLoad;
  proposal: MappingProposal;
}) {
  const layer = draft.value?.layer ?? '';
  const likely = layers.map(({ layer: name }) => name);
  const others = MAPPABLE_LAYERS.filter(({ name }) => !likely.includes(name)).toSorted((a, b) =>
    said(a.title).localeCompare(said(b.title), language.value),
  );
  return (
    <>
      {sources.length > 1 && (
        <label class="field">
          {t('mappingSource')}
          <select
            value={table.source ?? ''}
            onChange={({ currentTarget }) => void proposeAnew(load.id, { source: currentTarget.value })}
          >
            {sources.map((source) => (
              <option key={source}>{source}</option>
            ))}
          </select>
        </label>
      )}
      <label class="field">
        {t('mappingLayer')}
        <select
          value={layer}
          onChange={({ currentTarget }) =>
            void proposeAnew(load.id, { layer: currentTarget.value, source: table.source ?? undefined })
          }
        >
          {layer === '' && <option value="">{t('mappingChooseLayer')}</option>}
          {layers.map(({ layer: name, matched }) => (
            <option key={name} value={name}>
              {t('mappingFound', { layer: titleOf(name), n: matched })}
            </option>
          ))}
          {others.map(({ name, title }) => (
            <option key={name} value={name}>
              {said(title)}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

const titleOf = (name: string): string => {
  const layer = MAPPABLE_LAYERS.find((each) => each.name === name);
  return layer ? said(layer.title) : name;
};

function IdField({ mapping, table }: { mapping: FeatureMapping; table: TableSketch }) {
  return (
    <label class="field">
      {t('mappingId')}
      <input
        required
        list="mapping-columns"
        value={mapping.id}
        onInput={({ currentTarget }) => changeDraft({ id: currentTarget.value })}
      />
      <datalist id="mapping-columns">
        {table.columns.map(({ name }) => (
          <option key={name} value={`{${name}}`} />
        ))}
      </datalist>
    </label>
  );
}

function CrsField({ table }: { table: TableSketch }) {
  return (
    <label class="field">
      {t('mappingCrs')}
      <select
        value={draftCrs.value}
        onChange={({ currentTarget }) => {
          draftCrs.value = currentTarget.value;
        }}
      >
        <option value="">{t('mappingCrsOfFile', { crs: crsTitle(table.srid, language.value) })}</option>
        {ORDER_SRIDS.map((srid) => (
          <option key={srid} value={`EPSG:${srid}`}>
            {crsTitle(srid, language.value)}
          </option>
        ))}
      </select>
    </label>
  );
}

const WGS84 = 4326;

/** What cannot be right, said before anything is tried. */
function Doubts({ mapping, table }: { mapping: FeatureMapping; table: TableSketch }) {
  const ids = idColumns(mapping.id);
  const unknown = ids.filter((id) => !table.columns.some(({ name }) => name === id));
  const [only] = ids.length === 1 ? table.columns.filter(({ name }) => name === ids[0]) : [];
  const isShort = only !== undefined && (only.filled < table.rows || only.distinct < table.rows);
  const [x, y] = table.place ?? [0, 0];
  const isMetres = table.srid === WGS84 && draftCrs.value === '' && (Math.abs(x) > 180 || Math.abs(y) > 90);
  return (
    <>
      {table.place && <p class="quiet">{t('mappingFirstPlace', { x: String(x), y: String(y) })}</p>}
      {isMetres && <p class="what-if-note warning">{t('mappingNotDegrees')}</p>}
      {unknown.length > 0 && (
        <p class="what-if-note warning">{t('mappingIdUnknown', { columns: unknown.join(', ') })}</p>
      )}
      {isShort && <p class="what-if-note warning">{t('mappingIdRepeats', { column: only.name })}</p>}
    </>
  );
}

function Properties({ mapping, table }: { mapping: FeatureMapping; table: TableSketch }) {
  const layer = MAPPABLE_LAYERS.find(({ name }) => name === mapping.layer);
  const unused = unusedColumns.value;
  return (
    <>
      <h3>{t('mappingProperties')}</h3>
      <ul class="order-list mapping-list">
        {layer?.properties.map((property) => (
          <MappingProperty
            key={property.name}
            property={property}
            value={mapping.properties[property.name]}
            columns={table.columns}
          />
        ))}
      </ul>
      <p class={unused.length > 0 ? 'what-if-note warning' : 'quiet'} role="status">
        {unused.length > 0 ? t('mappingUnused', { columns: unused.join(', ') }) : t('mappingAllUsed')}
      </p>
    </>
  );
}
