import { constants, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isAllowed } from '../../platform/find-program.ts';
import { openFileLimit, type UserLimit, watchLimits } from '../../platform/machine-limits.ts';
import { ownUserId } from '../../platform/own-user.ts';
import { systemFacts } from '../../platform/system-facts.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import type { DoctorFacts } from './doctor-facts.ts';
import { error, type Finding, warning } from './finding.ts';
import { statOf } from './package-files.ts';

/** A dev server that cannot write its log ends; below this it is a matter of minutes. */
const FULL_BYTES = 200 * 1024 * 1024;
const LOW_BYTES = 1024 * 1024 * 1024;
/** Fewer than a bundler may open at once. */
const FEW_FILES = 1024;

export interface MachineFacts {
  /** What of `logs/` this user cannot write to. */
  readonly unwritable: string | undefined;
  readonly availableBytes: number;
  readonly watches: readonly UserLimit[];
  readonly openFiles: number;
}

/** Whether there is room: on the disk, in `logs/`, and for open files and file watches. */
export function checkMachine({ checkout: { root } }: DoctorFacts): readonly Finding[] {
  return judgeMachine({
    unwritable: writtenIn(root).find((path) => !isAllowed(path, constants.W_OK) && existsSync(path)),
    availableBytes: Math.min(...[root, pathsOf(root).logs].map(availableIn)),
    watches: watchLimits(),
    openFiles: openFileLimit() ?? FEW_FILES,
  });
}

export function judgeMachine({
  unwritable: path,
  availableBytes,
  watches,
  openFiles,
}: MachineFacts): readonly Finding[] {
  const full = availableBytes < FULL_BYTES ? error : warning;
  const isOthers = path !== undefined && statOf(path)?.uid !== ownUserId();
  return [
    ...(path === undefined ? [] : [error({ code: 'unwritable', path, isOthers }, { file: path })]),
    ...(availableBytes < LOW_BYTES ? [full({ code: 'disk-full', availableBytes })] : []),
    ...watches
      .filter(({ used, limit }) => used >= limit * 0.9)
      .map((watch) => warning({ code: 'watches-low', ...watch })),
    ...(openFiles < FEW_FILES ? [warning({ code: 'open-files-low', limit: openFiles })] : []),
  ];
}

/** `logs/` may be another disk's, or a link to one. */
function availableIn(folder: string): number {
  return (existsSync(folder) ? systemFacts(folder).disk?.availableBytes : undefined) ?? LOW_BYTES;
}

/** What the runtime writes to: the folders of `logs/` with their files, or where they would be made. */
function writtenIn(root: string): readonly string[] {
  const { logs, state, runs } = pathsOf(root);
  if (!existsSync(logs)) return [root];
  return [logs, state, runs].flatMap((folder) => {
    const isListed = statOf(folder)?.isDirectory() === true && isAllowed(folder, constants.R_OK);
    const names = isListed ? readdirSync(folder) : [];
    return [folder, ...names.map((name) => join(folder, name))];
  });
}
