// Lets a thread run TypeScript when the service itself runs from its sources; no part of the build.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.module);
