import { dependenciesOf, type ExportedProject, type ExportedService } from './exported-project.ts';
import { healthTest, networkTest } from './health-test.ts';

/** What of a service another system may be unable to say; each says for each whether it can. */
export type Topic = (typeof TOPICS)[number][0];

type Concern = (service: ExportedService, project: ExportedProject) => boolean;

/** Each with the question whether a service has something to say about it. */
export const TOPICS = [
  ['autoPort', ({ plan }) => plan.port.kind === 'auto'],
  [
    'fallbackPort',
    ({ plan }) => plan.port.kind === 'auto' || (plan.port.kind === 'wanted' && plan.port.fallbackSpan > 0),
  ],
  /** What a client outside the network would be told is an address that only services know. */
  ['addresses', ({ plan }) => Object.values(plan.env).some((text) => /\$\{?\w+_(URL|HOST)\b/.test(text))],
  ['loopback', ({ plan }) => [plan.command, ...Object.values(plan.env)].some((text) => LOOPBACK.test(text))],
  ['curl', (service) => networkTest(service) !== null],
  ['image', () => true],
  ['absolutePath', () => true],
  ['path', ({ plan }) => !Object.hasOwn(plan.env, 'PATH')],
  ['envFiles', ({ environment }) => environment.files.length > 0],
  ['missingVariables', ({ environment }) => environment.missing.length > 0],
  ['controlCharacters', ({ environment }) => Object.values(environment.fixed).some(hasControlCharacter)],
  ['before', ({ plan }) => plan.before !== null],
  ['waitFor', ({ plan }) => plan.waitFor.length > 0],
  ['dependencies', ({ plan }) => plan.dependsOn.length > 0],
  /** What it depends on is ready when something happens that only its own machine, or its log, can tell. */
  [
    'dependencyProbe',
    (service, project) =>
      dependenciesOf(service, project).some(
        (other) => networkTest(other) === null && other.plan.health.probe.kind !== 'process',
      ),
  ],
  ['logProbe', ({ plan }) => plan.health.probe.kind === 'log'],
  ['anyAnswer', ({ plan }) => plan.health.probe.kind === 'any-answer'],
  ['successThreshold', ({ plan }) => plan.health.successThreshold > 1],
  ['liveness', ({ plan }) => plan.restart.on.includes('unhealthy')],
  ['keptUp', (service) => !service.plan.restart.on.includes('unhealthy') && healthTest(service) !== null],
  ['restartPolicy', ({ plan }) => plan.restart.policy !== 'always'],
  ['backoff', ({ plan }) => plan.restart.policy !== 'never'],
  ['crashLoop', ({ plan }) => plan.restart.policy !== 'never'],
  ['memory', ({ plan }) => plan.restart.maxMemoryBytes !== null],
  ['priority', ({ plan }) => plan.nice > 0],
  ['stopSignal', ({ plan }) => plan.stop.signal !== 'SIGTERM'],
  ['grace', ({ plan }) => plan.stop.graceMs !== 10_000],
] as const satisfies readonly (readonly [string, Concern])[];

/** Such as no XML holds; tabs and line ends are none of them. Source: XML 1.0, 2.2 Characters. */
export function hasControlCharacter(value: string): boolean {
  return [...value].some((character) => character < ' ' && !'\t\n\r'.includes(character));
}

const LOOPBACK = /\blocalhost\b|\b127\.0\.0\.1\b|\[::1\]/;
