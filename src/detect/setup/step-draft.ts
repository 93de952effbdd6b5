import { NAME_PATTERN, suggestName } from '../../config/name-rule.ts';
import type { DetectedStep, DetectionEvidence } from '../detection.ts';
import { joinPath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';

/** What one rule finds for one folder; the name comes when all are known. */
export type StepDraft = DraftCommon &
  (
    | {
        readonly kind: 'run';
        readonly run: string;
        readonly inputs: readonly string[];
        readonly outputs: readonly string[];
      }
    | { readonly kind: 'copy'; readonly from: string; readonly to: string }
  );

interface DraftCommon {
  /** Where it belongs: a command runs there, and its inputs and outputs are named from there. */
  readonly directory: string;
  /** What tells it from the other steps of the folder: `npm`, `env`. */
  readonly tool: string;
  readonly evidence: DetectionEvidence;
}

export interface DraftFor {
  readonly draft: StepDraft;
  readonly service: string;
}

/** The steps of all services, each once, with names of their own. */
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

/** Of the names those that are files of the folder. */
export function present(repository: Repository, directory: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => repository.has(joinPath(directory, name)));
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
