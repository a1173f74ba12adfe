import compression from 'compression';
import express, { Router } from 'express';
import { FRAMED_PAGE_HEADERS } from './security-headers.ts';

/** Names that the bundler made from the content: `index-B3f9a1Qz.js`. */
const HASHED = /-[\w-]{8,}\.[a-z0-9]+$/i;
/** Cesium's own files lie in a folder of its version. */
const VERSIONED = /[\\/]assets[\\/]cesium-[\d.]+[\\/]/;
/** The pages that other sites may frame. */
const FRAMED_PAGE = /[\\/](?:widget|embed)\.html$/;
const YEAR_S = 31_536_000;

/** The built viewer: hashed files are kept for a year, everything else is asked for again with its ETag. */
export function viewerFiles(folder: string): Router {
  const router = Router();
  router.use(compression());
  router.use(
    express.static(folder, {
      index: 'index.html',
      dotfiles: 'ignore',
      redirect: false,
      setHeaders(response, path) {
        if (FRAMED_PAGE.test(path)) response.set(FRAMED_PAGE_HEADERS);
        const forever = VERSIONED.test(path) || (/[\\/]assets[\\/][^\\/]+$/.test(path) && HASHED.test(path));
        response.setHeader('cache-control', forever ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
      },
    }),
  );
  return router;
}
