import type {
  DetectedMigration,
  DetectedService,
  DetectedStep,
  Detection,
  DetectionEvidence,
} from '../../detect/detection.ts';
import { lineUp } from '../screen/columns.ts';
import type { Paint } from '../screen/paint.ts';
import { whatRuns } from './describe-setup.ts';

/** Below this a finding should be looked at before it is kept. */
const SURE = 0.5;

const WIRED = [
  'With what stands behind `instead`, a service follows the others to any port.',
  'These files are yours: devgen does not change them.',
].join(' ');

/** What was found, with the evidence for it. */
export function describeDetection({ services, setup, migrations, notes }: Detection, paint: Paint): readonly string[] {
  const found = services.flatMap((service) => [...describeService(service, paint), '']);
  const isWired = services.some(({ wiring }) => wiring.length > 0);
  const wired = isWired ? [WIRED, ''] : [];
  const none = services.length === 0 ? ['no dev server was found', ''] : [];
  const steps = setup.flatMap((step) => describeStep(step, paint));
  const before = migrations.flatMap((migration) => describeMigration(migration, paint));
  const prepared = steps.length + before.length === 0 ? [] : ['before a start:', ...steps, ...before, ''];
  return [...found, ...wired, ...none, ...prepared, ...notes.map((note) => `note: ${note}`)]
    .join('\n')
    .trimEnd()
    .split('\n');
}

/** Whether the user should look at it before keeping it. */
export function isGuess({ confidence }: Pick<DetectedService, 'confidence'>): boolean {
  return confidence < SURE;
}

function describeService(service: DetectedService, paint: Paint): readonly string[] {
  const guess = isGuess(service) ? paint('yellow', ' (a guess: please check it)') : '';
  const port = service.port === null ? '' : `${service.port} (${service.portSource})`;
  const facts: readonly (readonly [string, string])[] = [
    [service.container === null ? 'command' : 'container', service.command],
    ['folder', service.cwd],
    ['port', port],
    ['health', service.health ?? ''],
    ['after', service.dependsOn.join(', ')],
  ];
  return [
    `${paint('bold', service.name)}: ${service.framework}${guess}`,
    ...lineUp(facts.filter(([, value]) => value !== '').map(([label, value]) => [`  ${label}`, value])),
    ...service.evidence.map(({ file, line, says }) => paint('dim', `  ${place(file, line)}: ${says}`)),
    ...service.wiring.flatMap(({ file, line, says, suggestion }) => [
      `  ${place(file, line)}: ${says}`,
      `    instead: ${paint('cyan', suggestion)}`,
    ]),
  ];
}

function describeStep(step: DetectedStep, paint: Paint): readonly string[] {
  return [`  ${whatRuns(step)}`, ...step.evidence.map((each) => paint('dim', `    ${evidenceText(each)}`))];
}

function describeMigration(
  { service, command, database, evidence }: DetectedMigration,
  paint: Paint,
): readonly string[] {
  const off = database === 'local' ? '' : ' (switched off: whose database it is was not seen)';
  return [
    `  \`${command}\` before ${service}${off}`,
    ...evidence.map((each) => paint('dim', `    ${evidenceText(each)}`)),
  ];
}

function evidenceText({ file, line, says }: DetectionEvidence): string {
  return `${place(file, line)}: ${says}`;
}

function place(file: string, line: number | null): string {
  return line === null ? file : `${file}:${line}`;
}
