import type { DetectionEvidence } from '../detection.ts';
import { joinPath } from '../repository/paths.ts';
import type { RepositoryPlace } from '../repository/place.ts';

/** What one rule finds for one folder; the name comes when all are known. */
export type StepDraft = CopyDraft | RunDraft;

export interface CopyDraft extends DraftCommon {
  readonly kind: 'copy';
  readonly from: string;
  readonly to: string;
}

export interface RunDraft extends DraftCommon {
  readonly kind: 'run';
  readonly run: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

interface DraftCommon {
  /** Where it belongs: a command runs there, and its inputs and outputs are named from there. */
  readonly directory: string;
  /** What tells it from the other steps of the folder: `npm`, `env`. */
  readonly tool: string;
  readonly evidence: DetectionEvidence;
}

/** What is to be run in a folder, and the file there that says so: by default the first of the inputs. */
export interface RunFacts extends Pick<RunDraft, 'tool' | 'run' | 'inputs' | 'outputs'> {
  readonly says: string;
  readonly from?: string;
}

/** The step of a folder; of its inputs those that are there. */
export function runDraft(place: RepositoryPlace, { says, from, inputs, ...draft }: RunFacts): RunDraft {
  const { directory } = place;
  const files = filesThere(place, inputs);
  const evidence = { file: joinPath(directory, from ?? files[0] ?? '.'), line: null, says };
  return { kind: 'run', directory, ...draft, inputs: files, evidence };
}

/** Of the names those that are files of the folder. */
export function filesThere({ repository, directory }: RepositoryPlace, names: readonly string[]): readonly string[] {
  return names.filter((name) => repository.has(joinPath(directory, name)));
}

/** An env file is made once, however that is: `.env.local` → `env-local`. */
export function envFileTool(name: string): string {
  return name.replace(/^\./, '').replaceAll('.', '-');
}
