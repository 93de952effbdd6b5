import { NAME_PATTERN, suggestName } from '../../config/name-rule.ts';
import type { DetectedStep } from '../detection.ts';
import { joinPath } from '../repository/paths.ts';
import type { StepDraft } from './step-draft.ts';

export interface DraftFor {
  readonly draft: StepDraft;
  readonly service: string;
}

/** The steps of all services, each once, with names of their own; of two for one thing the first is taken. */
export function nameSteps(drafts: readonly DraftFor[]): readonly DetectedStep[] {
  const grouped = new Map<string, { draft: StepDraft; services: Set<string> }>();
  for (const { draft, service } of drafts) {
    const key = JSON.stringify([draft.directory, draft.tool]);
    const group = grouped.get(key) ?? { draft, services: new Set() };
    group.services.add(service);
    grouped.set(key, group);
  }
  const taken = new Set<string>();
  return [...grouped.values()].map(({ draft, services }) => {
    const common = { name: freeName(draft, taken), services: [...services], evidence: [draft.evidence] };
    const inRoot = (path: string) => joinPath(draft.directory, path);
    if (draft.kind === 'copy') return { ...common, kind: 'copy', from: inRoot(draft.from), to: inRoot(draft.to) };
    const { run, directory: cwd } = draft;
    return { ...common, kind: 'run', run, cwd, inputs: draft.inputs.map(inRoot), outputs: draft.outputs.map(inRoot) };
  });
}

function freeName({ directory, tool }: StepDraft, taken: Set<string>): string {
  const written = directory === '.' ? tool : `${directory}-${tool}`;
  const name = NAME_PATTERN.test(written) ? written : (suggestName(written) ?? tool);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (taken.has(candidate)) continue;
    taken.add(candidate);
    return candidate;
  }
}
