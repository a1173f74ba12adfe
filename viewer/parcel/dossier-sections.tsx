import { useSignal } from '@preact/signals';
import type { Dossier, DossierChange, DossierEvent, DossierLayer } from '../../core/wire/parcel-dossier.ts';
import { addressOf } from '../api/city-api.ts';
import { formatDate, formatNumber, formatQuantity } from '../format/number.ts';
import { AttributeList } from '../panels/attribute-list.tsx';
import { PARCELS } from '../state/checked-parcel.ts';
import { flyToSelected } from '../state/fly-to-selected.ts';
import { SENSORS } from '../state/sensors-name.ts';
import { layerNamed, mode, select, webglAvailable } from '../state/twin-state.ts';
import { said, t, tn } from '../text/text.ts';
import { PICTURE_PX, pictureOf } from './dossier-picture.ts';

/** What the registers hold of the parcel, register by register, with what is left out and what is not kept. */
export function DossierSections({ dossier }: { dossier: Dossier }) {
  const { parcel, groups } = dossier;
  const layer = layerNamed(PARCELS);
  return (
    <>
      <section class="dossier-group">
        <h3 class="panel-subtitle">{t('dossierParcel')}</h3>
        {layer && (
          <AttributeList
            layer={layer}
            item={{ id: parcel.id, properties: parcel.properties, geometry: parcel.geometry as never }}
            all={false}
          />
        )}
        <Picture dossier={dossier} />
        <BirdsEye dossier={dossier} />
        <Views />
      </section>
      {groups.map(({ name, title, layers }) => (
        <section key={name} class="dossier-group">
          <h3 class="panel-subtitle">{said(title)}</h3>
          {layers.map((each) => (
            <Register key={each.layer} entry={each} />
          ))}
        </section>
      ))}
      <Timeline events={dossier.timeline} />
      <Sensors dossier={dossier} />
      <History changes={dossier.history} />
      <LeftOut dossier={dossier} />
    </>
  );
}

/** From above, as the service draws its map: a picture that says what it is, not a photograph. */
function Picture({ dossier: { parcel } }: { dossier: Dossier }) {
  const picture = pictureOf(parcel);
  if (!picture) return null;
  const { width, height } = PICTURE_PX;
  return (
    <figure class="dossier-picture">
      <div>
        <img
          src={picture.address}
          width={width}
          height={height}
          alt={t('dossierPictureOf', { id: parcel.id })}
        />
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          <path d={picture.outline} />
        </svg>
      </div>
      <figcaption class="quiet">{t('dossierPictureHint')}</figcaption>
    </figure>
  );
}

/** From the air, of the city that is shown. On ground as large as a district houses would be specks: then the service draws nothing. */
function BirdsEye({ dossier: { parcel } }: { dossier: Dossier }) {
  const failed = useSignal(false);
  if (failed.value) return <p class="quiet">{t('dossierBirdsEyeNone')}</p>;
  return (
    <figure class="dossier-picture">
      <img
        src={addressOf(`api/parcels/${encodeURIComponent(parcel.id)}/birds-eye.png`)}
        width={960}
        height={640}
        alt={t('dossierBirdsEyeOf', { id: parcel.id })}
        onError={() => {
          failed.value = true;
        }}
      />
      <figcaption class="quiet">{t('dossierBirdsEyeHint')}</figcaption>
    </figure>
  );
}

function Views() {
  const show = (next: '2d' | '3d') => {
    mode.value = next;
    flyToSelected();
  };
  return (
    <div class="what-if-actions">
      <button type="button" class="button" onClick={() => show('2d')}>
        {t('dossierFromAbove')}
      </button>
      <button type="button" class="button" disabled={!webglAvailable.value} onClick={() => show('3d')}>
        {t('dossierIn3d')}
      </button>
    </div>
  );
}

/** One register: what of it lies on the parcel; that nothing does; or that nobody knows. */
function Register({ entry }: { entry: DossierLayer }) {
  const date = entry.loadedAt === undefined ? undefined : formatDate(entry.loadedAt);
  const origin = `${said(entry.steward)} · ${date ?? t('layerUnknownDate')}`;
  if (entry.state === 'no-data') {
    return (
      <p class="dossier-register none">
        <span aria-hidden="true">? </span>
        {said(entry.title)}: {t('dossierNoData')}
      </p>
    );
  }
  if (entry.count === 0) {
    return (
      <p class="dossier-register none" title={origin}>
        <span aria-hidden="true">○ </span>
        {said(entry.title)}: {t('dossierNothing')} <span class="quiet">({date})</span>
      </p>
    );
  }
  return (
    <details class="dossier-register">
      <summary>
        <span>{said(entry.title)}</span> <span class="dossier-count">{entry.count}</span>
      </summary>
      <ul>
        {entry.objects.map(({ id, areaM2, lengthM, properties }) => (
          <li key={id}>
            <details class="dossier-object">
              <summary>
                <span class="dossier-name">{nameOf(entry.layer, id, properties)}</span>
                <span class="finding-measure">
                  {areaM2 !== undefined && formatQuantity(areaM2, 'm2', areaM2 < 10 ? 1 : 0)}
                  {lengthM !== undefined && formatQuantity(lengthM, 'm', 1)}
                </span>
              </summary>
              <Attributes layer={entry.layer} id={id} properties={properties} />
              <button
                type="button"
                class="text-button"
                onClick={() => {
                  select({ layer: entry.layer, id });
                  flyToSelected();
                }}
              >
                {t('findingOnMap')}
              </button>
            </details>
          </li>
        ))}
      </ul>
      {entry.count > entry.objects.length && (
        <p class="quiet">{t('dossierMore', { n: entry.count - entry.objects.length })}</p>
      )}
      <p class="quiet">
        {origin}
        {entry.stale && <span class="chip warning">{t('findingStale')}</span>}
      </p>
    </details>
  );
}

type Properties = DossierLayer['objects'][number]['properties'];

function Attributes({ layer: name, id, properties }: { layer: string; id: string; properties: Properties }) {
  const layer = layerNamed(name);
  return layer ? (
    <AttributeList layer={layer} item={{ id, properties, geometry: undefined }} all={false} />
  ) : null;
}

const NAMES = ['name', 'designation', 'designation_text', 'species', 'network', 'kind'];

/** What people would call it: its name, else its kind in words, else its id. */
function nameOf(layerName: string, id: string, properties: Properties): string {
  if (layerName === 'addresses')
    return `${properties['street'] ?? ''} ${properties['house_number'] ?? ''}`.trim() || id;
  const layer = layerNamed(layerName);
  for (const name of NAMES) {
    const value = properties[name];
    if (value === null || value === undefined || value === '') continue;
    const declared = layer?.properties.find((property) => property.name === name);
    const coded = declared?.codelist?.find(({ code }) => code === String(value));
    return coded ? said(coded.label) : String(value);
  }
  return id;
}

function Sensors({ dossier: { sensors, sensorsWithinM } }: { dossier: Dossier }) {
  const within = formatQuantity(sensorsWithinM, 'm');
  return (
    <section class="dossier-group">
      <h3 class="panel-subtitle">{t('dossierSensors', { within })}</h3>
      {sensors.length === 0 && <p class="quiet">{t('dossierNoSensors')}</p>}
      <ul class="dossier-sensors">
        {sensors.map(({ id, title, distanceM, measures }) => (
          <li key={id}>
            <button
              type="button"
              class="text-button"
              onClick={() => select({ layer: SENSORS, id: String(id) })}
            >
              {said(title)}
            </button>{' '}
            <span class="quiet">
              {formatQuantity(distanceM, 'm', 0)}
              {measures.length > 0 && ` · ${measures.slice(0, 3).map(said).join(', ')}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was begun, decided and ends; what lies ahead stands apart from what has been. */
function Timeline({ events }: { events: readonly DossierEvent[] }) {
  const today = new Date().toISOString().slice(0, 10);
  return (
    <section class="dossier-group">
      <h3 class="panel-subtitle">{t('dossierTimeline')}</h3>
      {events.length === 0 && <p class="quiet">{t('dossierNoTimeline')}</p>}
      <ol class="dossier-history dossier-timeline">
        {events.map(({ on, layer, id, step, title }) => (
          <li key={`${layer}/${id}/${step}`} class={on > today ? 'ahead' : undefined}>
            <time dateTime={on}>{formatDate(on)}</time>
            <p>
              <strong>{t(STEP_WORDS[step])}</strong>{' '}
              <button type="button" class="text-button" onClick={() => select({ layer, id })}>
                {said(title)}
              </button>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

const STEP_WORDS = {
  begun: 'dossierBegun',
  decided: 'dossierDecided',
  final: 'dossierFinal',
  ends: 'dossierEnds',
} as const;

function History({ changes }: { changes: readonly DossierChange[] }) {
  return (
    <section class="dossier-group">
      <h3 class="panel-subtitle">{t('dossierHistory')}</h3>
      {changes.length === 0 && <p class="quiet">{t('dossierNoHistory')}</p>}
      <ol class="dossier-history">
        {changes.map((change) => (
          <li key={`${change.layer}/${change.id}/${change.at}/${change.change}`}>
            <time dateTime={change.at}>{formatDate(change.at, true)}</time>
            <p>
              {t(CHANGE_WORDS[change.change], { what: change.id })}
              {change.differs.map(({ property, before, after }) => (
                <span key={property} class="quiet dossier-difference">
                  {property === 'geometry'
                    ? t('dossierReshaped')
                    : `${labelOf(change.layer, property)}: ${valueText(before)} → ${valueText(after)}`}
                </span>
              ))}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

const CHANGE_WORDS = {
  recorded: 'dossierRecorded',
  changed: 'dossierChanged',
  ended: 'dossierEnded',
} as const;

function labelOf(layer: string, name: string): string {
  const property = layerNamed(layer)?.properties.find((each) => each.name === name);
  return property ? said(property.label) : name;
}

const valueText = (value: string | number | boolean | null): string =>
  value === null || value === ''
    ? t('noValue')
    : typeof value === 'number'
      ? formatNumber(value)
      : String(value);

function LeftOut({ dossier: { reduced, notKept } }: { dossier: Dossier }) {
  return (
    <section class="dossier-group">
      <h3 class="panel-subtitle">{t('dossierLeftOut')}</h3>
      {reduced.length > 0 && (
        <details>
          <summary>{tn('dossierReduced', reduced.length, { n: reduced.length })}</summary>
          <p class="quiet">{t('dossierReducedHint')}</p>
          <ul>
            {reduced.map(({ layer, title, properties, whole }) => (
              <li key={layer}>
                {said(title)}:{' '}
                {whole ? t('dossierWhole') : properties.map(({ label }) => said(label)).join(', ')}
              </li>
            ))}
          </ul>
        </details>
      )}
      <ul class="dossier-not-kept">
        {notKept.map(({ name, title, reason }) => (
          <li key={name}>
            <strong>{said(title)}.</strong> <span class="quiet">{said(reason)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
