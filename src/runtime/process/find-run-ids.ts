import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { errorCode } from '../../platform/error-code.ts';
import { readStdins } from '../../platform/process-table.ts';
import { realPathOf } from '../../platform/real-path.ts';

const FIFO_NAME = /^([0-9a-f]{32})\.fifo$/;

/**
 * Ids of the runs that have a FIFO in `folder`, or once had one that is still some living process's stdin: what leads
 * to a run's processes when its record is damaged or gone, or the whole folder is. Costs a look at all processes.
 */
export function findRunIds(folder: string): readonly string[] {
  const home = realPathOf(folder);
  const held = readStdins().filter((stdin) => dirname(stdin) === home);
  const ids = [...filesIn(folder), ...held].map((path) => FIFO_NAME.exec(basename(path))?.[1]);
  return [...new Set(ids.filter((id) => id !== undefined))].sort();
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (thrown) {
    if (errorCode(thrown) === undefined) throw thrown;
    return []; // Never made, removed, or not ours to read: the processes themselves have to tell.
  }
}
