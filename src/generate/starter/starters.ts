export type StarterName = 'flask-vite' | 'fastapi-vite' | 'express-vite' | 'node';

/** A minimal app for a repository that has none yet. */
export interface Starter {
  /** Which folder of `templates/apps/` goes where; `.` for the root. */
  readonly parts: readonly { readonly app: string; readonly folder: string }[];
  /** What the user has to run before it starts, a command line each. */
  readonly preparations: readonly string[];
}

const FRONTEND = { app: 'vite', folder: 'frontend' } as const;
const PREPARE_FRONTEND = 'npm install --prefix frontend';
const PREPARE_PYTHON = [
  'python3 -m venv backend/.venv && . backend/.venv/bin/activate   # the second half in every new terminal',
  'pip install -r backend/requirements.txt',
];

export const STARTERS: Readonly<Record<StarterName, Starter>> = {
  'flask-vite': {
    parts: [{ app: 'flask', folder: 'backend' }, FRONTEND],
    preparations: [...PREPARE_PYTHON, PREPARE_FRONTEND],
  },
  'fastapi-vite': {
    parts: [{ app: 'fastapi', folder: 'backend' }, FRONTEND],
    preparations: [...PREPARE_PYTHON, PREPARE_FRONTEND],
  },
  'express-vite': {
    parts: [{ app: 'express', folder: 'backend' }, FRONTEND],
    preparations: ['npm install --prefix backend', PREPARE_FRONTEND],
  },
  node: { parts: [{ app: 'node', folder: '.' }], preparations: [] },
};
