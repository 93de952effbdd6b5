import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { Script } from 'node:vm';
import { commandMeantBy, traitsOf } from '../base/commands.ts';
import type { Compiled } from './keep-compiled.ts';
import { ownUserId } from './own-user.ts';
import { SUPERVISOR_OPTIONS } from './supervisor-options.ts';

/*
 * Built to `load.cjs`, which runs the other CommonJS files of the runtime and keeps what V8 made of them: compiling
 * them anew costs a third of the time that `./dev status` takes. Kept for the user, so that a new clone or worktree has
 * it at once. Node has this itself (`module.enableCompileCache`) from 22.1 on.
 */

declare const DEVGEN_BUILD_ID: string;

type Wrapper = (
  exports: unknown,
  require: (specifier: string) => unknown,
  module: { exports: unknown },
  filename: string,
  folder: string,
  load: (specifier: string) => Promise<unknown>,
) => void;

const folder = import.meta.dirname;
const all = cacheFolder();
/** What another build or another Node compiled is of no use, nor what the same did with other options of V8's. */
const key = `${DEVGEN_BUILD_ID}-${process.version}-${process.arch}${tagOfOptions()}`;
/** Mode bits of group and others. */
const OTHERS_WRITE = 0o022;
const loaded = new Map<string, unknown>();
const uncompiled: (() => Compiled)[] = [];

/** Of these files every command uses another part. */
const SHARED_FILES = ['quick.cjs', 'main.cjs', 'base.cjs', 'common.cjs'];
const SUPERVISOR = 'supervisor';
/** Whose part of the shared files is kept apart: a command's, or the supervisor's; empty: none. */
let use = '';

/** `run` for a command, of whose arguments `word` is the first. */
export function loadCommand(name: string, word = 'up'): void {
  const command = commandMeantBy(word);
  use = command !== undefined && traitsOf(command).keepsOwnCode ? command : '';
  run(name);
}

export function loadSupervisor(): void {
  use = SUPERVISOR;
  run('supervise.cjs');
}

/**
 * Runs a CommonJS file of the runtime once, and gives its exports. In the file `devgenLoad` stands for `import()`,
 * which V8 does not offer to what it runs like this.
 */
export function run(name: string): unknown {
  if (loaded.has(name)) return loaded.get(name);
  const file = join(folder, name);
  const kept = all === undefined ? undefined : join(all, key, keptName(name));
  const source = readFileSync(file);
  const cachedData = kept === undefined ? undefined : readKept(kept, source);
  const text = `(function (exports, require, module, __filename, __dirname, devgenLoad) {${source.toString()}\n})`;
  // V8 keeps the name with what it compiled, which serves other checkouts, too: traces must name none of them.
  const filename = `.devgen/runtime/${name}`;
  const script = new Script(text, { filename, ...(cachedData !== undefined && { cachedData }) });
  if (kept !== undefined && (cachedData === undefined || script.cachedDataRejected === true)) {
    keepAtExit(() => ({ file: kept, data: script.createCachedData(), source }));
  }
  const module = { exports: {} as unknown };
  const wrapper = script.runInThisContext() as Wrapper;
  wrapper(module.exports, requireFrom, module, file, dirname(file), load);
  loaded.set(name, module.exports);
  return module.exports;
}

/** A supervisor, which has options of its own, shares none. */
function keptName(name: string): string {
  const isApart = use === SUPERVISOR || (use !== '' && SHARED_FILES.includes(name));
  return name.replaceAll('/', '-') + (isApart ? `-${use}` : '');
}

/** Empty without any, and with a supervisor's: to ask costs a millisecond. */
function tagOfOptions(): string {
  const isUsual = ['', SUPERVISOR_OPTIONS.join()].includes(process.execArgv.join());
  if (isUsual && (process.env.NODE_OPTIONS ?? '') === '') return '';
  return `-${process.getBuiltinModule('node:v8').cachedDataVersionTag()}`;
}

function requireFrom(specifier: string): unknown {
  return specifier.startsWith('./') ? run(specifier.slice(2)) : require(specifier);
}

async function load(specifier: string): Promise<unknown> {
  return specifier.startsWith('./') ? run(specifier.slice(2)) : import(specifier);
}

/** At the end, because only what has been called by then is compiled. */
function keepAtExit(make: () => Compiled): void {
  if (uncompiled.length === 0) {
    process.once('exit', () => {
      const { keepCompiled } = run('keep.cjs') as typeof import('./keep-compiled.ts');
      for (const each of uncompiled) keepCompiled(each());
    });
  }
  uncompiled.push(make);
}

/**
 * V8 trusts what it is given, crashes over rubbish, and compares no more of the source than its length: only a whole
 * file that this user wrote, made of this very source, gets there. It holds the data twice, because to compare the
 * halves costs next to nothing, and a checksum over all of it more than compiling saves; then the source.
 */
function readKept(file: string, source: Buffer): Buffer | undefined {
  const kept = readOwn(file);
  const size = kept === undefined ? 0 : (kept.length - source.length) / 2;
  if (kept === undefined || size < 1 || !Number.isInteger(size)) return undefined;
  const isWhole = kept.compare(kept, size, 2 * size, 0, size) === 0 && source.compare(kept, 2 * size) === 0;
  return isWhole ? kept.subarray(0, size) : undefined;
}

/** `sudo` may have left root with the home of another user, who must not have root run what he pleases. */
function readOwn(file: string): Buffer | undefined {
  let descriptor: number | undefined;
  try {
    // Not to wait for whatever might write into a pipe.
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(descriptor);
    const isOwn = process.platform === 'win32' || (stat.uid === ownUserId() && (stat.mode & OTHERS_WRITE) === 0);
    return isOwn && stat.isFile() ? readFileSync(descriptor) : undefined;
  } catch {
    return undefined; // Not made yet, or not readable.
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/**
 * `undefined`: the user has no folder for such things.
 * Source: XDG Base Directory Specification; File System Programming Guide (macOS); Known Folders (Windows).
 */
function cacheFolder(): string | undefined {
  const { XDG_CACHE_HOME = '', HOME = '', LOCALAPPDATA = '' } = process.env;
  const caches = process.platform === 'darwin' ? join(HOME, 'Library', 'Caches') : join(HOME, '.cache');
  const candidates = process.platform === 'win32' ? [LOCALAPPDATA] : [XDG_CACHE_HOME, HOME === '' ? '' : caches];
  const chosen = candidates.find(isAbsolute);
  return chosen === undefined ? undefined : join(chosen, 'devgen', 'compiled');
}
