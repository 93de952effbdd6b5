import type { PartKind } from '../../manifest/file-kind.ts';
import { dropBlock, MARKDOWN_MARKERS, type Markers, type TextEnd } from '../../manifest/managed-block.ts';
import type { ServerKind } from '../../manifest/mcp-servers.ts';
import { dropServers, emptyServers, putServers } from '../json/mcp-servers.ts';
import { dropScripts, putScripts } from '../json/npm-scripts.ts';
import { dropTasks, EMPTY_TASKS, putTasks, unwrapTasks } from '../json/vscode-tasks.ts';
import { dropDamaged, dropEjected, putBlock, unwrapBlock } from './edit-block.ts';

/**
 * How our part of a user's file is put, dropped and given away. Texts are bytes read as latin1: any encoding comes
 * back.
 */
export interface PartEditor {
  /** `undefined`: the file takes no part of ours. */
  readonly put: (text: string, body: string) => string | undefined;
  /** `end`: how the text ended before it had our part. */
  readonly drop: (text: string, end: TextEnd) => string | undefined;
  /** The text with our part, but with nothing that marks it as ours. */
  readonly unwrap: (text: string) => string;
  /** The text, which has no part of ours, without a copy of this one that lost its marks by `unwrap`. */
  readonly dropEjected: (text: string, body: string) => string;
  /** The text without the remains of a part whose marks are damaged; `undefined`: they cannot be told from the rest. */
  readonly dropDamaged: (text: string, body: string) => string | undefined;
  /** What the file holds before it has our part, when there is no file yet. */
  readonly emptyFile: string;
}

const EDITORS: Readonly<Record<PartKind, PartEditor>> = {
  block: blockEditor(),
  'markdown-block': blockEditor(MARKDOWN_MARKERS),
  'npm-scripts': {
    put: putScripts,
    drop: dropScripts,
    unwrap: (text) => text,
    dropEjected: (text) => text,
    dropDamaged: () => undefined,
    emptyFile: '{"scripts": {}}\n',
  },
  'vscode-tasks': {
    put: putTasks,
    drop: dropTasks,
    unwrap: unwrapTasks,
    dropEjected: (text) => text,
    dropDamaged: () => undefined,
    emptyFile: EMPTY_TASKS,
  },
  'mcp-servers': serverEditor('mcp-servers'),
  'vscode-mcp-servers': serverEditor('vscode-mcp-servers'),
  'zed-mcp-servers': serverEditor('zed-mcp-servers'),
};

export function partEditor(kind: PartKind): PartEditor {
  return EDITORS[kind];
}

function blockEditor(markers?: Markers): PartEditor {
  return {
    put: (text, body) => putBlock(text, body, markers),
    drop: (text, end) => dropBlock(text, end, markers),
    unwrap: (text) => unwrapBlock(text, markers),
    dropEjected,
    dropDamaged: (text, body) => dropDamaged(text, body, markers),
    emptyFile: '',
  };
}

function serverEditor(kind: ServerKind): PartEditor {
  return {
    put: (text, body) => putServers(kind, text, body),
    drop: (text) => dropServers(kind, text),
    unwrap: (text) => text,
    dropEjected: (text) => text,
    dropDamaged: () => undefined,
    emptyFile: emptyServers(kind),
  };
}
