import type { PropertyType } from '../../core/feature/layer.ts';

/** How each kind of property is sent. */
export const PACKED_TYPES = {
  ...{ text: 'text', integer: 'int8', number: 'float8', boolean: 'boolean', date: 'text' },
  datetime: 'timestamptz',
} as const satisfies Readonly<Record<PropertyType, string>>;
