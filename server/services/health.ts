/** Whether the service can serve. */

export interface Health {
  /** Whether the database answers; `detail` says since when it does not. */
  ready(): Promise<{ readonly ready: boolean; readonly detail: string }>;
}
