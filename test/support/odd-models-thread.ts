import { MODELS } from '../../core/analysis/models.ts';
import { serveModels } from '../../server/workers/serve-models.ts';
import { ODD_MODELS } from './odd-models.ts';

serveModels([...MODELS, ...ODD_MODELS]);
