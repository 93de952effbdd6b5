import type { Diagnostic } from '../base/diagnostic.ts';
import { err, ok, type Result } from '../base/result.ts';
import { contentHash, fileHash } from './content.ts';
import { FILE_KINDS, type FileKind } from './file-kind.ts';
import type { TextEnd } from './managed-block.ts';
import { isOwnablePath, MANIFEST_PATH } from './project-path.ts';
import { isObject, readJsonText } from './read-json.ts';

/** What the generator wrote, as it was when it wrote it: the base that tells an edit from an old version. */
export interface Manifest {
  readonly schemaVersion: 1;
  /** The version of devgen that wrote the files. */
  readonly devgen: string;
  /** In the order of their paths. */
  readonly files: readonly ManifestEntry[];
}

export interface ManifestEntry {
  readonly path: string;
  readonly kind: FileKind;
  /** Of the file's normal form, or of our part of it. */
  readonly sha256: string;
  readonly mode: '644' | '755';
  /** Whether the file was not there before: then it goes when nothing but our part is left in it. */
  readonly created: boolean;
  /** How the user's text ended before our part came behind it; `open`: without a newline. */
  readonly end: TextEnd;
}

/** What is said about a file, or our part of one, that holds this content now. */
export function entryOf({
  content,
  ...rest
}: Omit<ManifestEntry, 'sha256'> & { readonly content: Buffer }): ManifestEntry {
  const { path, kind, mode, created, end } = rest;
  const sha256 = kind === 'file' ? fileHash(path, content) : contentHash(content);
  return { path, kind, sha256, mode, created, end };
}

export function renderManifest(manifest: Manifest): string {
  const files = [...manifest.files].sort((one, other) => (one.path < other.path ? -1 : 1)).map(renderEntry);
  return `${JSON.stringify({ ...manifest, files }, null, 2)}\n`;
}

/** The manifest of this text; a path that the generator could never have written makes it unusable. */
export function parseManifest(text: string): Result<Manifest, readonly Diagnostic[]> {
  const value = readJsonText(text);
  if (!isObject(value) || value.schemaVersion !== 1 || typeof value.devgen !== 'string') return unreadable();
  const { files } = value;
  if (!Array.isArray(files)) return unreadable();
  const entries = files.map(parseEntry);
  const foreign = entries.flatMap((entry) =>
    entry !== undefined && !isOwnablePath(entry.path, entry.kind) ? [entry] : [],
  );
  if (foreign.length > 0) return err(foreign.map((entry) => foreignPath(entry.path)));
  const known = entries.filter((entry) => entry !== undefined);
  if (known.length < entries.length || new Set(known.map((entry) => entry.path)).size < known.length)
    return unreadable();
  return ok({ schemaVersion: 1, devgen: value.devgen, files: known });
}

/** Compares the numbers of two versions; what stands behind a hyphen does not count. */
export function isNewerVersion(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) =>
    text
      .replace(/[-+].*$/, '')
      .split('.')
      .map(Number),
  );
  for (const index of [0, 1, 2]) {
    const difference = (one?.[index] ?? 0) - (other?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** The usual end goes without saying. */
function renderEntry({ end, ...entry }: ManifestEntry): object {
  return end === 'closed' ? entry : { ...entry, end };
}

function parseEntry(value: unknown): ManifestEntry | undefined {
  if (!isObject(value)) return undefined;
  const { path, sha256, mode, created } = value;
  const kind = FILE_KINDS.find((known) => known === value.kind);
  if (typeof path !== 'string' || kind === undefined || typeof created !== 'boolean') return undefined;
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return undefined;
  const end = value.end === 'open' ? 'open' : 'closed';
  return mode === '644' || mode === '755' ? { path, kind, sha256, mode, created, end } : undefined;
}

function unreadable(): Result<never, readonly Diagnostic[]> {
  return err([
    {
      code: 'manifest/unreadable',
      message: `\`${MANIFEST_PATH}\` is not what devgen writes`,
      hint: [
        'Take it back from version control;',
        'if there is none, delete it: files that differ are then refused until `--force`.',
      ].join(' '),
      place: { file: MANIFEST_PATH },
    },
  ]);
}

function foreignPath(path: string): Diagnostic {
  return {
    code: 'manifest/foreign-path',
    message: `\`${MANIFEST_PATH}\` names \`${path}\`, which devgen never writes`,
    hint: 'Take the manifest back from version control; nothing was changed.',
    place: { file: MANIFEST_PATH },
  };
}
