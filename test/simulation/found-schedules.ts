import type { Schedule, ServiceSettings, Step } from './schedule.ts';
import { GOOD } from './service-programs.ts';

const PLAIN: ServiceSettings = {
  policy: 'on-failure',
  onUnhealthy: false,
  onConflict: 'fallback',
  fallback: 0,
  hasBefore: false,
};

const SETTINGS = { db: PLAIN, api: PLAIN, web: PLAIN, cache: PLAIN };

type Facts = Partial<Pick<Schedule, 'behaviours' | 'settings'>>;

function scheduleOf(steps: readonly Step[], { behaviours = [], settings = SETTINGS }: Facts = {}): Schedule {
  return { settings: { ...SETTINGS, ...settings }, behaviours, steps, hasSubreapers: false };
}

const START = { do: 'start', names: [], mode: 'normal', config: 0, port: null, isOnDemand: false } as const;
const STOP = { do: 'stop', names: [], mode: 'graceful' } as const;

/** Schedules that once broke an invariant, by what holds since. */
export const FOUND: Readonly<Record<string, Schedule>> = {
  'a port that was assigned for a restart is given up when an earlier stop ends that restart': scheduleOf(
    [START, { do: 'pass', ms: 100 }, STOP, { ...START, names: ['db'], mode: 'restart' }],
    { behaviours: [{ ...GOOD, onTerm: 'slow' }] },
  ),
  'a stop of all is one of the services, too, whose start waits for its turn': scheduleOf([
    { ...START, names: ['db'] },
    START,
    STOP,
  ]),
  'how long a stop took is not measured by a clock that is set back meanwhile': scheduleOf(
    [START, { do: 'pass', ms: 100 }, STOP, { do: 'set-clock', ms: -5000 }],
    { behaviours: [{ ...GOOD, onTerm: 'slow' }] },
  ),
  'an automatic restart that finds its port taken for good leaves nothing to be resumed': scheduleOf([
    { ...START, names: ['web'] },
    { do: 'pass', ms: 100 },
    { do: 'crash', service: 'db', what: 'root', code: null },
    { ...START, names: ['db'], port: 5002 },
    { do: 'crash', service: 'web', what: 'root', code: null },
  ]),
  'a service waits for its port until a run that is only being prepared there is over': scheduleOf(
    [
      { ...START, port: 5003 },
      { ...STOP, names: ['cache'] },
      { do: 'steal', port: 5000, user: 'same' },
      { ...START, mode: 'force' },
      START,
    ],
    { settings: { ...SETTINGS, cache: { ...PLAIN, fallback: 3 } } },
  ),
  'a start does not end the run that an earlier start had ordered for after the stop': scheduleOf([
    START,
    { do: 'pass', ms: 3 },
    STOP,
    START,
    { ...START, names: ['db'] },
    { do: 'pass', ms: 0 },
    { do: 'pass', ms: 7 },
    { ...START, names: ['db'] },
  ]),
  'no service waits for a port that a run has which an earlier start had ordered': scheduleOf([
    { ...START, names: ['db'] },
    { ...START, names: ['db'], port: 5002 },
    { do: 'pass', ms: 6 },
    { do: 'crash', service: 'db', what: 'root', code: null },
    { do: 'steal', port: 5000, user: 'same' },
    START,
  ]),
  'the port of a run that another checkout claimed while no supervisor lived is registered when that claim is gone':
    scheduleOf(
      [
        { ...START, names: ['db'] },
        { do: 'pass', ms: 1600 },
        { do: 'kill-supervisor', calls: 0 },
        { do: 'claim', port: 5000 },
        START,
      ],
      { behaviours: [{ ...GOOD, bindMs: null }] },
    ),
};
