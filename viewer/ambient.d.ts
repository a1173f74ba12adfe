/** Where Cesium's workers lie, relative to the page; set by vite.config.ts. */
declare const CESIUM_FOLDER: string;
