import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from './clock.ts';
import { expectCodes } from './error-code.ts';
import { placeNewFile } from './place-new-file.ts';
import { isAlive, ownIdentity, type ProcessIdentity } from './process-identity.ts';
import { writeFileAtomic } from './write-file-atomic.ts';

const RELEASED = 'released\n';
const POLL_MS = 20;

/**
 * A lock out of plain files, for systems where no kernel object frees itself with its holder.
 * `NAME.lock.N` names the holder of generation N. Who finds the highest generation's holder dead or gone links the next
 * number, which one process only can; numbers are never used twice, because the highest file stays when it is released.
 * `undefined`: a living process holds it, or took it this moment.
 */
export function acquireGenerationLock(name: string, directory: string): { release(): Promise<void> } | undefined {
  const files = { prefix: `${name}.lock.`, directory };
  const highest = Math.max(0, ...generations(files));
  if (highest > 0 && isHeld(pathOf(files, highest))) return undefined;
  const mine = highest + 1;
  if (!claim(files, mine)) return undefined;
  // Another process looked later and linked earlier: the higher number wins.
  if (generations(files).some((other) => other > mine)) {
    rmSync(pathOf(files, mine), { force: true });
    return undefined;
  }
  for (const other of generations(files)) if (other < mine) rmSync(pathOf(files, other), { force: true });
  let isReleased = false;
  return {
    release: async () => {
      if (!isReleased) writeFileAtomic(pathOf(files, mine), RELEASED);
      isReleased = true;
    },
  };
}

/** Nothing tells when such a lock is released: wait a little, then try again. */
export function awaitGenerationChange(limitMs: number): Promise<void> {
  return systemClock.delay(Math.min(POLL_MS, limitMs));
}

interface LockFiles {
  readonly prefix: string;
  readonly directory: string;
}

/** Links a file that is already whole, so that no reader ever finds an empty one. */
function claim(files: LockFiles, generation: number): boolean {
  const temporary = join(files.directory, `.${files.prefix}${process.pid}.${randomBytes(4).toString('hex')}`);
  return placeNewFile(pathOf(files, generation), temporary, () =>
    writeFileSync(temporary, JSON.stringify(ownIdentity()), { mode: 0o600, flag: 'wx' }),
  );
}

function isHeld(path: string): boolean {
  const holder = readHolder(path);
  return typeof holder === 'object' && isAlive(holder);
}

/** `undefined`: deleted meanwhile, or not written by us. */
function readHolder(path: string): ProcessIdentity | 'released' | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    return text === RELEASED ? 'released' : parseIdentity(JSON.parse(text));
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) expectCodes(thrown, ['ENOENT']);
    return undefined;
  }
}

function parseIdentity(value: unknown): ProcessIdentity | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { bootId, pidNamespace, pid, startTime } = value as Partial<Record<keyof ProcessIdentity, unknown>>;
  if (typeof bootId !== 'string' || typeof pidNamespace !== 'string') return undefined;
  if (typeof pid !== 'number' || typeof startTime !== 'number') return undefined;
  return { bootId, pidNamespace, pid, startTime };
}

function generations({ prefix, directory }: LockFiles): readonly number[] {
  return readdirSync(directory)
    .filter((name) => name.startsWith(prefix))
    .map((name) => Number(name.slice(prefix.length)))
    .filter(Number.isInteger);
}

function pathOf({ prefix, directory }: LockFiles, generation: number): string {
  return join(directory, `${prefix}${generation}`);
}
