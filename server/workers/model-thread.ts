/** What runs in a thread that runs models. */
import { MODELS } from '../../core/analysis/models.ts';
import { loadHighs } from './highs-solver.ts';
import { serveModels } from './serve-models.ts';

serveModels(MODELS, await loadHighs());
