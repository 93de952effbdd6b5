import type { PartKind } from '../../manifest/file-kind.ts';
import { dropBlock, MARKDOWN_MARKERS, putBlock, unwrapBlock } from '../../manifest/managed-block.ts';
import { dropScripts, putScripts } from '../../manifest/npm-scripts.ts';
import { dropTasks, EMPTY_TASKS, putTasks, unwrapTasks } from '../../manifest/vscode-tasks.ts';

/**
 * How our part of a user's file is put, dropped and given away. Texts are bytes read as latin1, so that any
 * encoding comes back unharmed; `drop(put(text))` is `text`, byte by byte.
 */
export interface PartEditor {
  readonly put: (text: string, body: string) => string;
  readonly drop: (text: string) => string;
  /** The text with our part, but with nothing that marks it as ours. */
  readonly unwrap: (text: string) => string;
  /** What the file holds before it has our part, when there is no file yet. */
  readonly emptyFile: string;
}

const EDITORS: Readonly<Record<PartKind, PartEditor>> = {
  block: { put: putBlock, drop: dropBlock, unwrap: unwrapBlock, emptyFile: '' },
  'markdown-block': {
    put: (text, body) => putBlock(text, body, MARKDOWN_MARKERS),
    drop: (text) => dropBlock(text, MARKDOWN_MARKERS),
    unwrap: (text) => unwrapBlock(text, MARKDOWN_MARKERS),
    emptyFile: '',
  },
  'npm-scripts': {
    put: putScripts,
    drop: dropScripts,
    unwrap: (text) => text,
    emptyFile: '{"scripts": {}}\n',
  },
  'vscode-tasks': { put: putTasks, drop: dropTasks, unwrap: unwrapTasks, emptyFile: EMPTY_TASKS },
};

export function partEditor(kind: PartKind): PartEditor {
  return EDITORS[kind];
}
