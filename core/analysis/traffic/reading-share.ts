/** Part of a run's progress, 0 to 1, that is the reading of the city; the rest is the solution. */
export const TRAFFIC_READING_SHARE = 0.1;
