import { basename } from 'node:path';
import { executableOf } from '../../platform/process-details.ts';
import type { Shell } from './export-variable.ts';

/** The shell that called us, as far as it makes a difference: where it is not fish, what every other one reads. */
export function callingShell(): Shell {
  return /^fish\b/.test(basename(executableOf(process.ppid) ?? '')) ? 'fish' : 'sh';
}
