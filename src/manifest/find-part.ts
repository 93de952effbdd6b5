import type { PartKind } from './file-kind.ts';
import { findBlock, MARKDOWN_MARKERS } from './managed-block.ts';
import { findServers } from './mcp-servers.ts';
import { findScripts } from './npm-scripts.ts';
import { findTasks } from './vscode-tasks.ts';

/** Our part of a user's file, or what is there instead. `body`: without what marks it. */
export type FoundPart =
  | { readonly kind: 'absent' }
  | { readonly kind: 'found'; readonly body: string }
  | { readonly kind: 'damaged' };

const FINDERS: Readonly<Record<PartKind, (text: string) => FoundPart>> = {
  block: (text) => findBlock(text),
  'markdown-block': (text) => findBlock(text, MARKDOWN_MARKERS),
  'npm-scripts': findScripts,
  'vscode-tasks': findTasks,
  'mcp-servers': (text) => findServers('mcp-servers', text),
  'vscode-mcp-servers': (text) => findServers('vscode-mcp-servers', text),
  'zed-mcp-servers': (text) => findServers('zed-mcp-servers', text),
};

/** `text`: the bytes of the file read as latin1. */
export function findPart(kind: PartKind, text: string): FoundPart {
  return FINDERS[kind](text);
}
