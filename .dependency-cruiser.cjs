/**
 * The rooms of the house and who may import whom (docs/adr/0002). `only` names what a room may see of the
 * house, `door` the one place where a package may be imported. Checked by test/architecture.test.ts.
 */
const only = (room, path, allowed) => ({
  name: `${room}-imports-only-down`,
  severity: 'error',
  from: { path, pathNot: '\\.test\\.ts$|\\.cases\\.ts$' },
  to: { path: '^(core|tiles|server|viewer|scripts|test)/', pathNot: [path, ...allowed] },
});

const door = (name, packages, place) => ({
  name: `${name}-has-one-door`,
  severity: 'error',
  from: { path: '^(core|tiles|server|viewer|scripts)/', pathNot: ['\\.test\\.ts$', ...place] },
  to: { path: packages },
});

const npm = (name) => `node_modules/${name}(/|$)`;

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\.css$|\\?(raw|url|inline|worker)' },
    },
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^core/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nothing-imports-test',
      severity: 'error',
      from: { path: '^(core|tiles|server|viewer|scripts)/', pathNot: ['\\.test\\.ts$', '^scripts/bench/'] },
      to: { path: '^test/' },
    },
    only('core', '^core/', []),
    only('tiles', '^tiles/', ['^core/']),
    only('viewer', '^viewer/', ['^core/']),
    only('http', '^server/http/', ['^core/', '^server/access/', '^server/log\\.ts$']),
    only('access', '^server/access/', [
      '^core/',
      '^server/services(\\.ts$|/)',
      '^tiles/source\\.ts$',
      '^tiles/picture/map-source\\.ts$',
    ]),
    only('services', '^server/services(\\.ts$|/)', [
      '^core/',
      '^server/access/',
      '^tiles/(source|picture/(map-source|picture-maker))\\.ts$',
    ]),
    only('config', '^server/config(\\.ts$|/)', ['^core/']),
    only('store', '^server/store/', [
      '^core/',
      '^tiles/',
      '^server/(services|config|log)\\.ts$',
      '^server/services/',
      '^server/access/',
    ]),
    only('documents', '^server/documents/', ['^core/', '^server/services/documents\\.ts$']),
    only('geopackage', '^server/geopackage/', ['^core/', '^server/services/geo-packages\\.ts$']),
    only('workers', '^server/workers/', [
      '^core/',
      '^tiles/',
      '^server/documents/',
      '^server/services/documents\\.ts$',
    ]),
    only('runs', '^server/runs/', [
      '^core/',
      '^server/(store|workers|access|jobs)/',
      '^server/(services|log)\\.ts$',
      '^server/services/',
    ]),
    only('orders', '^server/orders/', [
      '^core/',
      '^tiles/',
      '^server/(store|access|jobs)/',
      '^server/(services|log)\\.ts$',
      '^server/services/',
    ]),
    only('loads', '^server/loads/', [
      '^core/',
      '^server/(store|access|jobs|exchange)/',
      '^server/(services|log|open-request)\\.ts$',
      '^server/services/',
    ]),
    only('cascade', '^server/cascade/', [
      '^core/',
      '^tiles/picture/',
      '^server/(access|store)/',
      '^server/open-(address|request)\\.ts$',
      '^server/services(\\.ts$|/)',
    ]),
    only('metrics', '^server/metrics/', [
      '^core/',
      '^server/access/',
      '^server/http/answered-request\\.ts$',
      '^server/services(\\.ts$|/)',
    ]),
    only('jobs', '^server/jobs/', ['^core/', '^server/store/', '^server/log\\.ts$']),
    only('live', '^server/live/', ['^core/', '^server/open-address\\.ts$', '^server/services(\\.ts$|/)']),
    only('mqtt', '^server/mqtt/', ['^core/', '^server/(http|access)/', '^server/services(\\.ts$|/)']),
    only('sources', '^server/sources/', ['^core/', '^server/services(\\.ts$|/)']),
    only('exchange', '^server/exchange/', ['^core/', '^tiles/', '^server/store/', '^server/log\\.ts$']),
    only('protocols', '^server/protocols/', [
      '^core/',
      '^tiles/',
      '^server/(http|access)/',
      '^server/services(\\.ts$|/)',
    ]),
    only('profiles', '^server/profiles/', [
      '^core/',
      '^tiles/source\\.ts$',
      '^tiles/picture/(map-source|picture-maker|picture-tiles)\\.ts$',
      '^server/access/',
      '^server/http/protocol\\.ts$',
      '^server/services(\\.ts$|/)',
    ]),
    only('app', '^server/app\\.ts$', [
      '^core/',
      '^tiles/',
      '^server/(http|access|protocols|profiles)/',
      '^server/(services|log)\\.ts$',
      '^server/services/',
    ]),
    only('lifecycle', '^server/lifecycle/', [
      '^core/',
      '^server/(exchange|store)/',
      '^server/(config|log)\\.ts$',
    ]),
    only('scripts', '^scripts/', [
      '^core/',
      '^tiles/',
      '^server/(main|config|log)\\.ts$',
      '^server/(lifecycle|exchange|loads|orders|geopackage|documents|access|store|runs|cascade|services)/',
      // `blizniak order` is composed as in the service, and is asked in the words of its link.
      '^server/(parts/(order-place|cite-app|cite-wfs-app)|protocols/orders/order-query)\\.ts$',
      // The solver that threads of models have: benches solve in their own.
      '^server/workers/highs-solver\\.ts$',
      // The benches run the built product as the tests do, read tilesets and hold models against the plain ways of the tests;
      // `nothing-imports-test` lets nobody else.
      '^test/support/(product|read-tiles|sample-street|sun-by-rays|tileset-reader)\\.ts$',
    ]),
    {
      name: 'protocols-do-not-know-each-other',
      severity: 'error',
      from: { path: '^server/protocols/([^/]+)/' },
      to: { path: '^server/protocols/', pathNot: '^server/protocols/$1/' },
    },
    {
      name: 'only-main-constructs',
      severity: 'error',
      from: {
        path: '^(core|tiles|server|viewer)/',
        pathNot: ['^server/(main\\.ts$|parts/)', '\\.test\\.ts$'],
      },
      to: { path: '^server/((main|app)\\.ts$|parts/)' },
    },
    door('express', [npm('express'), npm('compression')], ['^server/app\\.ts$', '^server/http/']),
    door('pg', [npm('pg'), npm('pg-cursor'), npm('pg-copy-streams')], ['^server/store/']),
    door('proj4', [npm('proj4')], ['^core/geo/crs\\.ts$']),
    door('geotiff', [npm('geotiff')], ['^tiles/terrain/']),
    door('cesium', [npm('@cesium/[^/]+'), npm('cesium')], ['^viewer/globe/']),
    door('ol', [npm('ol')], ['^viewer/plan/']),
    door('gltf-transform', [npm('@gltf-transform/[^/]+')], ['^viewer/whatif/edits/model/read-gltf\\.ts$']),
    door('web-ifc', [npm('web-ifc')], ['^viewer/whatif/edits/model/read-(ifc|model\\.worker)\\.ts$']),
    door('uplot', [npm('uplot')], ['^viewer/live/chart-plot\\.ts$']),
    door('canvas', [npm('@napi-rs/canvas')], ['^tiles/picture/']),
    door('saxes', [npm('saxes')], ['^core/xml/']),
    door(
      'zod',
      [npm('zod')],
      [
        '^core/wire/',
        '^core/analysis/',
        '^server/runs/',
        '^server/config/environment\\.ts$',
        '^server/http/openapi-parts\\.ts$',
        '^server/protocols/',
      ],
    ),
    door('turf', [npm('@turf/[^/]+')], ['^core/geo/', '^core/demo-city/']),
    door('aedes', [npm('aedes'), npm('mqtt')], ['^server/mqtt/', '^scripts/bench/']),
    door('ws', [npm('ws')], ['^server/mqtt/', '^server/http/']),
    door('graphile-worker', [npm('graphile-worker')], ['^server/jobs/']),
    door('d3-contour', [npm('d3-contour')], ['^core/analysis/noise/noise-bands\\.ts$']),
    door('meshoptimizer', [npm('meshoptimizer')], ['^tiles/mesh/meshopt\\.ts$']),
    door('pdfkit', [npm('pdfkit')], ['^server/documents/']),
    door('highs', [npm('highs')], ['^server/workers/highs-solver\\.ts$']),
    door('pbf', [npm('pbf')], ['^core/formats/osm/pbf\\.ts$', '^viewer/globe/']),
    door('sql.js', [npm('sql\\.js')], ['^server/geopackage/']),
    door('pino', [npm('pino')], ['^server/log\\.ts$']),
    door('prom-client', [npm('prom-client')], ['^server/metrics/']),
    door('commander', [npm('commander')], ['^scripts/']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|node_modules/.*/test)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default', 'node'],
    },
  },
};
