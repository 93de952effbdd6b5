import { AGENTS_PATH, GUIDE_PATH } from '../../manifest/project-path.ts';
import type { PartOfFile } from '../engine/desired-file.ts';
import type { EmitWish } from './emit-options.ts';
import { markdownPart } from './markdown-part.ts';
import type { ProjectFacts } from './project-facts.ts';
import { renderAgents } from './render-agents.ts';
import { renderGuide } from './render-guide.ts';

/** Blocks in `DEVELOPMENT.md`, for people, and in `AGENTS.md`, for coding agents. */
export function emitDocuments({ emit, plan, blockedDocuments }: ProjectFacts): readonly PartOfFile[] {
  const isWanted = (path: string, wish: EmitWish) => (wish === 'if-fitting' ? !blockedDocuments.has(path) : wish);
  return [
    ...(isWanted(GUIDE_PATH, emit.guide) ? [markdownPart(GUIDE_PATH, renderGuide(plan, emit))] : []),
    ...(isWanted(AGENTS_PATH, emit.agents) ? [markdownPart(AGENTS_PATH, renderAgents(plan))] : []),
  ];
}
