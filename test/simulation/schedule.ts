import fc from 'fast-check';
import { type Behaviour, GOOD } from './service-programs.ts';

export const SERVICES = ['db', 'api', 'web', 'cache'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** What services want; `auto` is the cache's. */
export const PORTS: Readonly<Record<ServiceName, number>> = { db: 5000, api: 5001, web: 5002, cache: 5003 };
const OTHER_PORTS = [5004, 5005, 5052] as const;

/** Something that a user, a program or the machine does. */
export type Step =
  | {
      readonly do: 'start';
      readonly names: readonly ServiceName[];
      readonly mode: 'normal' | 'restart' | 'force';
      /** Which of the two configs it reads. */
      readonly config: 0 | 1;
      /** Of the first of the names; `null`: none from the command line. */
      readonly port: number | null;
      readonly isOnDemand: boolean;
    }
  | { readonly do: 'stop'; readonly names: readonly ServiceName[]; readonly mode: 'graceful' | 'kill' }
  /** It needs services for so long, and gives them back, unless it is killed. */
  | { readonly do: 'task'; readonly names: readonly ServiceName[]; readonly ms: number; readonly isKilled: boolean }
  | { readonly do: 'pass'; readonly ms: number }
  /** The root of a run, or all its processes, by SIGKILL or as an end of its own. */
  | {
      readonly do: 'crash';
      readonly service: ServiceName;
      readonly what: 'root' | 'tree';
      readonly code: number | null;
    }
  /** `calls`: after so many more calls to the system, in the middle of a turn; 0: now. */
  | { readonly do: 'kill-supervisor'; readonly calls: number }
  | { readonly do: 'steal'; readonly port: number; readonly user: 'same' | 'other' }
  | { readonly do: 'give-back'; readonly port: number }
  /** By another checkout, which lives. */
  | { readonly do: 'claim'; readonly port: number }
  | { readonly do: 'set-clock'; readonly ms: number }
  | { readonly do: 'turn'; readonly service: ServiceName; readonly manner: 'well' | 'silent' | 'error' }
  | { readonly do: 'close-port'; readonly service: ServiceName }
  | { readonly do: 'bloat'; readonly service: ServiceName }
  | { readonly do: 'write-log'; readonly service: ServiceName; readonly bytes: number };

export interface ServiceSettings {
  readonly policy: 'always' | 'on-failure' | 'never';
  readonly onUnhealthy: boolean;
  readonly onConflict: 'fallback' | 'kill' | 'fail';
  readonly fallback: number;
  readonly hasBefore: boolean;
}

export interface Schedule {
  readonly settings: Readonly<Record<ServiceName, ServiceSettings>>;
  /** Of the programs, in the order in which they are started; those after them are good. */
  readonly behaviours: readonly Behaviour[];
  readonly hasSubreapers: boolean;
  readonly steps: readonly Step[];
}

const service = fc.constantFrom(...SERVICES);
const someNames = fc.uniqueArray(service, { minLength: 1, maxLength: 2 });
const names = fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 3, arbitrary: someNames });
const port = fc.constantFrom(...Object.values(PORTS), ...OTHER_PORTS);

const start = fc.record({
  do: fc.constant('start' as const),
  names,
  mode: fc.constantFrom('normal' as const, 'normal' as const, 'restart' as const, 'force' as const),
  config: fc.constantFrom(0 as const, 0 as const, 1 as const),
  port: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, port),
  isOnDemand: fc.constantFrom(false, false, false, true),
});
const stop = fc.record({
  do: fc.constant('stop' as const),
  names,
  mode: fc.constantFrom('graceful' as const, 'graceful' as const, 'kill' as const),
});
const pass = fc.record({
  do: fc.constant('pass' as const),
  ms: fc.oneof(fc.nat(30), fc.nat(400), fc.nat(3000)),
});
const code = fc.constantFrom(null, 0, 1);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: start },
  { weight: 3, arbitrary: stop },
  { weight: 8, arbitrary: pass },
  { weight: 1, arbitrary: one('task', { names: someNames, ms: fc.nat(1500), isKilled: fc.boolean() }) },
  { weight: 3, arbitrary: one('crash', { service, what: fc.constantFrom('root' as const, 'tree' as const), code }) },
  {
    weight: 2,
    arbitrary: one('kill-supervisor', { calls: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 400 })) }),
  },
  {
    weight: 1,
    arbitrary: one('steal', { port, user: fc.constantFrom('same' as const, 'same' as const, 'other' as const) }),
  },
  { weight: 1, arbitrary: one('give-back', { port }) },
  { weight: 2, arbitrary: one('claim', { port }) },
  { weight: 1, arbitrary: one('set-clock', { ms: fc.integer({ min: -100_000, max: 100_000 }) }) },
  {
    weight: 2,
    arbitrary: one('turn', { service, manner: fc.constantFrom('well' as const, 'silent' as const, 'error' as const) }),
  },
  { weight: 1, arbitrary: one('close-port', { service }) },
  { weight: 1, arbitrary: one('bloat', { service }) },
  { weight: 1, arbitrary: one('write-log', { service, bytes: fc.constantFrom(10, 3000) }) },
);

function one<Kind extends string, Facts extends object>(
  kind: Kind,
  facts: { [Key in keyof Facts]: fc.Arbitrary<Facts[Key]> },
): fc.Arbitrary<{ readonly do: Kind } & Facts> {
  return fc.record(facts).map((each) => ({ do: kind, ...each }));
}

const strange = fc.record<Behaviour>({
  bindMs: fc.oneof(fc.constant(null), fc.constantFrom(1, 20, 300, 2500)),
  port: fc.constantFrom('told', 'told', 'told', 'other'),
  manner: fc.constantFrom('well', 'well', 'silent', 'error'),
  endMs: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, fc.constantFrom(0, 10, 500, 1500)),
  exitCode: fc.constantFrom(0, 1),
  onTerm: fc.constantFrom('obeys', 'slow', 'ignores'),
  child: fc.constantFrom('none', 'obeys', 'ignores', 'apart', 'hidden'),
  isRefused: fc.constantFrom(false, false, false, true),
  beforeMs: fc.constantFrom(1, 5, 800),
  beforeCode: fc.constantFrom(0, 0, 1),
});
const lively: fc.Arbitrary<Behaviour> = strange.map(({ onTerm, child, beforeMs }) => ({
  ...GOOD,
  onTerm,
  child,
  beforeMs,
}));

const settings = fc.record<ServiceSettings>({
  policy: fc.constantFrom('on-failure', 'always', 'never'),
  onUnhealthy: fc.boolean(),
  onConflict: fc.constantFrom('fallback', 'fallback', 'kill', 'fail'),
  fallback: fc.constantFrom(0, 3),
  hasBefore: fc.constantFrom(false, false, true),
});

export const schedule: fc.Arbitrary<Schedule> = fc.record({
  settings: fc.record({ db: settings, api: settings, web: settings, cache: settings }),
  hasSubreapers: fc.boolean(),
  behaviours: fc.array(fc.oneof(lively, strange), { maxLength: 12 }),
  steps: fc.array(step, { minLength: 3, maxLength: 20, size: 'max' }),
});
