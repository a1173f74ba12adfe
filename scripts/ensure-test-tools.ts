/**
 * Before the tests: the programs that they measure the product against and that npm cannot bring. On Debian and
 * Ubuntu missing ones are installed by apt, said aloud; elsewhere it is said which are missing and why it matters.
 */
import { spawnSync } from 'node:child_process';

interface Tool {
  readonly package: string;
  readonly neededFor: string;
  readonly isThere: () => boolean;
}

const runs = (program: string, ...args: string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore', timeout: 30_000 }).status === 0;

const TOOLS: readonly Tool[] = [
  {
    package: 'chromium',
    neededFor: 'the browser tests',
    isThere: () =>
      process.env['CHROMIUM'] !== undefined ||
      ['chromium', 'chromium-browser', 'google-chrome'].some((name) => runs(name, '--version')),
  },
  { package: 'gdal-bin', neededFor: 'reading WFS with ogrinfo', isThere: () => runs('ogrinfo', '--version') },
  {
    package: 'libxml2-utils',
    neededFor: 'checking XML against the OGC schemas',
    isThere: () => runs('xmllint', '--version'),
  },
  {
    package: 'python3-owslib',
    neededFor: 'reading WFS and OGC API with OWSLib',
    isThere: () => runs('/usr/bin/python3', '-c', 'import owslib'),
  },
  {
    package: 'python3-rdflib',
    neededFor: 'reading DCAT with RDFLib',
    isThere: () => runs('/usr/bin/python3', '-c', 'import rdflib'),
  },
  {
    package: 'poppler-utils',
    neededFor: 'reading PDF documents with pdfinfo and pdftotext',
    isThere: () => runs('pdftotext', '-v'),
  },
  {
    package: 'python3-docx',
    neededFor: 'reading documents of word processors',
    isThere: () => runs('/usr/bin/python3', '-c', 'import docx'),
  },
  {
    package: 'python3-gdal',
    neededFor: 'reading the files of orders',
    isThere: () => runs('/usr/bin/python3', '-c', 'import osgeo.ogr'),
  },
  {
    package: 'python3-ezdxf',
    neededFor: 'reading drawings for CAD',
    isThere: () => runs('/usr/bin/python3', '-c', 'import ezdxf'),
  },
  {
    package: 'iproute2',
    neededFor: 'a machine without network in the test of the bundle',
    isThere: () => runs('ip', '-Version'),
  },
  {
    package: 'mosquitto',
    neededFor: 'MQTT through a broker outside the service',
    // Debian puts it where only root looks.
    isThere: () =>
      ['mosquitto', '/usr/sbin/mosquitto'].some((name) => spawnSync(name, ['-h']).error === undefined),
  },
  {
    package: 'mosquitto-clients',
    neededFor: 'speaking MQTT with the service as others do',
    isThere: () => spawnSync('mosquitto_pub', ['--help']).error === undefined,
  },
  {
    package: 'python3-qgis',
    neededFor: 'opening WFS and WMS in QGIS',
    isThere: () => runs('/usr/bin/python3', '-c', 'import qgis.core'),
  },
  {
    package: 'sumo',
    neededFor: 'driving exported networks and trips with SUMO',
    isThere: () => runs('netconvert', '--version') && runs('sumo', '--version'),
  },
];

const missing = TOOLS.filter((tool) => !tool.isThere());
if (missing.length > 0) install(missing);

function install(tools: readonly Tool[]): void {
  const packages = tools.map((tool) => tool.package);
  const byHand = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  for (const tool of tools) process.stderr.write(`Missing: ${tool.package}, needed for ${tool.neededFor}\n`);
  const isRoot = process.getuid?.() === 0;
  const hasApt = runs('apt-get', '--version');
  if (hasApt && (isRoot || runs('sudo', '-n', 'true'))) {
    process.stderr.write(`Installing by apt: ${packages.join(' ')}\n`);
    const apt = (...args: string[]) => {
      const full = [
        'env',
        'DEBIAN_FRONTEND=noninteractive',
        'apt-get',
        '-o',
        'DPkg::Lock::Timeout=120',
        '-q',
        ...args,
      ];
      const [program = '', ...rest] = isRoot ? full : ['sudo', '-n', ...full];
      // Everything apt says goes to standard error: standard output belongs to the tests.
      return spawnSync(program, rest, { stdio: ['ignore', 2, 2], timeout: 900_000 }).status === 0;
    };
    const wanted = ['install', '-y', '--no-install-recommends', ...packages];
    if (apt(...wanted) || (apt('update') && apt(...wanted))) return;
    process.stderr.write('apt could not install them (no network?).\n');
  }
  process.stderr.write(
    `Tests that need them will fail. On Debian or Ubuntu: sudo ${byHand}; elsewhere install programs of the same names.\n`,
  );
}
