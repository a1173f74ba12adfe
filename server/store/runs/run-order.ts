import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../core/analysis/run-identity.ts';
import type { OutsideModel } from '../../../core/wire/run.ts';
import type { StoredEdit } from '../../../core/wire/scenario.ts';

/** Everything that the result of a run depends on. */
export interface RunOrder {
  readonly model: string;
  readonly modelVersion: string;
  /** Of a model that runs elsewhere. */
  readonly outside: OutsideModel | undefined;
  readonly parameters: object;
  readonly base: { readonly version: number; readonly at: Date };
  /** As `plainStack` has them; undefined without a scenario. */
  readonly edits: readonly StoredEdit[] | undefined;
  /** YYYY-MM-DD */
  readonly lawDate: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const stackDigest = (edits: readonly StoredEdit[]): string => sha256(canonicalJson(edits));

/** 32 hexadecimal digits; the same for the same order, on every server. */
export function runIdOf({ edits, base, outside, ...order }: RunOrder): string {
  const named = {
    ...order,
    outside: outside !== undefined,
    base: { version: base.version, at: base.at.toISOString() },
    edits: edits === undefined ? null : stackDigest(edits),
  };
  return sha256(canonicalJson(named)).slice(0, 32);
}
