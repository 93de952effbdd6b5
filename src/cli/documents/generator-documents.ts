import {
  amount,
  anyOf,
  dictionaryOf,
  integer,
  listOf,
  nullable,
  object,
  oneOf,
  optional,
  text,
  variant,
} from '../../base/shape.ts';
import { optionalErrorFields } from './error-document.ts';

/* What the commands of the package print. */

const blocked = [
  ...(['unsafe-path', 'symlink', 'directory', 'special-file', 'parent-symlink', 'parent-not-directory'] as const),
  'unreadable',
] as const;
const refusal = oneOf(...blocked, 'edited', 'not-ours', 'part-damaged', 'not-json', 'part-unsafe', 'not-text');

/** Only files that are not, or would not be, as they were; `released`: no longer generated, but edited, so left. */
const changedFile = object({
  change: oneOf('created', 'updated', 'removed', 'released', 'refused'),
  path: text,
  diff: optional(nullable(text)),
  /** Why it is refused. */
  reason: optional(refusal),
});

const notice = variant('kind', {
  'targets-taken': { makefile: text, names: listOf(text) },
  'left-out': { path: text, reason: oneOf(...blocked) },
  'modes-lost': { paths: listOf(text) },
  'ignored-by-git': { paths: listOf(text) },
});

export const generatedDocument = object({
  /** `template`: of `init`, when it writes an app. */
  command: text,
  outcome: oneOf('written', 'up-to-date', 'would-change', 'refused'),
  files: listOf(changedFile),
  notices: listOf(notice),
  /** The folder with copies of what was changed and held something of the user's. */
  backup: nullable(text),
  ...optionalErrorFields,
});

export const restoreDocument = anyOf(
  generatedDocument,
  object({ backups: listOf(object({ date: text, paths: listOf(text) })) }),
);

const format = oneOf('systemd', 'launchd', 'compose', 'kubernetes', 'procfile', 'process-compose');

export const exportDocument = anyOf(
  generatedDocument,
  object({ formats: listOf(object({ name: format, summary: text, place: text })) }),
  object({
    format,
    files: listOf(object({ path: text, text })),
    notes: listOf(object({ topic: text, services: listOf(text), text })),
  }),
);

const evidence = { file: text, line: nullable(integer), says: text };
const allEvidence = listOf(object(evidence));

const detectedService = object({
  ...{ name: text, cwd: text, command: text, configCommand: text },
  container: nullable(object({ service: text, files: listOf(text) })),
  ...{ port: nullable(integer), portSource: text },
  ...{ health: nullable(text), healthSource: nullable(oneOf('declared', 'route', 'framework', 'devserver-root')) },
  ...{ docs: nullable(text), kind: oneOf('backend', 'frontend', 'fullstack', 'worker', 'database', 'tool') },
  ...{ framework: text, confidence: amount, evidence: allEvidence, env: dictionaryOf(text), dependsOn: listOf(text) },
  alternatives: listOf(object({ command: text, why: text })),
  wiring: listOf(object({ ...evidence, suggestion: text })),
});

const detectedStep = variant(
  'kind',
  { run: { run: text, cwd: text, inputs: listOf(text), outputs: listOf(text) }, copy: { from: text, to: text } },
  { name: text, services: listOf(text), evidence: allEvidence },
);

export const detectDocument = object({
  services: listOf(detectedService),
  setup: listOf(detectedStep),
  migrations: listOf(
    object({ service: text, command: text, database: oneOf('local', 'unknown'), evidence: allEvidence }),
  ),
  notes: listOf(text),
});
