import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { commandMeantBy, traitsOf } from '../base/commands.ts';
import { isLink } from './link-outside.ts';
import { pidExists } from './pid-exists.ts';

/*
 * Built to `load.cjs`, which runs the other CommonJS files of the runtime and keeps what V8 made of them: compiling
 * them anew costs a third of the time that `./dev status` takes. Node has this itself (`module.enableCompileCache`)
 * from 22.1 on.
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

/** Of the time of the source's last change, which stands behind the data. */
const TIME_BYTES = 8;

const folder = import.meta.dirname;
/** Only a vendored runtime, in `.devgen/runtime`, has a project to keep it in. */
const state = basename(dirname(folder)) === '.devgen' ? join(folder, '..', '..', 'logs', '.devgen') : undefined;
/** What another build or another Node compiled is of no use, nor what the same did with other options of V8's. */
const key = `${DEVGEN_BUILD_ID}-${process.version}-${process.arch}${tagOfOptions()}`;
/** A disk with less than this to spare keeps it for what must be written. */
const LEAST_FREE_BYTES = 64 * 2 ** 20;
const loaded = new Map<string, unknown>();
const uncompiled: (() => void)[] = [];

/** Of these files every command uses another part. */
const SHARED_FILES = ['quick.cjs', 'main.cjs', 'common.cjs'];
/** Whose part of the shared files is kept apart: a command's, or the supervisor's; empty: none. */
let use = '';

/** `run` for a command, of whose arguments `word` is the first. */
export function loadCommand(name: string, word = 'up'): void {
  const command = commandMeantBy(word);
  use = command !== undefined && traitsOf(command).keepsOwnCode ? command : '';
  run(name);
}

export function loadSupervisor(): void {
  use = 'supervisor';
  run('supervise.cjs');
}

/**
 * Runs a CommonJS file of the runtime once, and gives its exports. In the file `devgenLoad` stands for `import()`,
 * which V8 does not offer to what it runs like this.
 */
export function run(name: string): unknown {
  if (loaded.has(name)) return loaded.get(name);
  const file = join(folder, name);
  const kept = state === undefined ? undefined : join(state, 'compiled', key, keptName(name));
  // V8 itself compares no more of the source than its length.
  const { mtimeMs } = statSync(file);
  const cachedData = kept === undefined ? undefined : readKept(kept, mtimeMs);
  const source = readFileSync(file, 'utf8');
  const text = `(function (exports, require, module, __filename, __dirname, devgenLoad) {${source}\n})`;
  const script = new Script(text, { filename: file, ...(cachedData !== undefined && { cachedData }) });
  if (kept !== undefined && (cachedData === undefined || script.cachedDataRejected === true)) {
    keepAtExit(() => keep(kept, script.createCachedData(), mtimeMs));
  }
  const module = { exports: {} as unknown };
  const wrapper = script.runInThisContext() as Wrapper;
  wrapper(module.exports, requireFrom, module, file, dirname(file), load);
  loaded.set(name, module.exports);
  return module.exports;
}

function keptName(name: string): string {
  const isShared = use !== '' && SHARED_FILES.includes(name);
  return name.replaceAll('/', '-') + (isShared ? `-${use}` : '');
}

/** Empty without any: to ask costs a millisecond. */
function tagOfOptions(): string {
  if (process.execArgv.length === 0 && (process.env.NODE_OPTIONS ?? '') === '') return '';
  return `-${process.getBuiltinModule('node:v8').cachedDataVersionTag()}`;
}

function requireFrom(specifier: string): unknown {
  return specifier.startsWith('./') ? run(specifier.slice(2)) : require(specifier);
}

async function load(specifier: string): Promise<unknown> {
  return specifier.startsWith('./') ? run(specifier.slice(2)) : import(specifier);
}

/** At the end, because only what has been called by then is compiled. */
function keepAtExit(action: () => void): void {
  if (uncompiled.length === 0) {
    process.once('exit', () => {
      for (const each of uncompiled) each();
    });
  }
  uncompiled.push(action);
}

/**
 * V8 trusts what it is given, and crashes over rubbish: only a whole file of ours gets there. It holds the data twice,
 * because to compare the halves costs next to nothing, and a checksum over all of it more than compiling saves.
 */
function readKept(file: string, changedMs: number): Buffer | undefined {
  let kept: Buffer;
  try {
    kept = readFileSync(file);
  } catch {
    return undefined; // Not made yet.
  }
  const size = (kept.length - TIME_BYTES) / 2;
  if (size < 1 || !Number.isInteger(size) || kept.readDoubleLE(2 * size) !== changedMs) return undefined;
  return kept.compare(kept, size, 2 * size, 0, size) === 0 ? kept.subarray(0, size) : undefined;
}

/** What cannot be kept (a full disk, no `logs/` yet) is compiled again the next time. */
function keep(file: string, data: Buffer, changedMs: number): void {
  const temporary = `${file}.${process.pid}.tmp`;
  const kept = dirname(file);
  try {
    // A link may lead anywhere, where nothing of this is worth writing, or removing.
    if (foldersAbove(file).some(isLink)) return;
    removeOtherBuilds(dirname(kept));
    if (!hasRoom(dirname(dirname(kept)))) return;
    makeFolders(kept);
    removeUnfinished(kept);
    const descriptor = openSync(temporary, 'wx', 0o600);
    try {
      const time = Buffer.alloc(TIME_BYTES);
      time.writeDoubleLE(changedMs);
      writeFileSync(descriptor, Buffer.concat([data, data, time]));
      fsyncSync(descriptor); // A name without its content after a power cut would be rubbish.
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch {
    discard(temporary);
  }
}

/** Up to `logs`. */
function foldersAbove(file: string): readonly string[] {
  const kept = dirname(file);
  const compiled = dirname(kept);
  return [kept, compiled, dirname(compiled), dirname(dirname(compiled))];
}

/** Never `state` itself: what `clean --all` removed stays away. */
function makeFolders(kept: string): void {
  for (const path of [dirname(kept), kept]) if (!existsSync(path)) mkdirSync(path, { mode: 0o700 });
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Its folder is none.
  }
}

function hasRoom(path: string): boolean {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize >= LEAST_FREE_BYTES;
}

function removeOtherBuilds(all: string): void {
  for (const name of existsSync(all) ? readdirSync(all) : []) {
    if (!name.startsWith(DEVGEN_BUILD_ID)) rmSync(join(all, name), { recursive: true, force: true });
  }
}

/** What a command was writing when it was killed. */
function removeUnfinished(kept: string): void {
  for (const name of readdirSync(kept)) {
    const pid = /\.(\d+)\.tmp$/.exec(name)?.[1];
    if (pid !== undefined && !pidExists(Number(pid))) discard(join(kept, name));
  }
}
