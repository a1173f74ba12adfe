/** Where Cesium's workers lie, relative to the page; set by vite.config.ts. */
declare const CESIUM_FOLDER: string;

interface Window {
  /** Read by Cesium when it first needs a worker. */
  CESIUM_BASE_URL?: string;
}
