/** Extract and drawing of the plans on a parcel (wypis i wyrys): each zone with its provisions and act. */
import type { Language, LayerDeclaration, PropertyDeclaration } from '../../feature/layer.ts';
import type { ParcelCheck } from '../../wire/parcel-check.ts';
import type { Dossier, DossierLayer, DossierObject } from '../../wire/parcel-dossier.ts';
import type { Block, PrintDocument } from '../print-document.ts';
import { dayWords } from '../value-words.ts';
import { filled, WORDS } from './document-words.ts';
import { quantityWords } from './measure-words.ts';
import { drawingBlocks, heading, type ParcelPaper, parcelPaper } from './shared-blocks.ts';

export interface ExtractFacts extends ParcelPaper {
  readonly dossier: Dossier;
  /** As everybody may know them. */
  readonly layers: readonly LayerDeclaration[];
}

/** The group of the catalogue that plans stand in. */
const PLANNING = 'planning';
/** Told one by one: zones in full, the acts and lines after them. */
const ZONES = 'plan_zones';

export function planExtract(facts: ExtractFacts): PrintDocument {
  const { check, dossier, language, drawing } = facts;
  const plans = dossier.groups.find(({ name }) => name === PLANNING)?.layers ?? [];
  return parcelPaper(
    facts,
    { title: WORDS.extractTitle, subject: WORDS.extractSubject },
    [
      ...unknownBlocks(check, plans, language),
      ...zoneBlocks(plans, facts),
      ...drawingBlocks(filled(WORDS.drawingAlt[language], { id: check.parcel.id }), drawing, language),
      ...otherBlocks(plans, facts),
    ],
    plans.map((plan) => ({ ...plan, layer: plan.title[language] })),
  );
}

/** What is not known of the plans stands before what is. */
function unknownBlocks(
  check: ParcelCheck,
  plans: readonly DossierLayer[],
  language: Language,
): readonly Block[] {
  const missing = plans.filter(({ state }) => state === 'no-data').map(({ title }) => title[language]);
  const unknown = check.findings
    .filter(({ state, category }) => state === 'not-assessed' && category === PLANNING)
    .map(({ title, reason }) => `${title[language]}: ${reason[language]}`);
  const items = [
    ...(missing.length === 0 ? [] : [filled(WORDS.noData[language], { layers: missing.join(', ') })]),
    ...unknown,
  ];
  return [
    heading(2, WORDS.notAssessed[language]),
    items.length === 0 ? { kind: 'paragraph', text: WORDS.allAssessed[language] } : { kind: 'list', items },
  ];
}

function zoneBlocks(plans: readonly DossierLayer[], facts: ExtractFacts): readonly Block[] {
  const { language, check } = facts;
  const zones = plans.find(({ layer }) => layer === ZONES)?.objects ?? [];
  const head = heading(2, WORDS.zones[language]);
  if (zones.length === 0) return [head, { kind: 'note', tone: 'warning', text: WORDS.noZones[language] }];
  return [
    head,
    ...zones.flatMap((zone) => {
      const share = ((zone.areaM2 ?? 0) / check.parcel.areaM2) * 100;
      const onParcel = `${quantityWords(Math.round(zone.areaM2 ?? 0), 'm2', language)} (${quantityWords(Math.round(share * 10) / 10, '%', language)})`;
      return [
        heading(3, String(zone.properties['designation'] ?? zone.id)),
        {
          kind: 'facts',
          facts: [{ name: WORDS.onParcel[language], value: onParcel }, ...factsOf(ZONES, zone, facts)],
        } as const,
      ];
    }),
  ];
}

function otherBlocks(plans: readonly DossierLayer[], facts: ExtractFacts): readonly Block[] {
  return plans
    .filter(({ layer, objects }) => layer !== ZONES && objects.length > 0)
    .flatMap(({ layer, title, objects }) => [
      heading(2, title[facts.language]),
      ...objects.flatMap((object) => [
        heading(3, String(object.properties['title'] ?? object.properties['designation'] ?? object.id)),
        { kind: 'facts', facts: factsOf(layer, object, facts) } as const,
      ]),
    ]);
}

const LONGEST_SYMBOL = 3;
const NOT_TOLD = /^iip_|_since$|^version_|^drafting_note$/;
const TOLD_ANYWAY: ReadonlySet<string> = new Set(['in_force_since']);

/** Every property by its label, with unit and codelist text; null says that the plan sets none. */
function factsOf(
  layerName: string,
  { properties }: DossierObject,
  { layers, language }: ExtractFacts,
): readonly { readonly name: string; readonly value: string }[] {
  const layer = layers.find(({ name }) => name === layerName);
  const declared = layer?.properties ?? [];
  return declared
    .filter(({ name }) => TOLD_ANYWAY.has(name) || !NOT_TOLD.test(name))
    .map((property) => ({
      name: property.label[language],
      value: valueWords(property, properties[property.name] ?? null, language),
    }));
}

function valueWords(
  { type, unit, codelist }: PropertyDeclaration,
  value: string | number | boolean | null,
  language: Language,
): string {
  if (value === null || value === '') return WORDS.notSet[language];
  const coded = codelist?.find(({ code }) => code === String(value));
  // A symbol of a plan is read together with its meaning; a word of our schema tells nobody anything.
  if (coded)
    return coded.code.length <= LONGEST_SYMBOL
      ? `${coded.label[language]} (${coded.code})`
      : coded.label[language];
  if (typeof value === 'number') return quantityWords(value, unit ?? '1', language);
  return type === 'date' || type === 'datetime' ? dayWords(String(value), language) : String(value);
}
