/** What runs in a thread that runs models. */
import { MODELS } from '../../core/analysis/models.ts';
import { NEIGHBOUR_LIGHT } from '../../core/analysis/sun/neighbour-light.ts';
import { loadHighs } from './highs-solver.ts';
import { serveModels } from './serve-models.ts';

serveModels([...MODELS, NEIGHBOUR_LIGHT], await loadHighs());
