import { spawnSync } from 'node:child_process';
import { sharedData } from './shared-data.ts';

/** What libxml2 says of a file under a schema of the acts of 2021; empty when it is valid. */
export function schemaFaults(path: string, schema: string, generation = 'xsd-2021'): string {
  const { stderr, error } = spawnSync(
    'xmllint',
    ['--huge', '--nonet', '--noout', '--schema', sharedData('pzgik-gml', generation, schema), path],
    {
      encoding: 'utf8',
      env: { ...process.env, XML_CATALOG_FILES: sharedData('ogc-schemas', 'catalog.xml') },
    },
  );
  if (error) throw error;
  return stderr.replace(/^.* validates\n$/, '');
}
