export type StarterName = 'flask-vite' | 'fastapi-vite' | 'express-vite' | 'node';

/** A minimal app for a repository that has none yet. */
export interface Starter {
  /** Which folder of `templates/apps/` goes where; `.` for the root. */
  readonly parts: readonly { readonly app: string; readonly folder: string }[];
}

const FRONTEND = { app: 'vite', folder: 'frontend' } as const;

export const STARTERS: Readonly<Record<StarterName, Starter>> = {
  'flask-vite': { parts: [{ app: 'flask', folder: 'backend' }, FRONTEND] },
  'fastapi-vite': { parts: [{ app: 'fastapi', folder: 'backend' }, FRONTEND] },
  'express-vite': { parts: [{ app: 'express', folder: 'backend' }, FRONTEND] },
  node: { parts: [{ app: 'node', folder: '.' }] },
};
