import type { Screen } from './screen.ts';

/** How wide the terminal is now that shows stdout; `null`: none does, or it does not say. */
export function terminalColumns({ isWatched }: Pick<Screen, 'isWatched'>): number | null {
  return isWatched ? process.stdout.columns || null : null;
}
