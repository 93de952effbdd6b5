import { cleanText } from '../../src/base/clean-text.ts';
import { redactData } from '../../src/base/redact-data.ts';
import { redactor } from '../../src/base/redact-secrets.ts';
import { paintPlain } from '../../src/cli/screen/paint.ts';
import type { Answering, Screen } from '../../src/cli/screen/screen.ts';
import type { ServiceView } from '../../src/cli/status/service-view.ts';
import type { Plan, ServicePlan } from '../../src/plan/plan.ts';
import type { Sentence, Words } from '../../src/runtime/sentences/sentence.ts';
import type { PortHolder } from '../../src/runtime/state/lifecycle.ts';
import type { ServiceStatus } from '../../src/runtime/state/service-status.ts';
import { servicePlan as defaultServicePlan } from '../plan/service-plan.ts';

export const WORDS: Words = { program: './dev', home: '/home/ada' };
export const NOW = Date.parse('2026-05-04T12:00:00.000Z');

export const STRANGER: PortHolder = {
  pid: 123,
  command: 'python3 -m http.server 5000',
  user: 'root',
  cwd: '/home/ada/x',
  relation: { kind: 'stranger', resembles: null },
};

/** Its text with its details, as it is printed. */
export function textOf({ text, details }: Sentence): string {
  return [text, ...details.map((detail) => `  ${detail}`)].join('\n');
}

export function servicePlan(name: string, changes: Partial<ServicePlan> = {}): ServicePlan {
  const port = { kind: 'wanted', expression: '5000', fallbackSpan: 10 } as const;
  return defaultServicePlan({ name, command: `run ${name}`, port, ...changes });
}

export function planOf(...services: readonly ServicePlan[]): Plan {
  return {
    schemaVersion: 1,
    name: 'shop',
    aliasPrefix: 'shop',
    configFile: 'devgen.config.yaml',
    services,
    tasks: [],
    setup: [],
    dotenv: {},
    digests: {},
    logs: { maxBytes: 1_000_000, keepFiles: 3, maxAgeMs: 86_400_000 },
    hooks: { webhook: null, command: null, desktop: false },
    idleStopMs: null,
    worktree: { copy: [], label: null },
    worktreePorts: 'slots',
  };
}

const STATUS: ServiceStatus = {
  schemaVersion: 1,
  service: 'backend',
  state: 'ready',
  wanted: 'up',
  pid: 4321,
  identity: null,
  run: null,
  command: 'run backend',
  cwd: '.',
  port: 5000,
  wantedPort: 5000,
  sockets: [],
  url: 'http://localhost:5000',
  fingerprint: null,
  startedAt: '2026-05-04T11:56:40.000Z',
  readyAt: '2026-05-04T11:56:41.000Z',
  startupMs: 1000,
  restarts: 0,
  lastExit: null,
  lastRestart: null,
  failure: null,
  health: {
    verdict: 'healthy',
    checkedAt: '2026-05-04T11:59:55.000Z',
    responseMs: 12,
    grade: 'excellent',
    failures: 0,
  },
  lastHealthyAt: '2026-05-04T11:59:55.000Z',
  log: 'logs/backend.log',
  supervisor: { bootId: '', pidNamespace: '', pid: 5, startTime: 0 },
};

/** A service that is up and well, unless changed. */
export function viewOf(
  changes: Partial<Omit<ServiceView, 'status'>> = {},
  status: Partial<ServiceStatus> = {},
): ServiceView {
  const whole = { ...STATUS, ...status };
  const pid = changes.pid === undefined ? whole.pid : changes.pid;
  return {
    state: whole.state,
    pid,
    port: pid === null ? null : whole.port,
    url: pid === null ? null : whole.url,
    supervised: true,
    stopped: [],
    file: 'read',
    owner: null,
    isListed: true,
    docs: null,
    changed: [],
    ...changes,
    status: whole,
  };
}

/** Remembers what was said, without colours. */
export function rememberingScreen(answers: Screen['answers'] = 'text'): RememberingScreen {
  const out: string[] = [];
  const notes: string[] = [];
  const answering: Answering = {
    out: (...lines) => void (answers === 'text' ? out : notes).push(...lines),
    data: (...documents) => void out.push(...documents.map((document) => JSON.stringify(document))),
    document: (document) => void out.push(JSON.stringify(document)),
  };
  const screen: RememberingScreen = {
    ...answering,
    answers,
    unmasked: answering,
    json: (document) => JSON.stringify(redactData(document, redactor([]))),
    masked: (data) => redactData(data, redactor([])),
    shown: (line) => cleanText(line, 'plain'),
    steer: (stream, text) => void (stream === 'out' ? out : notes).push(text),
    note: (...lines) => void notes.push(...lines),
    paintOut: paintPlain,
    paintNote: paintPlain,
    isWatched: false,
    canAsk: false,
    outText: () => out.join('\n'),
    noteText: () => notes.join('\n'),
    hiding: () => screen,
  };
  return screen;
}

type RememberingScreen = Screen & { readonly outText: () => string; readonly noteText: () => string };
