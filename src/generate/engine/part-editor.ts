import type { PartKind } from './desired-file.ts';
import { dropBlock, findBlock, MARKDOWN_MARKERS, putBlock, unwrapBlock } from './managed-block.ts';
import { dropScripts, findScripts, putScripts } from './npm-scripts.ts';
import { dropTasks, EMPTY_TASKS, findTasks, putTasks, unwrapTasks } from './vscode-tasks.ts';

/**
 * How our part of a user's file is found, put, dropped and given away. Texts are bytes read as latin1, so that any
 * encoding comes back unharmed; `drop(put(text))` is `text`, byte by byte.
 */
export interface PartEditor {
  readonly find: (text: string) => { kind: 'absent' } | { kind: 'found'; body: string } | { kind: 'damaged' };
  readonly put: (text: string, body: string) => string;
  readonly drop: (text: string) => string;
  /** The text with our part, but with nothing that marks it as ours. */
  readonly unwrap: (text: string) => string;
  /** What the file holds before it has our part, when there is no file yet. */
  readonly emptyFile: string;
}

const EDITORS: Readonly<Record<PartKind, PartEditor>> = {
  block: { find: findBlock, put: putBlock, drop: dropBlock, unwrap: unwrapBlock, emptyFile: '' },
  'markdown-block': {
    find: (text) => findBlock(text, MARKDOWN_MARKERS),
    put: (text, body) => putBlock(text, body, MARKDOWN_MARKERS),
    drop: (text) => dropBlock(text, MARKDOWN_MARKERS),
    unwrap: (text) => unwrapBlock(text, MARKDOWN_MARKERS),
    emptyFile: '',
  },
  'npm-scripts': {
    find: findScripts,
    put: putScripts,
    drop: dropScripts,
    unwrap: (text) => text,
    emptyFile: '{"scripts": {}}\n',
  },
  'vscode-tasks': { find: findTasks, put: putTasks, drop: dropTasks, unwrap: unwrapTasks, emptyFile: EMPTY_TASKS },
};

export function partEditor(kind: PartKind): PartEditor {
  return EDITORS[kind];
}
