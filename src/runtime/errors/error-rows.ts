import type { ErrorRow } from './error-row.ts';
import { BUNDLER_ROWS } from './rows/bundlers.ts';
import { COMPILED_ROWS } from './rows/compiled.ts';
import { JAVASCRIPT_ROWS } from './rows/javascript.ts';
import { MANAGED_ROWS } from './rows/managed.ts';
import { PYTHON_ROWS } from './rows/python.ts';
import { SCRIPTED_ROWS } from './rows/scripted.ts';

/** Every tool whose errors are recognised. The first row that reads a line has it: the more particular go first. */
export const ERROR_ROWS: readonly ErrorRow[] = [
  ...BUNDLER_ROWS,
  ...PYTHON_ROWS,
  ...MANAGED_ROWS,
  ...SCRIPTED_ROWS,
  ...COMPILED_ROWS,
  ...JAVASCRIPT_ROWS,
];
