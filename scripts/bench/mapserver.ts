/**
 * MapServer as a peer: our tables, drawn by our style, by two FastCGI processes behind nginx on 127.0.0.1.
 * Needs Debian's cgi-mapserver, nginx-light, spawn-fcgi, multiwatch and fonts-dejavu-core.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ink, LayerDeclaration } from '../../core/feature/layer.ts';

const MAPSERV = '/usr/lib/cgi-bin/mapserv';
const FONT = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf';
const PROCESSES = 2;

export const MAPSERVER_PACKAGES = 'cgi-mapserver nginx-light spawn-fcgi multiwatch fonts-dejavu-core';

export const hasMapServer = (): boolean =>
  existsSync(MAPSERV) &&
  existsSync(FONT) &&
  ['spawn-fcgi', 'multiwatch', 'nginx'].every(
    (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0,
  );

export interface MapServerOptions {
  /** Scratch folder. */
  readonly folder: string;
  readonly port: number;
  /** `postgres://role:password@host:port/database` */
  readonly databaseUrl: string;
  readonly layer: LayerDeclaration;
  readonly srid: number;
  readonly extent: readonly [number, number, number, number];
  /** 1 is fastest, 6 is MapServer's default. */
  readonly pngLevel: number;
}

export interface MapServer {
  readonly url: string;
  stop(): void;
}

/** Serves the layer as `NAME` and, with labels, as `NAME_labels`. */
export function startMapServer(options: MapServerOptions): MapServer {
  const { folder, port } = options;
  mkdirSync(join(folder, 'tmp'), { recursive: true });
  const file = (name: string) => join(folder, name);
  writeFileSync(file('fonts.list'), `sans ${FONT}\n`);
  writeFileSync(file('bench.map'), mapFile(options));
  writeFileSync(file('mapserver.conf'), 'CONFIG\n  ENV\n    MS_MAP_PATTERN "."\n  END\nEND\n');
  writeFileSync(file('nginx.conf'), nginxConf(folder, port));
  execFileSync(
    'spawn-fcgi',
    [
      '-s',
      file('ms.sock'),
      '-M',
      '0777',
      '-P',
      file('ms.pid'),
      '--',
      '/usr/bin/multiwatch',
      // Its default signal does not end mapserv.
      '-s',
      'TERM',
      '-f',
      String(PROCESSES),
      '--',
      MAPSERV,
    ],
    {
      stdio: 'ignore',
      env: { ...process.env, MAPSERVER_CONFIG_FILE: file('mapserver.conf'), MS_MAPFILE: file('bench.map') },
    },
  );
  execFileSync('nginx', ['-c', file('nginx.conf')], { stdio: 'ignore' });
  const stop = (name: string) => {
    if (existsSync(file(name))) process.kill(Number(readFileSync(file(name), 'utf8')), 'SIGTERM');
  };
  return {
    url: `http://127.0.0.1:${port}/mapserver`,
    stop: () => {
      stop('nginx.pid');
      stop('ms.pid');
    },
  };
}

function mapFile(options: MapServerOptions): string {
  const { folder, port, srid, extent, layer, pngLevel } = options;
  return `MAP
  NAME "bench"
  SIZE 256 256
  EXTENT ${extent.join(' ')}
  UNITS METERS
  FONTSET "${join(folder, 'fonts.list')}"
  MAXSIZE 4096
  PROJECTION "init=epsg:${srid}" END
  OUTPUTFORMAT
    NAME "png" DRIVER "AGG/PNG" MIMETYPE "image/png" IMAGEMODE RGB EXTENSION "png"
    FORMATOPTION "COMPRESSION=${pngLevel}"
  END
  WEB
    METADATA
      "ows_title" "bench"
      "ows_onlineresource" "http://127.0.0.1:${port}/mapserver"
      "ows_srs" "EPSG:${srid} EPSG:2180 EPSG:4326 EPSG:3857"
      "ows_enable_request" "*"
      "wfs_maxfeatures" "1000000"
    END
  END
${mapLayer(options, layer.name, false)}${mapLayer(options, `${layer.name}_labels`, true)}END
`;
}

function mapLayer(
  { databaseUrl, layer, srid, extent }: MapServerOptions,
  name: string,
  labelled: boolean,
): string {
  const columns = layer.properties.map((property) => property.name).join(', ');
  const { classes, label, ...plain } = layer.style;
  const text =
    labelled && label
      ? `LABEL FONT "sans" TYPE TRUETYPE SIZE 7 COLOR ${rgb(label.color)} OUTLINECOLOR 255 255 255 POSITION CC PARTIALS FALSE END`
      : '';
  const ink = (own: Ink) => style({ ...plain, ...own });
  // The longest value wins, as in our style; MapServer takes the first class that matches.
  const drawn = (classes?.entries ?? [])
    .flatMap((entry) => entry.values.map((value) => ({ value, entry })))
    .toSorted((a, b) => b.value.length - a.value.length)
    .map(({ value, entry }) => `    CLASS EXPRESSION /^${value}/ ${ink(entry)} ${text} END\n`)
    .join('');
  return `  LAYER
    NAME "${name}" TYPE POLYGON STATUS ON
    CONNECTIONTYPE POSTGIS
    CONNECTION "${connection(databaseUrl)}"
    PROCESSING "CLOSE_CONNECTION=DEFER"
    DATA "geom from (select row_id, id, geom, ${columns} from city.${layer.table} where valid_to is null) as current using unique row_id using srid=${srid}"
    EXTENT ${extent.join(' ')}
    PROJECTION "init=epsg:${srid}" END
    METADATA "ows_title" "${name}" "gml_include_items" "all" "gml_featureid" "id" "wfs_getfeature_formatlist" "gml,gml3,gml32" "gml_geometries" "geom" "gml_geom_type" "multipolygon" "gml_types" "auto" END
    TEMPLATE "x.html"
    ${labelled && label ? `LABELITEM "${label.property}"` : ''}
    ${classes ? `CLASSITEM "${classes.property}"` : ''}
${drawn}    CLASS ${style(plain)} ${text} END
  END
`;
}

function connection(databaseUrl: string): string {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const secret = password === '' ? '' : ` password=${password}`;
  return `host=${hostname} port=${port || 5432} user=${username}${secret} dbname=${pathname.slice(1)}`;
}

function style({ fill, fillOpacity = 1, stroke, strokeWidthPx = 1 }: Ink): string {
  const area = fill ? `STYLE COLOR ${rgb(fill)} OPACITY ${Math.round(fillOpacity * 100)} END ` : '';
  const edge = stroke ? `STYLE OUTLINECOLOR ${rgb(stroke)} WIDTH ${strokeWidthPx} END` : '';
  return `${area}${edge}`;
}

const rgb = (colour: string): string =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)).join(' ');

function nginxConf(folder: string, port: number): string {
  const temporary = ['client_body', 'fastcgi', 'proxy', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${join(folder, 'tmp')};`)
    .join(' ');
  return `worker_processes 1;
pid ${join(folder, 'nginx.pid')};
error_log ${join(folder, 'nginx.err')} warn;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 256; }
http {
  access_log off;
  ${temporary}
  fastcgi_buffers 64 64k; fastcgi_buffer_size 64k; fastcgi_read_timeout 120s;
  upstream ms { server unix:${join(folder, 'ms.sock')}; }
  server {
    listen 127.0.0.1:${port};
    location /mapserver { fastcgi_pass ms; include /etc/nginx/fastcgi_params; fastcgi_param MS_MAPFILE ${join(folder, 'bench.map')}; }
  }
}
`;
}
