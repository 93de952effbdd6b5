import type { GenerateMode } from '../../generate/report.ts';
import type { Writing } from '../arguments/writing.ts';

/** How `generate/` calls what the user asked for. */
export const GENERATE_MODES: Readonly<Record<Writing, GenerateMode>> = {
  done: 'write',
  previewed: 'dry-run',
  compared: 'diff',
  checked: 'check',
};
