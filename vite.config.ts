import { cp, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

const root = import.meta.dirname;
const outDir = resolve(root, 'dist/viewer');
const engine = resolve(root, 'node_modules/@cesium/engine');

/** What Cesium fetches by URL while it runs; its textures, stars and Earth pictures are not used. */
const CESIUM_STATIC: readonly (readonly [from: string, to: string])[] = [
  ['Build/Workers', 'Workers'],
  ['Source/Assets/approximateTerrainHeights.json', 'Assets/approximateTerrainHeights.json'],
  ['Source/Assets/IAU2006_XYS', 'Assets/IAU2006_XYS'],
];

/** Copies Cesium's workers into the bundle under a folder that carries its version, as if it were hashed. */
function cesiumStatic(version: string): Plugin {
  return {
    name: 'cesium-static',
    apply: 'build',
    async writeBundle() {
      for (const [from, to] of CESIUM_STATIC) {
        await cp(join(engine, from), join(outDir, `assets/cesium-${version}`, to), { recursive: true });
      }
    },
  };
}

/** Where Cesium writes inline styles, which our Content-Security-Policy forbids, and what it does instead here. */
const INLINE_STYLES: readonly (readonly [file: string, written: RegExp, instead: string])[] = [
  ['Scene/CreditDisplay.js', /^ {2}appendCss\(container\);$/m, ''],
  [
    'Core/FeatureDetection.js',
    /canvas\.setAttribute\(\s*"style",\s*([^)]+?),?\s*\);/,
    'canvas.style.cssText = $1;',
  ],
];

/** Takes the inline styles out of Cesium; ends the build when a new version hides them elsewhere. */
function cesiumWithoutInlineStyles(): Plugin {
  return {
    name: 'cesium-without-inline-styles',
    transform: {
      filter: { id: /@cesium\/engine\/Source\/(Scene\/CreditDisplay|Core\/FeatureDetection)\.js$/ },
      handler(code, id) {
        const rule = INLINE_STYLES.find(([file]) => id.endsWith(file));
        if (!rule?.[1].test(code)) throw new Error(`${id} has changed: see INLINE_STYLES in vite.config.ts`);
        return { code: code.replace(rule[1], rule[2]), map: null };
      },
    },
  };
}

export default defineConfig(async ({ command }): Promise<UserConfig> => {
  const { version } = JSON.parse(await readFile(join(engine, 'package.json'), 'utf8'));
  const api = process.env['BLIZNIAK_URL'] ?? 'http://127.0.0.1:8080';
  return {
    root: resolve(root, 'viewer'),
    // Relative addresses, so that the viewer also works behind a path prefix.
    base: './',
    define: {
      CESIUM_FOLDER: JSON.stringify(
        command === 'build' ? `assets/cesium-${version}/` : 'node_modules/@cesium/engine/Build/',
      ),
    },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    // In pieces: who reads a .glb does not load the code for IFC.
    worker: { format: 'es' },
    plugins: [cesiumWithoutInlineStyles(), cesiumStatic(version)],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      // The viewer, the dashboard, the page of the office, the comparison, the pages that others frame, and the page of tokens and components.
      rolldownOptions: {
        input: [
          'index.html',
          'dashboard.html',
          'office.html',
          'compare.html',
          'embed.html',
          'widget.html',
          'design.html',
        ].map((page) => resolve(root, 'viewer', page)),
      },
      // Cesium is one large lazy chunk by nature.
      chunkSizeWarningLimit: 6000,
    },
    server: {
      fs: { allow: [root] },
      proxy: Object.fromEntries(['/api', '/ogc', '/wfs', '/tiles', '/health'].map((path) => [path, api])),
    },
  };
});
