import type { Layer, PropertyDeclaration } from '../feature/layer.ts';
import type { ProfileAttribute, ProfileLayer, ServiceProfile } from './service-profile.ts';

const ID_LABEL = { pl: 'Identyfikator', en: 'Identifier' };

/** A layer of a profile, without the attributes whose property somebody may not see. */
export function profileLayer(
  declared: ProfileLayer,
  register: Layer,
  { xml }: Pick<ServiceProfile, 'xml'>,
): Layer {
  const { name, title, group, style, maxScaleDenominator = register.maxScaleDenominator } = declared;
  return {
    ...register,
    ...{ name, title, group, xml, style: style(register.style) },
    ...(maxScaleDenominator !== undefined && { maxScaleDenominator }),
    properties: declared.attributes.flatMap((attribute) => declarationOf(attribute, register) ?? []),
  };
}

function declarationOf(attribute: ProfileAttribute, register: Layer): PropertyDeclaration | undefined {
  const { name, from, made, lookUp } = attribute;
  if (from === 'id' && !made && !lookUp) return { name, type: 'text', label: ID_LABEL };
  const property =
    from === 'id'
      ? { name: from, type: 'text' as const, label: ID_LABEL }
      : register.properties.find((each) => each.name === from);
  if (!property) return undefined;
  if (made || lookUp)
    return { name, type: lookUp ? 'text' : (made?.type ?? property.type), label: property.label };
  const { label, type, unit, codelist } = property;
  return { name, label, type, ...(unit !== undefined && { unit }), ...(codelist && { codelist }) };
}
