import { invalidParameter, notFound } from '../../../core/errors.ts';
import type { Ask } from '../../http/protocol.ts';

export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/**
 * The address in `…/:z/:x/:file`, where the file is `{y}.{extension}`.
 * @throws TwinError invalid-parameter when a part is no whole number, not-found for another extension
 */
export function tileAddress(ask: Pick<Ask, 'route' | 'path'>, extension: string): TileAddress {
  const { z = '', x = '', file = '' } = ask.route;
  const [, row, ending] = /^([^.]*)\.(.+)$/.exec(file) ?? [];
  if (row === undefined || ending !== extension) {
    throw notFound(`There is nothing at ${ask.path.slice(0, 200)}; tiles end in .${extension}`, 'path');
  }
  return { z: whole('z', z), x: whole('x', x), y: whole('y', row) };
}

/** @throws TwinError invalid-parameter */
export function whole(parameter: string, text: string): number {
  // Nine digits hold every column of level 29; more would lose their last digits in a number.
  if (!/^\d{1,9}$/.test(text)) {
    throw invalidParameter(parameter, `${parameter} must be a whole number, got "${text.slice(0, 50)}"`);
  }
  return Number(text);
}
