/** Models as processes (18-062r2, 7.9 and 7.10). */
import type { Language } from '../../../core/feature/layer.ts';
import type { ModelDeclaration } from '../../../core/wire/run.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Inputs that every process has beside the parameters of its model. */
const COMMON_INPUTS = {
  scenario: {
    type: 'string',
    description:
      'Id of a scenario; or its address: /s/{scenario}/ogc. Without it the city as it was loaded last',
  },
  lawDate: {
    type: 'string',
    format: 'date',
    description: 'The day whose law applies; without it that of the scenario',
  },
} as const;

/** Whether its data leave as they are, and which inputs every process of its kind has: orders are no models. */
const kindOf = ({ name }: ModelDeclaration) =>
  name === 'order'
    ? { common: {}, transmission: ['reference'] }
    : { common: COMMON_INPUTS, transmission: ['value', 'reference'] };

export function processSummary(model: ModelDeclaration, language: Language) {
  return {
    id: model.name,
    version: model.version,
    title: model.title[language],
    description: model.summary[language],
    jobControlOptions: ['sync-execute', 'async-execute', 'dismiss'],
    outputTransmission: kindOf(model).transmission,
  };
}

export function processDescription(model: ModelDeclaration, language: Language) {
  const required = requiredOf(model.parameters);
  const inputs = { ...membersOf(model.parameters), ...commonInputs(model) };
  const described = Object.entries(inputs).map(([name, schema]) => [
    name,
    { ...words(name, schema), minOccurs: required.includes(name) ? 1 : 0, maxOccurs: 1, schema },
  ]);
  const outputs = Object.entries(membersOf(model.result)).map(([name, schema]) => [
    name,
    { ...words(name, schema), schema },
  ]);
  return {
    ...processSummary(model, language),
    inputs: Object.fromEntries(described),
    outputs: Object.fromEntries(outputs),
  };
}

/** Inputs beside its parameters. */
export const commonInputs = (model: ModelDeclaration) => kindOf(model).common;

/** Names of its outputs: the members of its result. */
export const outputsOf = ({ result }: ModelDeclaration): readonly string[] => Object.keys(membersOf(result));

const words = (name: string, { description }: Schema) => ({
  title: name,
  ...(typeof description === 'string' && { description }),
});

export function membersOf({ properties }: Schema): Readonly<Record<string, Schema>> {
  return typeof properties === 'object' && properties !== null ? (properties as Record<string, Schema>) : {};
}

export const requiredOf = ({ required }: Schema): readonly unknown[] =>
  Array.isArray(required) ? required : [];
