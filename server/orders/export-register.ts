/** A register of the twin as one exchange file. */
import { invalidParameter } from '../../core/errors.ts';
import { type RegisterReport, RegisterTally } from '../../core/formats/register-gml/register-tally.ts';
import { type Register, writeRegister } from '../../core/formats/register-gml/write-register.ts';
import { crsOf } from '../../core/geo/crs.ts';
import { type ExportScope, openExport } from './export-scope.ts';

export interface RegisterExporting extends ExportScope {
  readonly register: Register;
  readonly path: string;
  /** Also objects that lack what the schema demands; the file is then not valid. */
  readonly keepIncomplete?: boolean | undefined;
}

export interface RegisterExported extends RegisterReport {
  readonly file: string;
  readonly register: string;
  readonly namespace: string;
  readonly crs: string;
  readonly dataset: string;
  readonly objects: number;
  readonly bytes: number;
  readonly seconds: number;
}

/**
 * Writes a register beside its place and puts it there when it is whole: what stood there before stays until then.
 * @throws TwinError not-found or invalid-parameter for what cannot be asked for, conflict when the data changed
 *   meanwhile; the signal's reason when aborted. Nothing was written then.
 */
export async function exportRegister(options: RegisterExporting): Promise<RegisterExported> {
  const { register, path, onProgress = () => {} } = options;
  const started = performance.now();
  const layers = register.classes.map(({ layer }) => layer);
  const { dataset, srid, known, features, find, count, write } = await openExport(options, layers);
  if (crsOf(srid).unit !== 'm') {
    throw invalidParameter('crs', `The registers are in metres; EPSG:${srid} is in degrees. Take EPSG:2177`);
  }
  let total = 0;
  for (const layer of layers) if (known.has(layer)) total += await count(layer);
  const tally = new RegisterTally();
  const keepIncomplete = options.keepIncomplete === true;
  const bytes = await write(
    path,
    writeRegister(register, {
      ...{ srid, known, tally, keepIncomplete, features, find },
      onProgress: (done) => onProgress(done, total),
    }),
  );
  return {
    ...{ file: path, register: register.name, namespace: register.namespace, crs: `EPSG:${srid}`, dataset },
    objects: tally.objects(),
    bytes,
    ...tally.report(),
    seconds: Math.round(performance.now() - started) / 1000,
  };
}
