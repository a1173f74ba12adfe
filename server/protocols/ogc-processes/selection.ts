/**
 * What of a run a client wants to read, and how. A job is a run seen in this way: its id is that of the run, and for
 * all but the plain way (every output by value, in a document) the way after a point. So that two clients share one run
 * and each finds at `/jobs/{job}/results` what it asked for (18-062r2, 7.13).
 */
export interface Selection {
  readonly response: 'raw' | 'document';
  /** None = all, by value. */
  readonly outputs: readonly { readonly id: string; readonly byReference: boolean }[];
}

export const EVERYTHING: Selection = { response: 'document', outputs: [] };
const RAW: Selection = { response: 'raw', outputs: [] };

export function jobIdOf(run: string, { response, outputs }: Selection): string {
  if (outputs.length === 0) return response === 'document' ? run : `${run}.raw`;
  const short = [response === 'raw' ? 1 : 0, ...outputs.map((one) => `${one.byReference ? 1 : 0}${one.id}`)];
  return `${run}.${Buffer.from(JSON.stringify(short)).toString('base64url')}`;
}

/** Undefined when it is no id of a job. */
export function readJobId(id: string): { readonly run: string; readonly selection: Selection } | undefined {
  const [, run, way] = /^([0-9a-f]{32})(?:\.([\w-]{1,4000}))?$/.exec(id) ?? [];
  if (run === undefined) return undefined;
  if (way === undefined) return { run, selection: EVERYTHING };
  if (way === 'raw') return { run, selection: RAW };
  try {
    const [isRaw, ...outputs]: unknown[] = JSON.parse(Buffer.from(way, 'base64url').toString('utf8'));
    const read = outputs.map((text) => {
      const [, flag, name] = /^([01])(.{1,100})$/s.exec(String(text)) ?? [];
      if (name === undefined) throw new Error('no output');
      return { id: name, byReference: flag === '1' };
    });
    return { run, selection: { response: isRaw === 1 ? 'raw' : 'document', outputs: read } };
  } catch {
    return undefined;
  }
}
