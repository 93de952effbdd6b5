import { closeSync, existsSync, fstatSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { HASH_MARKERS, MARKDOWN_MARKERS } from '../../manifest/managed-block.ts';
import { openRegularFile } from '../../platform/regular-file.ts';
import { decodeText } from './decode-text.ts';
import { type WalkLimits, walkTree } from './walk.ts';

const MAX_READ_BYTES = 512 * 1024;
/** All reads together: a repository of huge files must not take minutes. */
const MAX_TOTAL_BYTES = 96 * 1024 * 1024;
const LIMITS: WalkLimits = { maxEntries: 60_000, maxDepth: 9, maxMs: 1500 };

/** The blocks that devgen keeps in files of the user's. */
const BLOCKS = [HASH_MARKERS, MARKDOWN_MARKERS].map(({ start, end }) => ({
  start,
  whole: new RegExp(`^${start}$[^]*?^${end}$`, 'gm'),
}));

/**
 * A repository as the rules see it: names known from one bounded walk, texts read once and only in part when they are
 * huge.
 */
export interface Repository {
  readonly root: string;
  readonly files: ReadonlySet<string>;
  /** Breadth first, the root (`.`) first. */
  readonly directories: readonly string[];
  /** Whether some of the repository was not looked at, for its size. */
  readonly isCutShort: boolean;
  has(path: string): boolean;
  /**
   * Whether something is there on disk, also in the folders that the walk leaves out (a virtual environment's python).
   */
  existsOnDisk(path: string): boolean;
  /** The names of the files directly in a directory. */
  filesIn(directory: string): readonly string[];
  /** The paths of the files at or below a directory. */
  filesBelow(directory: string): readonly string[];
  /**
   * The file's text; `undefined` when it is missing, unreadable or binary. At most the first 512 KiB. What devgen
   * itself wrote into
   * it is blank: the proposal of an earlier run is no evidence.
   */
  text(path: string): string | undefined;
  /** The value computed for this key the first time it was asked for. */
  remember<Value>(key: string, compute: () => Value): Value;
  /** Keeps a sentence for the user about something that could not be read. */
  note(sentence: string): void;
  readonly notes: readonly string[];
}

/** Opens the repository at an absolute path. Reads nothing but directories until a rule asks for a text. */
export function openRepository(root: string): Repository {
  const tree = walkTree(root, LIMITS);
  const texts = new Map<string, string | undefined>();
  const remembered = new Map<string, unknown>();
  const notes = new Set<string>();
  const budget = { leftBytes: MAX_TOTAL_BYTES };
  let byDirectory: ReadonlyMap<string, readonly string[]> | undefined;
  const namesByDirectory = (): ReadonlyMap<string, readonly string[]> => {
    byDirectory ??= groupByDirectory(tree.files);
    return byDirectory;
  };
  return {
    root,
    ...tree,
    has: (path) => tree.files.has(path),
    existsOnDisk: (path) => existsSync(join(root, path)),
    filesIn: (directory) => namesByDirectory().get(directory) ?? [],
    filesBelow: (directory) => {
      const prefix = directory === '.' ? '' : `${directory}/`;
      return [...namesByDirectory()]
        .filter(([holder]) => holder === directory || holder.startsWith(prefix))
        .flatMap(([holder, names]) => (holder === '.' ? names : names.map((name) => `${holder}/${name}`)));
    },
    text: (path) => {
      if (!texts.has(path))
        texts.set(path, tree.files.has(path) ? withoutBlocks(readText(join(root, path), budget)) : undefined);
      return texts.get(path);
    },
    remember: <Value>(key: string, compute: () => Value): Value => {
      if (!remembered.has(key)) remembered.set(key, compute());
      // The key names one computation, so what was stored under it has that computation's type.
      return remembered.get(key) as Value;
    },
    note: (sentence) => void notes.add(sentence),
    get notes() {
      return [...notes];
    },
  };
}

function groupByDirectory(files: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const path of files) {
    const cut = path.lastIndexOf('/');
    const directory = cut < 0 ? '.' : path.slice(0, cut);
    const names = groups.get(directory) ?? [];
    names.push(path.slice(cut + 1));
    groups.set(directory, names);
  }
  return groups;
}

function withoutBlocks(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return BLOCKS.reduce((rest, { start, whole }) => (rest.includes(start) ? rest.replace(whole, blank) : rest), text);
}

/** Lines keep their numbers. */
function blank(block: string): string {
  return block.replace(/[^\n]/g, '');
}

function readText(path: string, budget: { leftBytes: number }): string | undefined {
  let descriptor: number;
  try {
    descriptor = openRegularFile(path);
  } catch {
    // Not ours to read, or no file: treated like a missing one.
    return undefined;
  }
  try {
    const size = Math.min(fstatSync(descriptor).size, MAX_READ_BYTES, budget.leftBytes);
    const bytes = Buffer.alloc(Math.max(0, size));
    const read = readSync(descriptor, bytes, 0, bytes.length, 0);
    budget.leftBytes -= read;
    return decodeText(bytes.subarray(0, read));
  } catch {
    // A file that vanished: nothing to learn from it.
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}
