const STANDARD = 'http://www.opengis.net/spec/iot_sensing/1.1/req';

/** What is kept whole; each has a test of its name in `protocol.db.test.ts`. */
export const CONFORMANCE = [
  'datamodel',
  'resource-path/resource-path-to-entities',
  'request-data',
  'create-update-delete/create-entity',
  'create-update-delete/link-to-existing-entities',
  'create-update-delete/deep-insert',
  'create-update-delete/deep-insert-status-code',
  'create-update-delete/update-entity',
  'create-update-delete/delete-entity',
  'create-update-delete/historical-location-auto-creation',
  'batch-request/batch-request',
  'data-array/data-array',
].map((name) => `${STANDARD}/${name}`);

/** What is kept besides where the broker within runs (18-088, 14 and 15); tested in `server/mqtt`. */
export const MQTT_CONFORMANCE = [
  'create-observations-via-mqtt/observations-creation',
  'receive-updates-via-mqtt/receive-updates',
].map((name) => `${STANDARD}/${name}`);
