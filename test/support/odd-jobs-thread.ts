/** A thread for tests of the pool: `echo …`, `die`, `spin`, `spin while wanted`. */
import { serveTasks } from '../../server/workers/serve-tasks.ts';

serveTasks((task: string, isWanted) => {
  if (task === 'die') process.exit(3);
  if (task.startsWith('spin')) while (task === 'spin' || isWanted());
  return new TextEncoder().encode(task.replace(/^echo /, ''));
});
