/** The declaration of sources, read once at start (SENSOR_SOURCES). */
import { readFile } from 'node:fs/promises';
import { TwinError } from '../../core/errors.ts';
import { type SensorSource, sensorSourcesSchema } from '../../core/wire/sensor-source.ts';

/** @throws TwinError invalid-parameter saying what in the file cannot be used, all at once */
export async function readSources(path: string | undefined): Promise<readonly SensorSource[]> {
  if (path === undefined) return [];
  const refused = (why: string, cause?: unknown): TwinError =>
    new TwinError('invalid-parameter', `SENSOR_SOURCES=${path} cannot be used:\n${why}`, { cause });
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw refused('  it cannot be read', error);
  });
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw refused(`  it is no JSON: ${error instanceof Error ? error.message : ''}`, error);
  }
  const parsed = sensorSourcesSchema.safeParse(document);
  if (!parsed.success) {
    throw refused(
      parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`).join('\n'),
    );
  }
  return Promise.all(
    parsed.data.sources.map(async (source) => {
      const headers = await Promise.all(
        Object.entries(source.headers).map(async ([name, value]): Promise<readonly [string, string]> => {
          if (!value.startsWith('file:')) return [name, value];
          const secret = await readFile(value.slice('file:'.length), 'utf8').catch((error: unknown) => {
            throw refused(`  ${source.name}.headers.${name}: ${value} cannot be read`, error);
          });
          return [name, secret.trim()];
        }),
      );
      return { ...source, headers: Object.fromEntries(headers) };
    }),
  );
}
