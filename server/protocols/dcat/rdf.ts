/** A description in RDF as plain data, written as JSON-LD 1.1 or Turtle 1.1. */

export type RdfValue =
  | { readonly id: string }
  | { readonly text: string; readonly language?: string; readonly datatype?: string }
  | RdfNode;

/** A resource; without `id` a blank node, which stands where it is told of. */
export interface RdfNode {
  readonly id?: string;
  /** Class, as `dcat:Dataset`. */
  readonly type: string;
  /** By predicate, as `dct:title`. */
  readonly properties: Readonly<Record<string, readonly RdfValue[]>>;
}

export type Prefixes = Readonly<Record<string, string>>;

/** Resources of JSON-LD, with nested ones in their place. */
export const jsonLdOf = (node: RdfNode, prefixes: Prefixes): object => ({
  '@context': prefixes,
  ...objectOf(node),
});

const objectOf = ({ id, type, properties }: RdfNode): object => ({
  ...(id !== undefined && { '@id': id }),
  '@type': type,
  ...Object.fromEntries(
    Object.entries(told(properties)).map(([name, values]) => [name, values.map(writtenValue)]),
  ),
});

function writtenValue(value: RdfValue): object {
  if ('type' in value) return objectOf(value);
  if ('id' in value) return { '@id': value.id };
  const { text, language, datatype } = value;
  return {
    '@value': text,
    ...(language !== undefined && { '@language': language }),
    ...(datatype !== undefined && { '@type': datatype }),
  };
}

/** Predicates without a value are left out. */
const told = (properties: RdfNode['properties']): RdfNode['properties'] =>
  Object.fromEntries(Object.entries(properties).filter(([, values]) => values.length > 0));

/** The same as Turtle: a subject for each resource that has an address, blank nodes in brackets. */
export function turtleOf(node: RdfNode, prefixes: Prefixes): string {
  const subjects: string[] = [];
  subject(node, subjects);
  const head = Object.entries(prefixes).map(([name, uri]) => `@prefix ${name}: <${uri}> .`);
  return `${head.join('\n')}\n\n${subjects.join('\n')}`;
}

function subject(node: RdfNode, subjects: string[]): void {
  const place = subjects.push('') - 1;
  subjects[place] = `${iri(node.id ?? '')} ${statements(node, subjects)} .\n`;
}

function statements({ type, properties }: RdfNode, subjects: string[]): string {
  const lines = Object.entries(told(properties)).map(
    ([name, values]) => `${name} ${values.map((value) => term(value, subjects)).join(', ')}`,
  );
  return [`a ${type}`, ...lines].join(' ;\n  ');
}

function term(value: RdfValue, subjects: string[]): string {
  if ('type' in value) {
    if (value.id === undefined) return `[ ${statements(value, subjects)} ]`;
    subject(value, subjects);
    return iri(value.id);
  }
  if ('id' in value) return iri(value.id);
  const { text, language, datatype } = value;
  const suffix = language !== undefined ? `@${language}` : datatype !== undefined ? `^^${datatype}` : '';
  return `${JSON.stringify(text)}${suffix}`;
}

/** Signs that an address may not hold in Turtle (18, IRIREF) are written as per cent. */
const iri = (address: string): string =>
  `<${address.replaceAll(/[^!-\uffff]|[<>"{}|^`\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)}>`;
