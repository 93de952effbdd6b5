import type { SetupStep } from '../../plan/plan.ts';
import { endedHow } from '../../runtime/sentences/describe-exit.ts';
import { quoteLog, type Sentence, sentence, type Words } from '../../runtime/sentences/sentence.ts';
import type { StaleReason } from '../../runtime/setup/judge-step.ts';
import type { SetupNews } from '../../runtime/setup/run-setup.ts';
import type { PinnedVersion, SetupFailure } from '../../runtime/setup/setup-failure.ts';
import { waysToGet } from './find-tool.ts';

/** What happens to a setup step; `null`: nothing that has to be said. */
export function describeSetup(news: SetupNews, words: Words): Sentence | null {
  switch (news.kind) {
    case 'waiting':
      return sentence('news', 'another command is setting this checkout up; waiting for it');
    case 'running':
      // A copy takes no time: what came of it is enough.
      if (news.step.kind === 'copy') return null;
      return sentence('news', `${whatRuns(news.step)} (${describeReason(news.reason)})`);
    case 'done':
      if (news.step.kind === 'run') return null;
      return sentence('news', `copied ${news.step.from} to ${news.step.to}`, toFill(news.blank, news.step.to));
    case 'failed':
      return describeSetupFailure(news.failure, news.step, words);
  }
}

/** What of a step is named to the user. */
export type StepDoing =
  | { readonly kind: 'copy'; readonly from: string; readonly to: string }
  | { readonly kind: 'run'; readonly run: string; readonly cwd: string };

/** What a step does, as it is announced: `copy .env.example to .env`. */
export function whatRuns(step: StepDoing): string {
  if (step.kind === 'copy') return `copy ${step.from} to ${step.to}`;
  return `\`${step.run.trim()}\`${step.cwd === '.' ? '' : ` in ${step.cwd}`}`;
}

export function describeReason(reason: StaleReason): string {
  switch (reason.kind) {
    case 'output-missing':
      return `${reason.path} is missing`;
    case 'input-changed':
      return `${reason.path} has changed`;
    case 'first-time':
      return 'for the first time here';
    case 'redefined':
      return 'the step has changed';
    case 'forced':
      return 'asked for';
  }
}

/** What is left for a person to do in a copied env file. */
export function fillIn(blank: readonly string[], file: string): string {
  return `fill in ${blank.join(', ')} in ${file}`;
}

/** A line, where something is left. */
export function toFill(blank: readonly string[], file: string): readonly string[] {
  return blank.length === 0 ? [] : [fillIn(blank, file)];
}

/** Why a step could not be done, what it said last, and what to do. */
export function describeSetupFailure(failure: SetupFailure, step: SetupStep, words: Words): Sentence {
  const remedy = remedyFor(failure, step, words).map((line) => `hint: ${line}`);
  const output = 'output' in failure ? quoteLog(failure.output) : [];
  return sentence('bad', problemOf(failure, step), [...output, ...remedy]);
}

function problemOf(failure: SetupFailure, step: SetupStep): string {
  switch (failure.reason) {
    case 'tool-missing':
      return `\`${failure.tool}\` is not installed`;
    case 'cwd-missing':
      return `its folder \`${failure.cwd}\` does not exist`;
    case 'input-unreadable':
      return `cannot read its input \`${failure.file}\`: ${failure.code}`;
    case 'source-missing':
      return `there is no file \`${failure.file}\` to copy`;
    case 'outside':
      return `\`${failure.path}\` leads out of the project`;
    case 'unwritable':
      return `cannot write \`${failure.path}\`: ${failure.code}`;
    case 'offline':
      return `${whatRuns(step)} found no network`;
    case 'no-venv':
      return `${whatRuns(step)} cannot make a virtual environment`;
    case 'wrong-version':
      return `${whatRuns(step)} needs another version of what it runs with`;
    case 'ended':
      return `${whatRuns(step)} ${endedHow('ended', failure)}`;
  }
}

function askedFor(pinned: PinnedVersion | null): readonly string[] {
  return pinned === null ? [] : [`This repository asks for ${pinned.version} (${pinned.file}).`];
}

function remedyFor(failure: SetupFailure, step: SetupStep, { program }: Words): readonly string[] {
  const without = `\`${program} setup ${step.name}\` tries again; \`--no-setup\` starts without it.`;
  switch (failure.reason) {
    case 'tool-missing': {
      const { tool, pinned } = failure;
      return [[...askedFor(pinned), waysToGet(tool) ?? `Install \`${tool}\`, or put it on PATH.`].join(' ')];
    }
    case 'wrong-version':
      return [[...askedFor(failure.pinned), without].join(' ')];
    case 'cwd-missing':
    case 'input-unreadable':
    case 'source-missing':
    case 'outside':
      return [`Mend \`setup.${step.name}\` in the config.`];
    case 'unwritable':
      return ['Let your user write there.'];
    case 'offline':
      return [`Connect to the network, or set its proxy (HTTPS_PROXY). ${without}`];
    case 'no-venv':
      return ['On Debian and Ubuntu `apt install python3-venv` brings what is missing.'];
    case 'ended':
      return [without];
  }
}
