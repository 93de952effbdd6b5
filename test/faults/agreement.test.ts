import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { type DrivenServer, openDriver } from '../rig/driver.ts';
import { reservePort } from '../rig/ports.ts';
import { killQuietly } from '../rig/processes.ts';
import { type Project, statusFile } from '../rig/project.ts';
import { startStranger } from '../rig/stranger.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { killSupervisor, projectWith, removeLogs, supervisorsOf } from './fault-project.ts';

/** What is the case: it serves; it lives and does not; nothing of it lives. */
type Truth = 'well' | 'ill' | 'gone';

interface Patient {
  readonly project: Project;
  readonly way: Way;
  readonly service: string;
  readonly port: number;
  readonly driven: DrivenServer;
}

interface Way {
  readonly what: string;
  readonly truth: Truth;
  wreck(patient: Patient): Promise<unknown>;
}

/** The one end that is no failure. */
const ENDS = 'ends';

const leave: Way = { what: 'is left alone', truth: 'well', wreck: async () => undefined };
const close: Way = { what: 'closes its port', truth: 'ill', wreck: ({ driven }) => driven.tell('close') };
const kill: Way = { what: 'is killed', truth: 'gone', wreck: async ({ driven }) => killQuietly(driven.pid) };

const BY_ITSELF: readonly Way[] = [
  leave,
  close,
  kill,
  {
    what: 'moves to another port',
    truth: 'well',
    wreck: async ({ driven }) => driven.tell(`move ${await reservePort()}`),
  },
  {
    what: 'opens another port before it closes its own',
    truth: 'well',
    async wreck({ driven, port }) {
      await driven.tell(`listen ${await reservePort()}`);
      await driven.tell(`close ${port}`);
    },
  },
  { what: ENDS, truth: 'gone', wreck: ({ driven }) => driven.tell('exit 0') },
  { what: 'crashes', truth: 'gone', wreck: ({ driven }) => driven.tell('exit 3') },
  {
    what: 'answers 500 and says why',
    truth: 'ill',
    async wreck({ driven }) {
      await driven.tell('answer 500');
      await driven.tell('print Error: no database');
    },
  },
  { what: 'answers 500 and says nothing', truth: 'ill', wreck: ({ driven }) => driven.tell('answer 500') },
  {
    what: 'loses its port to a stranger',
    truth: 'ill',
    async wreck({ driven, port }) {
      await driven.tell('close');
      await startStranger(port);
    },
  },
  {
    what: 'gets a stranger beside it, where a browser may end up',
    truth: 'ill',
    wreck: ({ port }) => startStranger(port, ['--host', '::1']),
  },
  { what: 'is stopped (SIGSTOP)', truth: 'ill', wreck: async ({ driven }) => killQuietly(driven.pid, 'SIGSTOP') },
  {
    what: 'closes its port and opens it again',
    truth: 'well',
    async wreck({ driven }) {
      await driven.tell('close');
      await driven.tell('listen');
    },
  },
];

/** What only a question can tell. */
const ASKED = /500/;
const FEW = [leave, close, kill, ...BY_ITSELF.filter(({ what }) => /SIGSTOP|500 and says nothing/.test(what))];

interface World {
  readonly ways: readonly Way[];
  enter(project: Project): Promise<unknown>;
  /** `blind`: no process asks the services by itself; `untold`: nothing is left that tells of them. */
  readonly is: 'watched' | 'blind' | 'untold';
}

const WORLDS: Readonly<Record<string, World>> = {
  'under a supervisor': { ways: BY_ITSELF, enter: async () => undefined, is: 'watched' },
  'whose supervisor was killed': { ways: FEW, enter: killSupervisor, is: 'blind' },
  'whose supervisor is stopped (SIGSTOP)': { ways: FEW, enter: stopSupervisor, is: 'blind' },
  'whose statuses were removed': { ways: FEW, enter: removeStatuses, is: 'watched' },
  'whose logs/ was removed': { ways: FEW, enter: removeLogs, is: 'watched' },
  'whose logs/ was removed after its supervisor was killed': {
    ways: FEW,
    enter: async (project) => {
      await killSupervisor(project);
      await removeLogs(project);
    },
    is: 'untold',
  },
};

/** Within a second each of these is known, on a machine that has nothing else to do; see also `lost-listener.test.ts`. */
const LIMIT_MS = 10_000;
const OLD = 'ready when it was last asked, and not watched';

for (const [world, { ways, enter, is }] of Object.entries(WORLDS)) {
  test(`status, health and wait agree on services ${world}, and say of none what is not so`, {
    timeout: 60_000,
  }, async () => {
    const project = await projectWith({});
    const patients = await patientsOf(project, ways);
    await enter(project);
    await Promise.all(patients.map((patient) => patient.way.wreck(patient)));
    const truths = patients.map((patient) => truthOn(patient, is));
    await waitUntil(async () => {
      // What only a question can tell, the supervisor learns from whoever asks.
      await project.dev(['health']);
      const { stdout } = await project.dev(['status', '--json']);
      const states = patients.map(({ service }) => toldOf(stdout, service).state);
      expect(states).toEqual(truths.map(({ state }) => (state === OLD ? 'ready' : state)));
      return true;
    }, LIMIT_MS);
    expect(await ask(project, patients)).toEqual(truths);
    if (is !== 'watched') return;
    await Promise.all(patients.filter(({ way }) => way.truth !== 'gone').map(expectStartAgrees));
  });
}

/** What each of the commands may say. */
function truthOn({ service, way }: Patient, is: World['is']) {
  const watched = way.what === ENDS ? 'down' : 'failed';
  const gone = { watched, blind: 'crashed', untold: 'down' }[is];
  const state = { well: 'ready', ill: 'unhealthy', gone }[way.truth];
  const verdicts = { well: 'healthy', ill: 'unhealthy', gone: 'down' } as const;
  const said = { service, what: way.what };
  if (is === 'untold' && way.truth !== 'gone') {
    return { ...said, state: 'unknown', verdict: 'unknown', isWell: false };
  }
  // What was true at the last question is told with its age, and that no process asks.
  const isOld = is === 'blind' && ASKED.test(way.what);
  return {
    ...said,
    state: isOld ? OLD : state,
    verdict: verdicts[way.truth],
    isWell: way.truth === 'well',
  };
}

interface Told {
  readonly service: string;
  readonly state: string;
  readonly verdict: string;
  readonly supervised?: boolean;
  readonly stopped?: readonly string[];
}

async function ask(project: Project, patients: readonly Patient[]) {
  const [status, health] = await Promise.all([project.dev(['status', '--json']), project.dev(['health', '--json'])]);
  const waits = await Promise.all(patients.map(({ service }) => project.dev(['wait', service, '--timeout', '50ms'])));
  return patients.map(({ service, way }, index) => {
    const { state, supervised, stopped = [] } = toldOf(status.stdout, service);
    const { verdict } = toldOf(health.stdout, service);
    const isWatched = supervised === true && !stopped.includes('supervisor');
    const isOld = state === 'ready' && !isWatched && verdict !== 'healthy';
    return {
      service,
      what: way.what,
      state: isOld ? OLD : state,
      verdict,
      isWell: waits[index]?.code === 0,
    };
  });
}

function toldOf(json: string, service: string): Told {
  const { services } = JSON.parse(json) as { services: readonly Told[] };
  return services.find((each) => each.service === service) ?? expect.fail(json);
}

async function expectStartAgrees({ project, service, way }: Patient): Promise<void> {
  const { code, stdout } = await project.dev(['start', service, '--timeout', '1s', '--json']);
  expect(code, `${way.what}: ${stdout}`).toBe(way.truth === 'well' ? 0 : 1);
}

async function stopSupervisor(project: Project): Promise<void> {
  const [supervisor] = supervisorsOf(project);
  const pid = supervisor?.pid ?? expect.fail('no supervisor');
  onTestFinished(() => killQuietly(pid, 'SIGCONT'));
  killQuietly(pid, 'SIGSTOP');
}

async function removeStatuses(project: Project): Promise<void> {
  rmSync(join(project.root, dirname(statusFile(''))), { recursive: true });
}

/** A service for each way, ready. */
async function patientsOf(project: Project, ways: readonly Way[]): Promise<readonly Patient[]> {
  const drafts = await Promise.all(
    ways.map(async (way, index) => ({
      way,
      service: `s${index}`,
      port: await reservePort(),
      driver: await openDriver(),
    })),
  );
  const services = drafts.map(({ service, port, driver }) => [
    service,
    { ...server(service, port, `${driver.options} --host 127.0.0.1`), restart: 'never', health: { timeout: '1s' } },
  ]);
  for (const [path, text] of Object.entries(configFile(Object.fromEntries(services)))) project.write(path, text);
  const starting = project.dev(['start']);
  const patients = await Promise.all(
    drafts.map(async ({ driver, ...draft }) => ({ ...draft, project, driven: await driver.next() })),
  );
  await Promise.all(patients.map(({ driven }) => driven.tell('listen')));
  const started = await starting;
  expect(started, started.stderr).toMatchObject({ code: 0 });
  return patients;
}
