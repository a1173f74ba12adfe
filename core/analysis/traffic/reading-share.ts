/** Part of a run's progress, 0 to 1, that is the reading of the city; the rest is the model’s own. */
export const TRAFFIC_READING_SHARE = 0.1;
/** Part of the model’s own progress that is the noise at homes, after the solution. */
export const TRAFFIC_NOISE_SHARE = 0.2;
