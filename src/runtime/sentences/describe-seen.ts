import type { SeenWhileStarting } from '../state/lifecycle.ts';

/** The last thing a probe saw, as a clause. */
export function describeSeen(seen: SeenWhileStarting): string {
  switch (seen.kind) {
    case 'nothing-listens':
      return 'none of its processes listens on its port';
    case 'no-answer':
      return `it listens on ${seen.address} but does not answer`;
    case 'status':
      return `${seen.url} answers with status ${seen.status}`;
    case 'error':
      return seen.message;
  }
}
